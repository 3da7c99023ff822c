// A button to choose files, with their list below.
import "./button.js";
import "./file.js";

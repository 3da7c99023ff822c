// A button to choose files with: a list of files below what looks like a button.
import "./button.js";
import "./file.js";

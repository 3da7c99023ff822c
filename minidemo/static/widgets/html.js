// HTML: shown as the server tamed it.
import { MiniRendered } from "./prose.js";

class MiniHtml extends MiniRendered {}

customElements.define("mini-html", MiniHtml);

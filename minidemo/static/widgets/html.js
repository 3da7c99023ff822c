// HTML as the server sanitized it.
import { MiniRendered } from "./prose.js";

class MiniHtml extends MiniRendered {}

customElements.define("mini-html", MiniHtml);

// Markdown as the server rendered it.
import { MiniRendered } from "./prose.js";

class MiniMarkdown extends MiniRendered {}

customElements.define("mini-markdown", MiniMarkdown);

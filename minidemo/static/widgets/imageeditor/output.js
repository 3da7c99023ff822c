// A drawing as an output: its composite, or else its layers.
import { MiniField } from "../../fields.js";
import { address } from "./surface.js";

/** @typedef {import("../../types").FileData} FileData */
/** @typedef {import("./drawing-factory.js").Value} Value */

class MiniImageEditorOutput extends MiniField {
  /** @type {Value | null} */
  #value = null;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {Value | null} */ (this.initial);
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    const { background, layers = [], composite } = value ?? {};
    const files = composite ? [composite] : background ? [background, ...layers] : layers;
    const pile = /** @type {HTMLElement} */ (this.querySelector(".editor-output"));
    pile.replaceChildren(...files.map((file, i) => picture(file, i ? "" : this.label)));
    pile.parentElement?.toggleAttribute("data-full", files.length > 0);
    for (const anchor of this.querySelectorAll(/** @type {"a"} */ ("[data-link]"))) {
      anchor.hidden = files.length !== 1;
      files[0] && files.length === 1 ? anchor.setAttribute("href", address(files[0].path)) : anchor.removeAttribute("href");
    }
  }

  get summary() {
    return this.label;
  }
}

/** @param {FileData} file @param {string} alt */
function picture(file, alt) {
  const image = document.createElement("img");
  image.alt = alt;
  image.src = address(file.meta.preview ?? file.path);
  return image;
}

customElements.define("mini-imageeditor-output", MiniImageEditorOutput);

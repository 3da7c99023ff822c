// A link to a file that looks like a button.
import { MiniButton } from "./button.js";
import { address } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */

class MiniDownloadButton extends MiniButton {
  /** @type {FileData | null} */
  #value = null;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {FileData | null} */ (this.initial);
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    const link = this.control;
    const offered = this.dataset.off === undefined && value;
    if (offered) link.setAttribute("href", address(value.path));
    else link.removeAttribute("href");
    if (offered) link.removeAttribute("aria-disabled");
    else link.setAttribute("aria-disabled", "true");
  }

  get summary() {
    return this.#value ? `${this.label}: ${this.#value.orig_name}` : "";
  }
}

customElements.define("mini-downloadbutton", MiniDownloadButton);

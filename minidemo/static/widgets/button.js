// A button that submits, or opens an address.
import { MiniField } from "../fields.js";

/** A button, or a link that looks like one; the value is the text on it. */
export class MiniButton extends MiniField {
  /** @type {unknown} */
  #value = null;

  connectedCallback() {
    super.connectedCallback();
    this.#value = this.initial;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value ?? this.initial;
    const place = this.querySelector("[data-text]");
    if (place) place.textContent = String(this.#value ?? (this.label || this.localName));
  }

  /** @param {Event} event */
  handleEvent(event) {
    const pressed = event.type === "click" && event.target instanceof Element && event.target.closest("[data-control]");
    if (pressed) this.press(event);
  }

  /** @param {Event} _event */
  press(_event) {
    if (this.control.localName === "button") this.fire("mini-submit");
  }
}

customElements.define("mini-button", MiniButton);

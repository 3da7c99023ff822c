// A slider and a number field beside it.
import { MiniNumber } from "../fields.js";

class MiniSlider extends MiniNumber {
  /** @returns {HTMLInputElement} */
  get range() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[type=range]"));
  }

  get value() {
    return super.value;
  }

  set value(value) {
    super.value = value;
    this.range.value = String(value);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "input" && event.target === this.range) this.control.value = String(Number(this.range.value));
    else if (event.type === "input") this.range.value = this.control.value;
    super.handleEvent(event);
  }
}

customElements.define("mini-slider", MiniSlider);

// The state of a demo in this browser, under its own key; without storage, until the page is left.
import { MiniHidden } from "../hidden.js";
import { parse, stringify } from "../wire.js";

class MiniBrowserState extends MiniHidden {
  /** The value where storage is forbidden. @type {string | null} */
  #text = null;

  get key() {
    return `minidemo-state-${this.dataset.key ?? `${location.pathname} ${this.id}`}`;
  }

  /** @returns {unknown} */
  get value() {
    try {
      return parse(this.#text ?? localStorage.getItem(this.key) ?? "null") ?? this.initial;
    } catch {
      return this.initial;
    }
  }

  // It outlives Clear.
  set value(value) {}

  /** @param {unknown} value */
  receive(value) {
    this.#text = stringify(value);
    try {
      localStorage.setItem(this.key, this.#text);
      this.#text = null;
    } catch {
      // Some forbid it, and there is not room for everything.
    }
  }
}

customElements.define("mini-browser-state", MiniBrowserState);

// What a demo remembers in this browser, under a key of its own; where that is forbidden, until the page is left.
import { MiniHidden } from "../hidden.js";
import { parse, stringify } from "../wire.js";

class MiniBrowserState extends MiniHidden {
  /** What is kept where nothing may be stored. @type {string | null} */
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

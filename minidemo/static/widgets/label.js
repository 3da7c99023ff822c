// What a classifier says: the class, and the confidences as bars.
import { MiniField } from "../fields.js";

/** @typedef {{ label: string, confidence: number | string }} Confidence */
/** @typedef {{ label: string, confidences: Confidence[] | null }} Verdict */

class MiniLabel extends MiniField {
  /** @type {Verdict | null} */
  #value = null;

  connectedCallback() {
    super.connectedCallback();
    this.value = /** @type {Verdict | null} */ (this.initial);
  }

  /** @returns {Verdict | null} */
  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    const name = this.inner("verdict-name");
    name.hidden = !value || this.dataset.heading === undefined;
    name.textContent = value?.label ?? "";
    name.style.color = this.dataset.color ?? "";
    this.inner("empty").hidden = Boolean(value);
    this.inner("verdict-list").replaceChildren(...(value?.confidences ?? []).map(bar));
  }

  get summary() {
    return this.#value ? `${this.label}: ${this.#value.label}` : "";
  }

  /** @param {string} name */
  inner(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`.${name}`));
  }
}

/** @param {Confidence} pair */
function bar({ label, confidence }) {
  const row = document.createElement("li");
  const percent = Number(confidence) * 100;
  row.append(span("verdict-class", label), span("verdict-percent", `${Number(percent.toFixed(1))} %`));
  const length = span("verdict-bar", "");
  length.style.inlineSize = `${Math.min(Math.max(percent, 0), 100) || 0}%`;
  row.append(length);
  return row;
}

/** @param {string} name @param {string} text */
function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

customElements.define("mini-label", MiniLabel);

// A class with confidences as bars, or a field for the class.
import { MiniField } from "../fields.js";
import { percentage } from "../wire.js";

/** @typedef {{ label: string, confidence: number | string }} Confidence */
/** @typedef {{ label: string, confidences: Confidence[] | null }} Verdict */

class MiniLabel extends MiniField {
  /** @type {Verdict | null} */
  #value = null;

  connectedCallback() {
    super.connectedCallback();
    this.value = /** @type {Verdict | null} */ (this.initial);
  }

  get edits() {
    return this.dataset.edits !== undefined;
  }

  /** @returns {Verdict | null} */
  get value() {
    const label = this.edits ? this.control.value.trim() : this.#value?.label;
    if (label === this.#value?.label) return this.#value;
    return label ? { label, confidences: null } : null;
  }

  set value(value) {
    this.#value = value;
    if (this.edits) this.offer(value);
    else this.draw(value);
  }

  /** Begin with a class, and offer the others. @param {Verdict | null} value */
  offer(value) {
    this.control.value = value?.label ?? "";
    this.querySelector("datalist")?.replaceChildren(...(value?.confidences ?? []).map(({ label }) => new Option(label, label)));
  }

  /** @param {Verdict | null} value */
  draw(value) {
    const name = this.inner("verdict-name");
    name.hidden = !value || this.dataset.heading === undefined;
    name.textContent = value?.label ?? "";
    name.style.color = this.dataset.color ?? "";
    this.inner("empty").hidden = Boolean(value);
    this.inner("verdict-list").replaceChildren(...(value?.confidences ?? []).map(bar));
  }

  get summary() {
    return this.value ? `${this.label}: ${this.value.label}` : "";
  }

  /** @param {string} name */
  inner(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`.${name}`));
  }
}

/** @param {Confidence} pair */
function bar({ label, confidence }) {
  const row = document.createElement("li");
  const share = Number(confidence);
  row.append(span("verdict-class", label), span("verdict-percent", percentage(share, 1)));
  const length = span("verdict-bar", "");
  length.style.inlineSize = `${Math.min(Math.max(share, 0), 1) * 100 || 0}%`;
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

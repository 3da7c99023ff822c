// JSON: a tree of collapsible nodes, or a text field.
import { MiniField } from "../fields.js";
import { parse, say, stringify } from "../wire.js";

class MiniJson extends MiniField {
  /** @type {unknown} */
  #shown = null;

  connectedCallback() {
    super.connectedCallback();
    if (this.tree) this.tree.style.maxBlockSize = this.dataset.maxHeight ?? "";
    this.value = this.initial;
  }

  /** @returns {HTMLElement | null} */
  get tree() {
    return this.querySelector(".tree-body");
  }

  get value() {
    if (this.tree) return this.#shown;
    const text = this.control.value.trim();
    return text && !this.problem ? parse(text) : null;
  }

  set value(value) {
    this.#shown = value;
    if (!this.tree) this.control.value = value === null ? "" : stringify(value, 2);
    else if (value === null) this.tree.replaceChildren(leaf("empty", say("result_here")));
    else this.tree.replaceChildren(branch(value, this.dataset.open !== undefined, 0));
  }

  get problem() {
    try {
      parse(this.tree ? "0" : this.control.value.trim() || "null");
      return "";
    } catch {
      return say("must_be_json", { label: this.label });
    }
  }
}

/** Show a value; lists and objects as something to open. @param {unknown} value @param {boolean} open @param {number} depth @returns {HTMLElement} */
function branch(value, open, depth, name = "") {
  if (typeof value !== "object" || value === null) return line(name, stringify(value), `json-${typeof value}`);
  const entries = Object.entries(value);
  const [begin, end] = Array.isArray(value) ? "[]" : "{}";
  if (!entries.length) return line(name, `${begin}${end}`, "json-none");
  const details = document.createElement("details");
  details.open = open || depth === 0;
  const summary = document.createElement("summary");
  summary.append(leaf("json-key", name), leaf("json-none", `${begin}${entries.length}${end}`));
  details.append(summary);
  const fill = () => {
    if (!details.open || details.childElementCount > 1) return;
    const names = Array.isArray(value) ? entries.map(() => "") : entries.map(([key]) => `${stringify(key)}: `);
    details.append(...entries.map(([, item], index) => branch(item, open, depth + 1, names[index])));
  };
  details.addEventListener("toggle", fill);
  fill();
  return details;
}

/** @param {string} name @param {string} text @param {string} kind */
function line(name, text, kind) {
  const row = document.createElement("div");
  row.append(leaf("json-key", name), leaf(kind, text));
  return row;
}

/** @param {string} kind @param {string} text */
function leaf(kind, text) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = text;
  return element;
}

customElements.define("mini-json", MiniJson);

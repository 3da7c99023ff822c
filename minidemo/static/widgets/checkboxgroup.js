// Checkboxes, with an optional one for all; the value of each is JSON.
import { MiniField, addChoice } from "../fields.js";
import { parse, stringify } from "../wire.js";

class MiniCheckboxgroup extends MiniField {
  connectedCallback() {
    super.connectedCallback();
    this.tally();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { all } = this;
    if (all && event.type === "input" && event.target === all) for (const box of this.boxes) box.checked = all.checked;
    if (event.type === "input") this.tally();
    super.handleEvent(event);
  }

  /** Those that are ticked, in the order of the choices. @returns {unknown[]} */
  get value() {
    return this.boxes.filter((box) => box.checked).map((box) => parse(box.value));
  }

  set value(value) {
    for (const item of value ?? []) addChoice(this, item);
    const wanted = (value ?? []).map((item) => stringify(item));
    for (const box of this.boxes) box.checked = wanted.includes(stringify(parse(box.value)));
    this.tally();
  }

  get summary() {
    const names = this.boxes.filter((box) => box.checked).map((box) => box.labels?.[0]?.textContent?.trim());
    return `${this.label}: ${names.join(", ")}`;
  }

  /** Let the box above tell whether all are ticked, none, or some. */
  tally() {
    if (!this.all) return;
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.all.checked = ticked > 0 && ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && ticked < this.boxes.length;
  }

  /** @returns {HTMLInputElement[]} */
  get boxes() {
    return [...this.querySelectorAll(/** @type {"input"} */ (".choice > input"))];
  }

  /** @returns {HTMLInputElement | null} */
  get all() {
    return this.querySelector("[data-all]");
  }
}

customElements.define("mini-checkboxgroup", MiniCheckboxgroup);

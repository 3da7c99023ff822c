// The base of all inputs and outputs, and the fields of native controls.
import { parse, parseNumber, say, stringify } from "./wire.js";

const EVENTS = ["input", "change", "keydown", "click"];
const ERROR = ":scope > .note > .error";
const CONTROLS = "input, textarea, select, button";

/**
 * A labelled input or output around native controls. The element is the state: `value` reads and writes the controls.
 * A subclass overrides `value`, and `problem`, `ready` and `handleEvent` where needed. It fires `mini-input`,
 * `mini-change` and `mini-submit`, which bubble, for actions of the visitor only.
 */
export class MiniField extends HTMLElement {
  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "input") this.fire("mini-input");
    if (event.type === "change") this.fire("mini-change");
    if (event instanceof KeyboardEvent && event.key === "Enter" && this.submits(event)) {
      event.preventDefault();
      this.fire("mini-submit");
    }
  }

  /** Tell whether Enter submits: in a field of one line, unless a word is being composed. @param {KeyboardEvent} event */
  submits(event) {
    const oneLine = event.target instanceof HTMLInputElement && event.target.type !== "file";
    return oneLine && !event.isComposing && !event.shiftKey && !event.ctrlKey && !event.metaKey;
  }

  /** @param {string} type */
  fire(type) {
    this.error = "";
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }

  /** The labelled element. @returns {HTMLInputElement} */
  get control() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-control]"));
  }

  /** @returns {unknown} */
  get value() {
    return this.control.value;
  }

  set value(value) {
    this.control.value = value == null ? "" : String(value);
  }

  /**
   * Show a value of an answer; `html` is its rendering by the server, if any, and `run` can be flagged.
   * @param {unknown} value
   * @param {string} [html]
   * @param {string | null} [run]
   */
  receive(value, html, run) {
    this.value = value;
  }

  /** The value, or something smaller that identifies it. @returns {unknown} */
  get fingerprint() {
    return this.value;
  }

  /** The value of a fresh page. @returns {unknown} */
  get initial() {
    return parse(this.dataset.initial ?? "null");
  }

  get label() {
    return this.dataset.label ?? "";
  }

  /** The error of the value, or nothing; the server checks again. */
  get problem() {
    return "";
  }

  /** Whether there is no value; where the author wrote `required=True`, empty text, an empty list and an unticked box are none. */
  get missing() {
    const { value } = this;
    const empty = value === "" || value === false || (Array.isArray(value) && !value.length);
    return value === null || (empty && this.dataset.required === "filled");
  }

  /** Settles once the value can be sent. @returns {Promise<unknown>} */
  get ready() {
    return Promise.resolve();
  }

  /** Send files again after a restart of the server. */
  renew() {}

  /** The value in a few words, for a screen reader. */
  get summary() {
    const { value } = this;
    return /string|number|bigint/.test(typeof value) ? `${this.label}: ${String(value).slice(0, 200)}` : "";
  }

  /** @returns {HTMLInputElement[]} */
  get controls() {
    return [...this.querySelectorAll(/** @type {"input"} */ (CONTROLS))];
  }

  get disabled() {
    return this.controls.every((control) => control.disabled);
  }

  set disabled(disabled) {
    for (const control of this.controls) control.disabled = disabled;
  }

  get error() {
    return this.querySelector(ERROR)?.textContent ?? "";
  }

  set error(message) {
    const error = this.querySelector(ERROR);
    if (error && error.textContent !== message) error.textContent = message;
    if (message) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }

  /** Show the state of the value: empty, running or quietly busy, fresh, outdated. @param {string} state @param {string} [note] */
  show(state, note = "") {
    this.dataset.state = state;
    this.setAttribute("aria-busy", String(state === "running" || state === "busy"));
    const text = this.querySelector(":scope > .note > .state");
    if (text) text.textContent = note;
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    const focusable = this.control.matches(`${CONTROLS}, [tabindex]`);
    (focusable ? this.control : this.controls[0])?.focus(options);
  }
}

/** Text; Enter submits a field of one line, Shift+Enter adds a line. */
export class MiniTextbox extends MiniField {
  /** @param {KeyboardEvent} event */
  submits(event) {
    return this.dataset.line !== undefined && !event.isComposing && !event.shiftKey && event.target === this.control;
  }

  get problem() {
    const length = [...this.control.value].length;
    const limit = Number(this.dataset.maxLength ?? Infinity);
    return length > limit ? say("must_be_shorter", { label: this.label, limit, length }) : "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    const copies = event.type === "click" && event.target instanceof Element && event.target.closest("[data-copy]");
    if (copies) this.copy();
    else super.handleEvent(event);
  }

  /** Copy the text; without https there is no clipboard, and the text is only selected. */
  async copy() {
    this.control.select();
    const copied = await navigator.clipboard?.writeText(this.control.value).then(
      () => true,
      () => false,
    );
    if (copied) this.show(this.dataset.state ?? "", say("copied"));
  }
}

/** A number of any size, as text; the arrow keys change it by a step. */
export class MiniNumber extends MiniField {
  get value() {
    return parseNumber(this.control.value) ?? null;
  }

  set value(value) {
    this.control.value = value == null ? "" : String(value);
  }

  get problem() {
    const { label } = this;
    const { min, max } = this.dataset;
    const value = parseNumber(this.control.value);
    if (value === undefined) return say("must_be_number", { label });
    if (value === null) return "";
    if (min !== undefined && !(Number(value) >= Number(min))) return say("must_be_at_least", { label, limit: Number(min) });
    if (max !== undefined && !(Number(value) <= Number(max))) return say("must_be_at_most", { label, limit: Number(max) });
    return "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    const by = event instanceof KeyboardEvent ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : 0;
    if (by && event.target === this.control && !this.control.readOnly) {
      event.preventDefault();
      this.step(by);
    } else super.handleEvent(event);
  }

  /** @param {number} by */
  step(by) {
    const { min = -Infinity, max = Infinity, step = 1 } = this.dataset;
    const value = this.value ?? 0;
    if (typeof value !== "number") return;
    const next = Number((value + by * Number(step)).toPrecision(12));
    this.value = Math.min(Math.max(next, Number(min)), Number(max));
    this.fire("mini-input");
    this.fire("mini-change");
  }
}

/** A checkbox. */
export class MiniCheckbox extends MiniField {
  get value() {
    return this.control.checked;
  }

  set value(value) {
    this.control.checked = Boolean(value);
  }
}

/**
 * Add a choice for a value that is not among them, which only the author's program can show.
 * @param {MiniField} field
 * @param {unknown} value
 */
export function addChoice(field, value) {
  const choices = [...field.querySelectorAll(/** @type {"input"} */ (".choice > input"))];
  const text = stringify(value);
  const last = choices.at(-1)?.parentElement;
  if (!last || choices.some((choice) => stringify(parse(choice.value)) === text)) return;
  const added = /** @type {Element} */ (last.cloneNode(true));
  const input = /** @type {HTMLInputElement} */ (added.querySelector("input"));
  Object.assign(input, { value: text, checked: false });
  /** @type {Element} */ (added.querySelector("span")).textContent = String(value);
  last.after(added);
}

/** Radio buttons; the value of each is JSON. */
export class MiniRadio extends MiniField {
  /** @returns {HTMLInputElement[]} */
  get buttons() {
    return [...this.querySelectorAll("input")];
  }

  get value() {
    const chosen = this.buttons.find((button) => button.checked);
    return chosen ? parse(chosen.value) : null;
  }

  set value(value) {
    const text = stringify(value);
    if (value !== null) addChoice(this, value);
    for (const button of this.buttons) button.checked = stringify(parse(button.value)) === text;
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    (this.buttons.find((button) => button.checked) ?? this.buttons[0])?.focus(options);
  }
}

customElements.define("mini-textbox", MiniTextbox);
customElements.define("mini-number", MiniNumber);
customElements.define("mini-checkbox", MiniCheckbox);
customElements.define("mini-radio", MiniRadio);

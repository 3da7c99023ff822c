// The form of a flag: a comment, and corrections of the outputs.
import { config, say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {{ output: MiniField, field: MiniField | null, name: string }} Correction */

const EVENTS = ["click", "keydown", "mini-submit"];

/** A form that opens below the Flag button; it fires `flag-save` and `flag-cancel`, which bubble. */
export class MiniFlagForm extends HTMLElement {
  /** The run of the fields. @type {string | null} */
  #run = null;
  /** The values before any change. @type {Map<MiniField, string>} */
  #before = new Map();

  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "mini-submit" || entered(event) || clicked(event, "[data-save]")) this.ask(event, "flag-save");
    else if (escaped(event) || clicked(event, "[data-cancel]")) this.ask(event, "flag-cancel");
  }

  /** Ask the Flag button to save or cancel; the page must not submit at Ctrl+Enter. @param {Event} event @param {string} action */
  ask(event, action) {
    event.preventDefault();
    event.stopPropagation();
    if (!(event instanceof KeyboardEvent && event.repeat)) this.dispatchEvent(new CustomEvent(action, { bubbles: true }));
  }

  get endpoint() {
    return config.endpoints.find(({ name }) => name === this.dataset.endpoint);
  }

  /** @returns {Correction[]} */
  get corrections() {
    const { outputs = [], flag } = this.endpoint ?? {};
    return outputs.map(({ id, name }, index) => ({ output: element(id), field: element(flag?.corrections[index]), name }));
  }

  /** @returns {MiniField | null} */
  get note() {
    return element(this.endpoint?.flag?.comment);
  }

  /** @returns {MiniField[]} */
  get fields() {
    return [...this.corrections.map(({ field }) => field), this.note].flatMap((field) => field ?? []);
  }

  /** @param {{ run: string, failed: boolean, reason: string }} about */
  open({ run, failed, reason }) {
    const about = /** @type {HTMLElement} */ (this.querySelector("[data-about]"));
    about.textContent = reason && say("flag_reason", { reason });
    if (run !== this.#run) this.fill(failed);
    this.#run = run;
    this.hidden = false;
    this.fields[0]?.focus();
  }

  /** Fill the fields with the shown outputs; a failed run has none. @param {boolean} failed */
  fill(failed) {
    for (const { output, field } of this.corrections) if (field) field.value = failed ? field.initial : output.value;
    if (this.note) this.note.value = "";
    for (const field of this.fields) {
      field.error = "";
      this.#before.set(field, stringify(field.value));
    }
  }

  /** Fill the form anew when it is next opened for a run. @param {string} run */
  forget(run) {
    if (run === this.#run) this.#run = null;
  }

  /** Return the details, or null if a field is invalid, which then shows its error and has the focus. */
  async details() {
    const { fields } = this;
    for (const field of fields) field.error = this.changed(field) ? field.problem : "";
    const wrong = fields.find((field) => field.error);
    wrong?.focus();
    const ready = !wrong && (await Promise.all(fields.map((field) => field.ready)).then(() => true, () => false));
    return ready && !fields.some((field) => field.error) ? { comment: this.comment, expected: this.expected } : null;
  }

  get comment() {
    return /** @type {string | null} */ (this.note?.value ?? null);
  }

  /** The corrected outputs, with null for unchanged ones. */
  get expected() {
    const values = this.corrections.map(({ field }) => (field && this.changed(field) ? field.value : null));
    return values.some((value) => value !== null) ? values : null;
  }

  /** @param {MiniField} field */
  changed(field) {
    return stringify(field.value) !== this.#before.get(field) || field.problem !== "";
  }

  /** Show a refusal at the field that it names, and return whether there is one. @param {string | null} name @param {string} message */
  refuse(name, message) {
    const field = name === "comment" ? this.note : this.corrections.find((correction) => correction.name === name)?.field;
    if (!field) return false;
    field.error = message;
    field.focus();
    return true;
  }
}

/** @param {Event} event */
function entered(event) {
  return event instanceof KeyboardEvent && event.key === "Enter" && (event.ctrlKey || event.metaKey);
}

/** Tell whether Escape was pressed and closed nothing inside. @param {Event} event */
function escaped(event) {
  return event instanceof KeyboardEvent && event.key === "Escape" && !event.defaultPrevented;
}

/** @param {Event} event @param {string} selector */
function clicked(event, selector) {
  return event.type === "click" && event.target instanceof Element && event.target.closest(selector) !== null;
}

/** @param {string | null | undefined} id @returns {any} */
function element(id) {
  return id ? document.getElementById(id) : null;
}

customElements.define("mini-flag-form", MiniFlagForm);

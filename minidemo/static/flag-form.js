// What there is to say with a flag: a note, and what the outputs should have been.
import { config, say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {{ output: MiniField, field: MiniField | null, name: string }} Correction */

const EVENTS = ["click", "keydown", "mini-submit"];

/** A form that opens below the Flag button; it fires `flag-save` and `flag-cancel`, which bubble. */
export class MiniFlagForm extends HTMLElement {
  /** The run that the fields are about. @type {string | null} */
  #run = null;
  /** What the fields held when they were filled. @type {Map<MiniField, string>} */
  #filled = new Map();

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

  /** Ask the Flag button for something; the page, which submits at Ctrl+Enter, does not hear of it. @param {Event} event @param {string} what */
  ask(event, what) {
    event.preventDefault();
    event.stopPropagation();
    if (!(event instanceof KeyboardEvent && event.repeat)) this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
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

  /** Begin with the outputs as they are shown; a run that failed has none. @param {boolean} failed */
  fill(failed) {
    for (const { output, field } of this.corrections) if (field) field.value = failed ? field.initial : output.value;
    if (this.note) this.note.value = "";
    for (const field of this.fields) {
      field.error = "";
      this.#filled.set(field, stringify(field.value));
    }
  }

  /** Begin anew when the form is next opened for a run. @param {string} run */
  forget(run) {
    if (run === this.#run) this.#run = null;
  }

  /** What was said, or null if that cannot be sent: then the field says why, and has the focus. */
  async said() {
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

  /** For each output what it should have been, null where nothing was changed. */
  get expected() {
    const values = this.corrections.map(({ field }) => (field && this.changed(field) ? field.value : null));
    return values.some((value) => value !== null) ? values : null;
  }

  /** @param {MiniField} field */
  changed(field) {
    return stringify(field.value) !== this.#filled.get(field) || field.problem !== "";
  }

  /** Show a refusal at the field that it names, and tell whether there is such a field. @param {string | null} name @param {string} message */
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

/** Whether Escape was pressed, and nothing inside was closed by it. @param {Event} event */
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

// The form of an endpoint: its inputs, outputs and buttons, and the state that they show.
import { say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {HTMLElement & { show: (outcome: { run: string | null, failed: boolean, stopped: boolean, outdated: boolean }) => void }} MiniFlag */
/** @typedef {import("./types").Outcome} Outcome */
/** @typedef {import("./types").Call} Call */

/** Milliseconds until a call shows that it is running. */
export const DELAY = 150;

/** The outcome before the first call. @type {Outcome} */
export const NOTHING = {
  run: null,
  failed: false,
  stopped: false,
  sent: "",
  filled: false,
  note: "",
  failure: "",
  problem: "",
  partial: false,
  before: null,
};

/** The inputs that an endpoint reads, the outputs that it fills, and the buttons that drive it. */
export class Form {
  outcome = NOTHING;
  /** @type {Call | null} */
  call = null;
  /** The values before Clear. @type {Form["snapshot"] | null} */
  cleared = null;
  /** Whether the visitor changed an input that is also an output since the last request or result. */
  outputEdited = false;
  #stale = false;

  /** @param {import("./types").EndpointConfig} endpoint */
  constructor({ name, inputs, outputs, stoppable, progress, required, live }) {
    this.name = name;
    this.stoppable = stoppable;
    this.progress = progress;
    this.required = required;
    this.live = live;
    this.inputs = inputs.map(({ id }) => find(id));
    this.outputs = outputs.map(({ id }) => find(id));
    this.inputNames = inputs.map((input) => input.name);
    const own = `[data-endpoint="${CSS.escape(name)}"]`;
    this.buttons = all(`button${own}`);
    this.flags = /** @type {MiniFlag[]} */ (all(`:is(mini-flag, mini-link)${own}`));
    this.status = all(`[data-status="${CSS.escape(name)}"]`)[0] ?? find("toast");
    /** The state of a call that has no outputs to show it. */
    this.note = this.outputs.length ? null : this.status.closest(".status")?.querySelector(".info") ?? null;
  }

  get fields() {
    return [...this.inputs, ...this.outputs];
  }

  get snapshot() {
    return { values: this.fields.map((field) => field.value), outcome: this.outcome };
  }

  /** A string that changes with the values of the inputs. */
  get fingerprint() {
    return stringify(this.inputs.map((input) => (this.outputs.includes(input) ? this.outputEdited : input.fingerprint)));
  }

  get late() {
    return this.call !== null && performance.now() - this.call.began >= DELAY;
  }

  get stale() {
    return this.#stale;
  }

  /** Whether the form is visible, and not in a tab that is not chosen. */
  get visible() {
    return [...this.inputs, ...this.buttons].some((part) => part.offsetParent !== null);
  }

  /** @param {Element | null} element */
  contains(element) {
    return [...this.fields, ...this.buttons, ...this.flags].some((part) => part.contains(element));
  }

  /** Show the errors of the inputs, focus the first, and return whether there are none. @param {string[]} [required] */
  check(required = []) {
    this.inputs.forEach((input, index) => (input.error = this.problem(input, index, required)));
    const wrong = this.inputs.find((input) => input.error);
    if (wrong) reveal(wrong).focus();
    return !wrong;
  }

  /** @param {MiniField} input @param {number} index @param {string[]} required */
  problem(input, index, required) {
    const missing = required.includes(this.inputNames[index] ?? "") && input.missing;
    return input.problem || (missing ? say("must_not_be_empty", { label: input.label }) : "");
  }

  /** @param {MiniField} [field] the input that the visitor changed */
  edited(field) {
    if (field && this.outputs.includes(field)) this.outputEdited = true;
    this.cleared = null;
    this.compare();
  }

  /** Whether the failure of the latest run is on the page: above the outputs, or at an input. */
  get failureShown() {
    const { failure, problem } = this.outcome;
    return failure !== "" || (problem !== "" && this.inputs.some(({ error }) => error === problem));
  }

  /** The outcome without its failure: that of the results which are still on the page. @returns {Outcome} */
  get withoutFailure() {
    const { before, failed, stopped } = this.outcome;
    return before ?? { ...this.outcome, failure: "", problem: "", stopped: stopped || failed };
  }

  /** Compare the inputs with those of the run that can be flagged, which is always one that is on the page. */
  compare() {
    const { failed, stopped } = this.outcome;
    if (failed && !stopped && !this.failureShown) this.outcome = this.withoutFailure;
    this.#stale = this.outcome.sent !== this.fingerprint;
    this.paint();
  }

  /** Show the current state. */
  paint() {
    const { run, failed, stopped, failure } = this.outcome;
    const busy = this.late && this.progress !== "hidden";
    const { state, note } = busy ? this.working() : this.freshness();
    const teller = this.outputs.find((output) => !output.hidden);
    for (const output of this.outputs) {
      const edited = state === "outdated" && this.inputs.includes(output);
      output.show(edited ? "" : state, output === teller ? note : "");
    }
    if (this.note) this.note.textContent = state === "outdated" ? "" : note;
    for (const button of this.buttons) this.paintButton(button, busy);
    if (this.status.textContent !== failure) this.status.textContent = failure;
    const shown = this.call && failed ? null : run; // a new call hides the last failure
    for (const flag of this.flags) flag.show?.({ run: shown, failed, stopped, outdated: this.stale });
  }

  /** @param {HTMLElement} button @param {boolean} busy */
  paintButton(button, busy) {
    const { action } = button.dataset;
    const stops = this.late && this.call?.run && (this.stoppable || this.call.queued);
    if (action === "submit") button.setAttribute("aria-busy", String(busy));
    if (action === "undo") button.hidden = !this.cleared;
    if (action === "stop") this.paintStop(button, Boolean(stops));
  }

  /** Show or hide the Stop button; the focus moves to Submit. @param {HTMLElement} button @param {boolean} stops */
  paintStop(button, stops) {
    const focused = button === document.activeElement;
    button.hidden = !stops;
    if (focused && !stops) this.buttons.find(({ dataset }) => dataset.action === "submit")?.focus();
  }

  /** Scroll the results, or their error, into view without moving the focus. */
  bringIntoView() {
    const shown = this.outcome.failure ? this.status : this.outputs.find((output) => !output.hidden);
    if (!this.live) shown?.scrollIntoView({ block: "nearest" });
  }

  /** Tell screen readers; a repeated text is read again. @param {string} words */
  announce(words) {
    const live = find("live");
    live.textContent = live.textContent === words ? `${words}\u00a0` : words;
  }

  working() {
    const call = /** @type {Call} */ (this.call);
    const news = call.queued ? call.note : say("running");
    if (call.announced !== news) this.announce(news);
    call.announced = news;
    const seconds = ((performance.now() - call.began) / 1000).toFixed(1);
    const state = this.progress === "full" ? "running" : "busy";
    return { state, note: call.stopping ? say("stopping") : call.note || say("running_for", { seconds }) };
  }

  freshness() {
    const { filled, failed, note, partial } = this.outcome;
    if (!filled) return { state: "empty", note: "" };
    return (failed && !partial) || this.stale ? { state: "outdated", note: say("outdated") } : { state: "fresh", note };
  }
}

/** Open the section that hides a field. @param {MiniField} field */
export function reveal(field) {
  const section = field.closest("details");
  if (section) section.open = true;
  return field;
}

/** @param {string} id @returns {any} */
function find(id) {
  return document.getElementById(id);
}

/** @param {string} selector @returns {HTMLElement[]} */
function all(selector) {
  return [...document.querySelectorAll(/** @type {"button"} */ (selector))];
}

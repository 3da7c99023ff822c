// The page: joins the inputs, outputs and buttons of each endpoint, whatever components they are.
import { cancel, config, predict, reachable, remember, say, session, stringify, WireError } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {HTMLElement & { show: (outcome: { run: string | null, failed: boolean, outdated: boolean }) => void }} MiniFlag */
/** @typedef {import("./types").Outcome} Outcome */
/** @typedef {import("./types").Work} Work */

/** A run shorter than this, in ms, shows no sign of waiting. */
const BLINK = 150;

/** What there is before the first run. @type {Outcome} */
const NOTHING = { run: null, failed: false, sent: "", shown: false, note: "", failure: "", partial: false };

/** @type {Work} */
const NO_WORK = {
  stop: new AbortController(),
  began: 0,
  told: false,
  sent: "",
  wait: "",
  run: "",
  queued: false,
  stopping: false,
  running: null,
  partial: false,
};

/** One endpoint: the inputs it reads, the outputs it fills, the buttons that drive it. */
export class Endpoint {
  #outcome = NOTHING;
  #stale = false;
  ask = predict;
  /** Whether the visitor has changed an input that is an output, too, since it was sent or answered. */
  #touched = false;
  #away = false;
  /** @type {Work | null} */
  call = null;
  /** @type {Endpoint["snapshot"] | null} */
  cleared = null;

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
    this.buttons = all("button", `[data-endpoint="${CSS.escape(name)}"]`);
    this.flags = /** @type {MiniFlag[]} */ (all(":is(mini-flag, mini-link)", `[data-endpoint="${CSS.escape(name)}"]`));
    this.status = all("", `[data-status="${CSS.escape(name)}"]`)[0] ?? find("toast");
    /** Where the state of a run is told that has no outputs to tell it. */
    this.note = this.outputs.length ? null : this.status.nextElementSibling;
    for (const button of this.buttons) button.addEventListener("click", this);
    for (const type of ["mini-input", "mini-change", "mini-submit", "mini-clear"]) document.addEventListener(type, this);
    this.paint();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "click") return this.press(/** @type {HTMLElement} */ (event.currentTarget).dataset.action);
    if (event.type === "mini-clear") return this.emptied(/** @type {MiniField} */ (event.target));
    if (!this.inputs.includes(/** @type {MiniField} */ (event.target))) return undefined;
    if (event.type !== "mini-submit") return this.edited(/** @type {MiniField} */ (event.target));
    event.stopImmediatePropagation();
    return this.submit();
  }

  /** @param {Element | null} element */
  contains(element) {
    return [...this.fields, ...this.buttons, ...this.flags].some((part) => part.contains(element));
  }

  /** Whether it is seen: not so in a tab that is not chosen. */
  get seen() {
    return [...this.inputs, ...this.buttons].some((part) => part.offsetParent !== null);
  }

  /** @param {string | undefined} action */
  press(action) {
    if (action === "submit") this.submit();
    if (action === "clear") this.clear();
    if (action === "undo") this.undo();
    if (action === "stop") this.stop();
  }

  /** @param {MiniField} [field] the input that the visitor has changed */
  edited(field) {
    if (field && this.outputs.includes(field)) this.#touched = true;
    this.cleared = null;
    this.compare();
  }

  /** Find out whether the inputs are others than those of the run that can be flagged. */
  compare() {
    this.#stale = this.#outcome.sent !== this.fingerprint;
    this.paint();
  }

  /** An input or output was emptied on its own: without what it gave, an earlier run is over. @param {MiniField} field */
  emptied(field) {
    if (this.inputs.includes(field)) this.edited();
    if (!this.outputs.includes(field)) return;
    this.abandon();
    this.#outcome = NOTHING;
    this.edited();
  }

  abandon() {
    this.call?.stop.abort();
    this.call = null;
  }

  get fields() {
    return [...this.inputs, ...this.outputs];
  }

  get snapshot() {
    return { values: this.fields.map((field) => field.value), outcome: this.#outcome };
  }

  /** What tells the values of the inputs from others. */
  get fingerprint() {
    return stringify(this.inputs.map((input) => (this.outputs.includes(input) ? this.#touched : input.fingerprint)));
  }

  /** Check the inputs, run the endpoint, show what came of it. */
  async submit() {
    if (!this.call && this.check()) await this.run();
  }

  async run() {
    await this.work(async (signal) => {
      await Promise.all(this.inputs.map((input) => input.ready));
      if (signal.aborted || !this.check(this.required)) return;
      const data = this.inputs.map((input) => input.value);
      await this.listen(this.ask({ data, session, endpoint: this.name }, signal), signal, data);
    });
  }

  get late() {
    return this.call !== null && performance.now() - this.call.began >= BLINK;
  }

  get stale() {
    return this.#stale;
  }

  /** Be busy with something until it is done, or stopped. @param {(signal: AbortSignal) => Promise<void>} task */
  async work(task) {
    const stop = new AbortController();
    const work = (this.call = { ...NO_WORK, stop, began: performance.now() });
    if (!this.live) this.#outcome = { ...this.#outcome, failure: "" };
    const timer = setInterval(() => this.paint(), BLINK / 2);
    this.edited();
    try {
      await task(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) this.fail(error);
    } finally {
      work.running?.end();
      clearInterval(timer);
      if (!stop.signal.aborted) this.call = null;
      this.compare();
    }
  }

  /**
   * Show what comes of a call. Until it is over, this tab keeps what it takes to come back to it.
   * @param {AsyncIterable<{ event: string, data: any }>} events
   * @param {AbortSignal} signal
   * @param {unknown[]} data
   */
  async listen(events, signal, data) {
    const work = /** @type {Work} */ (this.call);
    this.#touched = false;
    work.sent = this.fingerprint;
    for await (const { event, data: told } of events) {
      if (signal.aborted) return;
      work.queued = event === "queued";
      if (event === "run") this.began(work, told.run, data);
      else if (event === "result") this.succeed(told, work.sent);
      else if (event === "error") throw this.broken(work, told);
      else if ((await this.running(work)).take(event, told)) work.partial = true;
    }
  }

  /** Show all that came before a call failed. @param {Work} work @param {import("./types").ErrorEvent} told */
  broken(work, told) {
    work.running?.paint();
    return new WireError(told.message, told);
  }

  /** @param {Work} work @param {string} run @param {unknown[]} data */
  began(work, run, data) {
    work.run = run;
    remember(this.name, stringify({ run, session, data }));
  }

  /** What shows a function that goes on; most do not. @param {Work} work */
  async running(work) {
    const { Running } = await import("./running.js");
    const tell = (/** @type {string} */ words) => (work.wait = words);
    work.running ??= new Running({ outputs: this.outputs, alive: () => this.call === work, tell });
    return work.running;
  }

  /** Ask the server to end the call; what has come of it stays. */
  async stop() {
    const work = this.call;
    if (!work?.run || work.stopping) return;
    work.stopping = true;
    this.paint();
    await cancel(work.run).catch(() => (work.stopping = false));
  }

  /** Whether the inputs can be sent; those that cannot say why, and the first of them gets the focus. @param {string[]} [required] */
  check(required = []) {
    this.inputs.forEach((input, index) => {
      const missing = input.value === null && required.includes(this.inputNames[index] ?? "");
      input.error = input.problem || (missing ? say("must_not_be_empty", { label: input.label }) : "");
    });
    const wrong = this.inputs.find((input) => input.error);
    if (wrong) reveal(wrong).focus();
    return !wrong;
  }

  /** @param {import("./types").PredictResponse & { html?: Record<string, string> }} result @param {string} sent */
  succeed({ run, data, duration, html }, sent) {
    remember(this.name, null);
    this.outputs.forEach((output, index) => output.receive(data[index], html?.[index], run));
    const done = this.note ? say("done") : "";
    const note = duration < 1 ? done : say("done_in", { seconds: duration.toFixed(1) });
    this.#touched = false;
    this.#outcome = { run, failed: false, sent, shown: true, note, failure: "", partial: false };
    this.announce([say("done"), ...this.outputs.map((output) => output.summary)].join(" "));
  }

  /** Show a failure at the input that it names, else below the outputs. @param {unknown} error */
  fail(error) {
    const { message, field, run, away } = error instanceof WireError ? error : new WireError(String(error));
    const { sent = "", partial = false, stopping = false } = this.call ?? {};
    if (!away) remember(this.name, null);
    if (run) this.#outcome = { ...this.#outcome, run, failed: true, sent };
    const note = say(stopping ? "stopped" : "incomplete");
    this.#outcome = { ...this.#outcome, partial, ...(partial && { shown: true, note }) };
    if (stopping) return;
    const input = this.inputs[this.inputNames.indexOf(field ?? "")];
    const shown = input && !input.hidden;
    this.#outcome = { ...this.#outcome, failure: shown ? "" : message };
    if (shown) {
      reveal(input).error = message;
      if (!this.live && document.activeElement?.matches("body, [data-action]")) input.focus();
    }
    if (away) this.reconnect();
  }

  /** Wait for the server, and say when it is back, unless the visitor has found out already. */
  async reconnect() {
    if (this.#away) return;
    this.#away = true;
    await reachable();
    this.#away = false;
    for (const input of this.inputs) input.renew();
    if (!this.#outcome.failure) return;
    this.#outcome = { ...this.#outcome, failure: say("server_back") };
    this.paint();
  }

  /** Go back to the values of a fresh page; what was there is kept for one undo. */
  clear() {
    const { fields, snapshot: before } = this;
    const nothing = this.#outcome === NOTHING && !this.call && !fields.some((field) => field.error);
    this.reset(fields.map((field) => field.initial), NOTHING);
    if (nothing && stringify(this.snapshot.values) === stringify(before.values)) return;
    this.cleared = before;
    this.announce(say("cleared"));
    this.paint();
  }

  undo() {
    if (!this.cleared) return;
    this.reset(this.cleared.values, this.cleared.outcome);
    all("button", "[data-action=clear]", this.buttons)[0]?.focus();
    this.edited();
  }

  /** @param {unknown[]} values @param {Outcome} outcome */
  reset(values, outcome) {
    this.abandon();
    this.fields.forEach((field, index) => {
      field.value = values[index];
      field.error = "";
    });
    this.#outcome = outcome;
    this.compare();
  }

  /** Bring what is seen of the endpoint's state up to date. */
  paint() {
    const { late } = this;
    const busy = late && this.progress !== "hidden";
    const { state, note } = busy ? this.working() : this.freshness();
    for (const output of this.outputs) output.show(state === "outdated" && this.inputs.includes(output) ? "" : state, note);
    if (this.note) this.note.textContent = state === "outdated" ? "" : note;
    for (const button of this.buttons) {
      if (button.dataset.action === "submit") button.setAttribute("aria-busy", String(busy));
      if (button.dataset.action === "undo") button.hidden = !this.cleared;
      if (button.dataset.action === "stop") button.hidden = !late || !this.call?.run || !(this.stoppable || this.call.queued);
    }
    if (this.status.textContent !== this.#outcome.failure) this.status.textContent = this.#outcome.failure;
    const { run, failed } = this.#outcome;
    for (const flag of this.flags) flag.show?.({ run, failed, outdated: this.stale });
  }

  /** Tell screen readers; the same words twice are told twice. @param {string} words */
  announce(words) {
    const live = find("live");
    live.textContent = live.textContent === words ? `${words}\u00a0` : words;
  }

  working() {
    const work = /** @type {Work} */ (this.call);
    if (!work.told) this.announce(say("running"));
    work.told = true;
    const seconds = ((performance.now() - work.began) / 1000).toFixed(1);
    const state = this.progress === "full" ? "running" : "busy";
    return { state, note: work.stopping ? say("stopping") : work.wait || say("running_for", { seconds }) };
  }

  freshness() {
    const { shown, failed, note, partial } = this.#outcome;
    if (!shown) return { state: "empty", note: "" };
    return (failed && !partial) || this.stale ? { state: "outdated", note: say("outdated") } : { state: "fresh", note };
  }
}

/** Open what a field lies in. @param {MiniField} field */
function reveal(field) {
  const around = field.closest("details");
  if (around) around.open = true;
  return field;
}

/** @param {string} id @returns {any} */
function find(id) {
  return document.getElementById(id);
}

/** @param {string} tag @param {string} selector @param {Iterable<HTMLElement>} [among] @returns {HTMLElement[]} */
function all(tag, selector, among = document.querySelectorAll(tag + selector)) {
  return [...among].filter((element) => element.matches(tag + selector));
}

const Live = config.endpoints.some(({ live }) => live) ? (await import("./live.js")).lively(Endpoint) : Endpoint;
export const endpoints = config.endpoints.map((endpoint) => new (endpoint.live ? Live : Endpoint)(endpoint));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const here = endpoints.find((endpoint) => endpoint.contains(document.activeElement));
  event.preventDefault();
  (here ?? endpoints.find((endpoint) => endpoint.seen))?.submit();
});

// A cookie, so that the server can say it in the page, which is never seen in another theme than the chosen one.
find("theme").addEventListener("change", () => {
  document.documentElement.dataset.theme = find("theme").value;
  document.cookie = `minidemo-theme=${find("theme").value}; max-age=31536000; samesite=lax`;
});

// Calls that were under way when the page was loaded anew.
const left = endpoints.filter(({ name }) => remember(name));
if (left.length) (await import("./follow.js")).comeBack(left);

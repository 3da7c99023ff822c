// The page: joins the inputs, outputs and buttons of each endpoint, whatever components they are.
import { config, predict, say, session, stringify, WireError } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {HTMLElement & { show: (outcome: { run: string | null, failed: boolean, outdated: boolean }) => void }} MiniFlag */
/** @typedef {{ run: string | null, failed: boolean, sent: string, shown: boolean, note: string, failure: string }} Outcome */
/** @typedef {{ stop: AbortController, began: number, told: boolean, sent: string, wait: string }} Work */

/** A run shorter than this, in ms, shows no sign of waiting. */
const BLINK = 150;

/** What there is before the first run. `run` can be flagged, `sent` is what it got, `shown` says that outputs are filled. @type {Outcome} */
const NOTHING = { run: null, failed: false, sent: "", shown: false, note: "", failure: "" };

/** One endpoint: the inputs it reads, the outputs it fills, the buttons that drive it. */
class Endpoint {
  #outcome = NOTHING;
  #stale = false;
  #away = false;
  /** @type {Work | null} */
  #work = null;
  /** @type {{ values: unknown[], outcome: Outcome } | null} */
  #cleared = null;

  /** @param {import("./types").EndpointConfig} endpoint */
  constructor({ name, inputs, outputs }) {
    this.name = name;
    this.inputs = inputs.map(({ id }) => find(id));
    this.outputs = outputs.map(({ id }) => find(id));
    this.inputNames = inputs.map((input) => input.name);
    this.buttons = all("button", `[data-endpoint="${CSS.escape(name)}"]`);
    this.flags = /** @type {MiniFlag[]} */ (all("mini-flag", `[data-endpoint="${CSS.escape(name)}"]`));
    this.status = all("", `[data-status="${CSS.escape(name)}"]`)[0] ?? find("toast");
    for (const button of this.buttons) button.addEventListener("click", this);
    for (const type of ["mini-input", "mini-change", "mini-submit", "mini-clear"]) document.addEventListener(type, this);
    this.paint();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "click") return this.press(/** @type {HTMLElement} */ (event.currentTarget).dataset.action);
    if (event.type === "mini-clear") return this.emptied(/** @type {MiniField} */ (event.target));
    if (!this.inputs.includes(/** @type {MiniField} */ (event.target))) return undefined;
    if (event.type !== "mini-submit") return this.edited();
    event.stopImmediatePropagation();
    return this.submit();
  }

  /** @param {Element | null} element */
  contains(element) {
    return [...this.inputs, ...this.outputs, ...this.buttons, ...this.flags].some((part) => part.contains(element));
  }

  /** @param {string | undefined} action */
  press(action) {
    if (action === "submit") this.submit();
    if (action === "clear") this.clear();
    if (action === "undo") this.undo();
  }

  edited() {
    this.#cleared = null;
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
    this.#work?.stop.abort();
    this.#work = null;
    this.#outcome = NOTHING;
    this.edited();
  }

  /** What tells the values of the inputs from others. */
  get fingerprint() {
    return stringify(this.inputs.map((input) => input.fingerprint));
  }

  /** Check the inputs, run the endpoint, show what came of it. */
  async submit() {
    if (this.#work || !this.check()) return;
    const stop = new AbortController();
    this.#work = { stop, began: performance.now(), told: false, sent: "", wait: "" };
    this.#outcome = { ...this.#outcome, failure: "" };
    const timer = setInterval(() => this.paint(), BLINK / 2);
    this.edited();
    try {
      await Promise.all(this.inputs.map((input) => input.ready));
      if (this.check()) await this.run(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) this.fail(error);
    } finally {
      clearInterval(timer);
      if (!stop.signal.aborted) this.#work = null;
      this.compare();
    }
  }

  /** @param {AbortSignal} signal */
  async run(signal) {
    const data = this.inputs.map((input) => input.value);
    if (this.#work) this.#work.sent = this.fingerprint;
    for await (const { event, data: told } of predict({ data, session, endpoint: this.name }, signal)) {
      if (signal.aborted || !this.#work) return;
      if (event === "queued") this.#work.wait = waiting(told);
      if (event === "result") this.succeed(told, this.#work.sent);
      if (event === "error") throw new WireError(told.message, told);
    }
  }

  /** Whether the inputs can be sent; those that cannot say why, and the first of them gets the focus. */
  check() {
    for (const input of this.inputs) input.error = input.problem;
    const wrong = this.inputs.find((input) => input.error);
    wrong?.focus();
    return !wrong;
  }

  /** @param {import("./types").PredictResponse & { html?: Record<string, string> }} result @param {string} sent */
  succeed({ run, data, duration, html }, sent) {
    this.outputs.forEach((output, index) => output.receive(data[index], html?.[index], run));
    const note = duration < 1 ? "" : say("done_in", { seconds: duration.toFixed(1) });
    this.#outcome = { run, failed: false, sent, shown: true, note, failure: "" };
    announce([say("done"), ...this.outputs.map((output) => output.summary)].join(" "));
  }

  /** Show a failure at the input that it names, else below the outputs. @param {unknown} error */
  fail(error) {
    const { message, field, run, away } = error instanceof WireError ? error : new WireError(String(error));
    if (run) this.#outcome = { ...this.#outcome, run, failed: true, sent: this.#work?.sent ?? "" };
    const input = this.inputs[this.inputNames.indexOf(field ?? "")];
    if (!input) this.#outcome = { ...this.#outcome, failure: message };
    else {
      input.error = message;
      if (document.activeElement?.matches("body, [data-action]")) input.focus();
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
    const fields = [...this.inputs, ...this.outputs];
    const values = fields.map((field) => field.value);
    const before = { values, outcome: this.#outcome };
    const nothing = this.#outcome === NOTHING && !this.#work && !fields.some((field) => field.error);
    this.reset(fields.map((field) => field.initial), NOTHING);
    if (nothing && stringify(fields.map((field) => field.value)) === stringify(values)) return;
    this.#cleared = before;
    announce(say("cleared"));
    this.paint();
  }

  undo() {
    if (!this.#cleared) return;
    this.reset(this.#cleared.values, this.#cleared.outcome);
    all("button", "[data-action=clear]", this.buttons)[0]?.focus();
    this.edited();
  }

  /** @param {unknown[]} values @param {Outcome} outcome */
  reset(values, outcome) {
    this.#work?.stop.abort();
    this.#work = null;
    [...this.inputs, ...this.outputs].forEach((field, index) => {
      field.value = values[index];
      field.error = "";
    });
    this.#outcome = outcome;
    this.compare();
  }

  /** Bring what is seen of the endpoint's state up to date. */
  paint() {
    const busy = this.#work !== null && performance.now() - this.#work.began >= BLINK;
    const { state, note } = busy ? this.working() : this.freshness();
    for (const output of this.outputs) output.show(state, note);
    for (const button of this.buttons) {
      if (button.dataset.action === "submit") button.setAttribute("aria-busy", String(busy));
      if (button.dataset.action === "undo") button.hidden = !this.#cleared;
    }
    if (this.status.textContent !== this.#outcome.failure) this.status.textContent = this.#outcome.failure;
    const { run, failed } = this.#outcome;
    for (const flag of this.flags) flag.show?.({ run, failed, outdated: this.#stale });
  }

  working() {
    const work = /** @type {Work} */ (this.#work);
    if (!work.told) announce(say("running"));
    work.told = true;
    const seconds = ((performance.now() - work.began) / 1000).toFixed(1);
    return { state: "running", note: work.wait || say("running_for", { seconds }) };
  }

  freshness() {
    const { shown, failed, note } = this.#outcome;
    if (!shown) return { state: "empty", note: "" };
    return failed || this.#stale ? { state: "outdated", note: say("outdated") } : { state: "fresh", note };
  }
}

/** @param {import("./types").QueuedEvent} place */
function waiting({ position, eta }) {
  if (!position) return "";
  return eta === null ? say("queued", { position }) : say("queued_eta", { position, eta: Math.ceil(eta) });
}

/** Resolve once the server answers anything, asking ever more rarely. */
async function reachable() {
  for (let pause = 1000; ; pause = Math.min(2 * pause, 15000)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await fetch("", { cache: "no-store" }).catch(() => null);
    if (answer && answer.status < 500) return;
  }
}

/** @param {string} id @returns {any} */
function find(id) {
  return document.getElementById(id);
}

/** @param {string} tag @param {string} selector @param {Iterable<HTMLElement>} [among] @returns {HTMLElement[]} */
function all(tag, selector, among = document.querySelectorAll(tag + selector)) {
  return [...among].filter((element) => element.matches(tag + selector));
}

/** Tell screen readers; the same words twice are told twice. @param {string} words */
function announce(words) {
  const live = find("live");
  live.textContent = live.textContent === words ? `${words}\u00a0` : words;
}

/** Wear the theme that the visitor chose, or the system's. */
function wearTheme() {
  document.documentElement.dataset.theme = find("theme").value;
}

/** Reach what the browser keeps for this visitor; some forbid it. @template T @param {(kept: Storage) => T} use */
function kept(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

const endpoints = config.endpoints.map((endpoint) => new Endpoint(endpoint));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const here = endpoints.find((endpoint) => endpoint.contains(document.activeElement));
  event.preventDefault();
  (here ?? endpoints[0])?.submit();
});

find("theme").value = kept((storage) => storage.getItem("minidemo-theme")) ?? "";
find("theme").addEventListener("change", () => {
  kept((storage) => storage.setItem("minidemo-theme", find("theme").value));
  wearTheme();
});
wearTheme();

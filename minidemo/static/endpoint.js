// An endpoint: sends the inputs of its form to the server, and shows the answer. Starts the endpoints of the page.
import { applyStyles } from "./fields.js";
import { DELAY, Form, NOTHING, reveal } from "./form.js";
import { cancel, config, predict, reachable, remember, say, session, stringify, WireError } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").Call} Call */
/** @typedef {AsyncIterable<{ event: string, data: any }>} Events */

/** A call that has just begun. @type {Omit<Call, "abort" | "began" | "flagReady">} */
const NEW_CALL = { announced: "", sent: "", note: "", run: "", queued: false, stopping: false, progress: null, partial: false };

/** A form that calls the server, one call at a time. */
export class Endpoint extends Form {
  #away = false;

  /** @param {import("./types").EndpointConfig} endpoint */
  constructor(endpoint) {
    super(endpoint);
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

  /** @param {string | undefined} action */
  press(action) {
    if (action === "submit") this.submit();
    if (action === "clear") this.clear();
    if (action === "undo") this.undo();
    if (action === "stop") this.stop();
  }

  /** Check the inputs, then call the server. */
  async submit() {
    if (this.call) return;
    if (this.check()) await this.run();
    else this.compare();
  }

  async run() {
    await this.work(async (signal) => {
      await Promise.all(this.inputs.map((input) => input.ready));
      if (signal.aborted || !this.check(this.required)) return;
      const data = this.inputs.map((input) => input.value);
      if (!this.live) this.outcome = this.withoutFailure;
      this.compare();
      this.bringIntoView();
      await this.listen(this.ask({ data, session, endpoint: this.name }, signal), signal, data);
    });
  }

  /** @param {import("./types").PredictRequest} request @param {AbortSignal} signal */
  ask(request, signal) {
    return predict(request, signal);
  }

  /** Be busy until a task ends or is aborted. @param {(signal: AbortSignal) => Promise<void>} task */
  async work(task) {
    const abort = new AbortController();
    const call = (this.call = { ...NEW_CALL, abort, began: performance.now(), flagReady: this.loadFlag() });
    const timer = setInterval(() => this.paint(), DELAY / 2);
    this.edited();
    try {
      await task(abort.signal);
    } catch (error) {
      await call.flagReady;
      if (!abort.signal.aborted) this.fail(error);
    } finally {
      call.progress?.end();
      clearInterval(timer);
      if (!abort.signal.aborted) this.call = null;
      this.compare();
    }
  }

  /** Load the Flag button with the first call: nothing can be flagged before. */
  async loadFlag() {
    if (!this.flags.some(({ localName }) => localName === "mini-flag")) return;
    const scripts = [import("./flag-menu.js"), import("./flag.js")];
    await Promise.all(scripts).catch(() => {}); // tried again with the next call
  }

  /**
   * Show the events of a call. Until it ends, this tab stores its run, to resume after a reload.
   * @param {Events} events
   * @param {AbortSignal} signal
   * @param {unknown[]} data
   */
  async listen(events, signal, data) {
    const call = /** @type {Call} */ (this.call);
    this.outputEdited = false;
    call.sent = this.fingerprint;
    for await (const { event, data: content } of reconnecting(events, signal)) {
      await call.flagReady;
      if (signal.aborted) return;
      call.queued = event === "queued";
      if (event === "run") this.began(call, content.run, data);
      else if (event === "result") this.succeed(content, call.sent);
      else if (event === "error") throw this.broken(call, content);
      else if ((await this.progressOf(call)).handle(event, content)) call.partial = true;
    }
  }

  /** Show the results that came before an error. @param {Call} call @param {import("./types").ErrorEvent} error */
  broken(call, error) {
    call.progress?.paint();
    return new WireError(error.message, error);
  }

  /** @param {Call} call @param {string} run @param {unknown[]} data */
  began(call, run, data) {
    call.run = run;
    remember(this.name, stringify({ run, session, data }));
  }

  /** Return what shows the progress of a call; few calls need it. @param {Call} call */
  async progressOf(call) {
    const { Progress } = await import("./progress.js");
    const setNote = (/** @type {string} */ note) => (call.note = note);
    call.progress ??= new Progress({ outputs: this.outputs, isCurrent: () => this.call === call, setNote });
    return call.progress;
  }

  /** Ask the server to end the call; the results so far stay. */
  async stop() {
    const { call } = this;
    if (!call?.run || call.stopping) return;
    call.stopping = true;
    this.paint();
    await cancel(call.run).catch(() => (call.stopping = false));
  }

  abandon() {
    this.call?.abort.abort();
    this.call = null;
  }

  /** @param {import("./types").PredictResponse & { html?: Record<string, string> }} result @param {string} sent */
  succeed({ run, data, duration, html }, sent) {
    remember(this.name, null);
    this.outputs.forEach((output, index) => output.receive(data[index], html?.[index], run));
    const done = this.note ? say("done") : "";
    const note = duration < 1 ? done : say("done_in", { seconds: duration.toFixed(1) });
    this.outputEdited = false;
    this.outcome = { ...NOTHING, run, sent, filled: true, note };
    this.announce([say("done"), ...this.outputs.map((output) => output.summary)].join(" "));
  }

  /** Show a failure at the input that it names, or above the outputs. @param {unknown} error */
  fail(error) {
    const { message, field, run, away } = error instanceof WireError ? error : new WireError(String(error));
    const { partial = false, stopping = false } = this.call ?? {};
    if (!away) remember(this.name, null);
    this.outcome = this.withoutFailure;
    if (partial || (run && !(stopping && this.outcome.filled))) this.failed(run);
    if (stopping) return this.announce(say("was_stopped"));
    this.showFailure(message, this.inputs[this.inputNames.indexOf(field ?? "")]);
    if (away) this.awaitServer();
  }

  /** Note the run that failed; what it did not replace is on the page as before. @param {string | null | undefined} run */
  failed(run) {
    const { run: begun = "", sent = "", partial = false, stopping = false } = this.call ?? {};
    const note = say(stopping ? "stopped" : "incomplete");
    const before = partial ? null : this.outcome;
    this.outcome = { ...this.outcome, run: run || begun, failed: true, stopped: stopping, sent, partial, before };
    if (partial) this.outcome = { ...this.outcome, filled: true, note };
  }

  /** @param {string} message @param {MiniField | undefined} input */
  showFailure(message, input) {
    const atInput = input && !input.hidden;
    this.outcome = { ...this.outcome, ...(atInput ? { problem: message } : { failure: message }) };
    if (!atInput) return this.showAbove();
    reveal(input).error = message;
    if (!this.live && document.activeElement?.matches("body, [data-action]")) input.focus();
  }

  /** Show the failure above the outputs, and bring it into view. */
  showAbove() {
    this.paint();
    this.bringIntoView();
  }

  /** Wait for the server, and say that it is back unless the visitor knows already. */
  async awaitServer() {
    if (this.#away) return;
    this.#away = true;
    await reachable();
    this.#away = false;
    for (const input of this.inputs) input.renew();
    if (!this.outcome.failure) return;
    this.outcome = { ...this.outcome, failure: say("server_back") };
    this.showAbove();
  }

  /** Forget the run when a field is emptied that belongs to it. @param {MiniField} field */
  emptied(field) {
    if (this.inputs.includes(field)) this.edited();
    if (!this.outputs.includes(field)) return;
    this.abandon();
    this.outcome = NOTHING;
    this.edited();
  }

  /** Go back to the values of a fresh page; one undo brings the others back. */
  clear() {
    const { fields, snapshot: before } = this;
    const nothing = this.outcome === NOTHING && !this.call && !fields.some((field) => field.error);
    this.reset(fields.map((field) => field.initial), NOTHING);
    if (nothing && stringify(this.snapshot.values) === stringify(before.values)) return;
    this.cleared = before;
    this.announce(say("cleared"));
    this.paint();
  }

  undo() {
    if (!this.cleared) return;
    this.reset(this.cleared.values, this.cleared.outcome);
    this.buttons.find((button) => button.dataset.action === "clear")?.focus();
    this.edited();
  }

  /** @param {unknown[]} values @param {import("./types").Outcome} outcome */
  reset(values, outcome) {
    this.abandon();
    this.fields.forEach((field, index) => {
      field.value = values[index];
      field.error = "";
    });
    this.outcome = outcome;
    this.compare();
  }
}

/**
 * Yield the events of a call; when the connection is lost, those of its run.
 * @param {Events} events
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ event: string, data: any }>}
 */
export async function* reconnecting(events, signal) {
  for (;;) {
    try {
      return yield* events;
    } catch (error) {
      if (!(error instanceof WireError && error.lostRun)) throw error;
      const { reconnect } = await import("./reconnect.js").catch(() => Promise.reject(error));
      events = reconnect(error.lostRun, signal);
    }
  }
}

/** The endpoints of the page. @type {Endpoint[]} */
export const endpoints = [];

/** Start endpoints, and resume the calls that a reload interrupted. @param {typeof Endpoint} Kind @param {boolean} live */
export async function start(Kind, live) {
  const started = config.endpoints.filter((endpoint) => Boolean(endpoint.live) === live).map((endpoint) => new Kind(endpoint));
  endpoints.push(...started);
  const interrupted = started.filter(({ name }) => remember(name));
  if (interrupted.length) (await import("./reconnect.js")).resumeRuns(interrupted);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const focused = endpoints.find((endpoint) => endpoint.contains(document.activeElement));
  event.preventDefault();
  (focused ?? endpoints.find((endpoint) => endpoint.visible))?.submit();
});

// A cookie, so that the server renders the next page in the chosen theme.
const theme = /** @type {HTMLSelectElement} */ (document.getElementById("theme"));
theme.addEventListener("change", () => {
  document.documentElement.dataset.theme = theme.value;
  document.cookie = `minidemo-theme=${theme.value}; max-age=31536000; samesite=lax`;
});

// A notebook makes its frame as high as the page.
if (window.parent !== window) {
  const tell = () => window.parent.postMessage({ minidemoHeight: document.body.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
}

applyStyles(document);
await start(Endpoint, false);

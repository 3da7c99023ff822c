// Endpoints without a Submit button: each change of an input runs them, and the latest change wins.
import { Endpoint, reconnecting, start } from "./endpoint.js";
import { cancel, predict, remember, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").MiniStream} MiniStream */

/** Milliseconds to wait for the next key. */
const TYPING = 300;
/** Milliseconds between two calls while a control is dragged. */
const PACE = 100;
/** Milliseconds without a change until a screen reader is told of the result. */
const QUIET = 1000;
const TYPED = "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=color], [type=file])";

/** An endpoint that runs whenever an input changes. */
class LiveEndpoint extends Endpoint {
  /** Runs the function after the last key. @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** Tells a screen reader after the last change. @type {ReturnType<typeof setTimeout> | undefined} */
  speech;
  /** The inputs of the latest call. */
  known = "";
  /** The inputs that the visitor has changed. @type {Set<MiniField>} */
  changedInputs = new Set();
  /** The start of the latest call. */
  last = 0;

  /** @param {import("./types").EndpointConfig} endpoint */
  constructor(endpoint) {
    super(endpoint);
    document.addEventListener("mini-stream", this);
    if (!this.inputs.length && !remember(this.name)) this.submit();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target, type } = event;
    const field = this.inputs.find((input) => input === target);
    if (type === "mini-stream") return field && this.stream(/** @type {MiniStream} */ (field));
    super.handleEvent(event);
    if (field && type !== "mini-submit") this.changed(field, type === "mini-input");
    return undefined;
  }

  /** Run the function at once, or soon if the visitor goes on. @param {MiniField} field @param {boolean} going */
  changed(field, going) {
    const { values } = this;
    this.changedInputs.add(field);
    if (this.streaming || (!going && values === this.known && !this.timer)) return;
    this.known = values;
    if (this.outputs.includes(field)) this.abandon();
    const next = Math.max(0, this.last + PACE - performance.now());
    const typing = document.activeElement?.matches(TYPED);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.due(), !going ? 0 : typing ? TYPING : next);
    this.paint();
  }

  /** Run the function unless it runs with these inputs: an uploaded file can arrive before its event. */
  due() {
    if (this.call?.sent && this.call.sent === this.fingerprint) this.stopTimer();
    else this.submit();
  }

  /** Run the function now; a call in progress is abandoned. */
  async submit() {
    this.stopTimer();
    this.last = performance.now();
    if (this.check()) return this.run();
    this.abandon();
    return this.compare();
  }

  stopTimer() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Cancel an abandoned call on the server, too. @param {import("./types").PredictRequest} request @param {AbortSignal} signal */
  async *ask(request, signal) {
    this.known = this.values;
    const over = new AbortController();
    let run = "";
    const end = () => {
      if (run === "") return;
      remember(this.name, null);
      over.abort();
      cancel(run).catch(() => {}); // it may be over
    };
    signal.addEventListener("abort", end);
    for await (const event of reconnecting(predict(request, over.signal), over.signal)) {
      if (event.event === "run") run = event.data.run;
      // Abandoned before its run was known, or while the visitor flags the result before.
      if (signal.aborted || (this.streaming && this.flagging)) return end();
      yield event;
    }
  }

  /** Abandon an earlier call; a late one still shows that it runs. @param {(signal: AbortSignal) => Promise<void>} task */
  async work(task) {
    const began = this.late && this.call?.began;
    this.abandon();
    const done = super.work(task);
    if (began && this.call) this.call.began = began;
    await done;
  }

  /** Return whether the inputs have no problem; show only those of changed inputs, and leave the focus. @param {string[]} [required] */
  check(required = []) {
    const wrong = this.inputs.filter((input, index) => {
      const problem = this.problem(input, index, required);
      if (problem && this.changedInputs.has(input)) input.error = problem;
      return problem;
    });
    return wrong.length === 0;
  }

  /** @param {import("./types").PredictResponse & { html?: Record<string, string> }} result @param {string} sent */
  succeed(result, sent) {
    super.succeed(result, sent);
    for (const input of this.inputs) input.error = "";
    this.known = this.values;
  }

  /** @param {unknown[]} values @param {import("./types").Outcome} outcome */
  reset(values, outcome) {
    this.stopTimer();
    this.known = "";
    super.reset(values, outcome);
  }

  /** Mark the Flag buttons, which keep their message while results stream. */
  paint() {
    for (const flag of this.flags) flag.toggleAttribute("data-streaming", this.streaming);
    super.paint();
  }

  /** A string that changes with the inputs, including inputs that are outputs. */
  get values() {
    return stringify(this.inputs.map((input) => input.fingerprint));
  }

  /** A fast answer does not mark the earlier result as outdated. */
  get stale() {
    return super.stale && (this.late || !(this.call || this.timer));
  }

  /** A streaming input always has a call in progress. */
  get late() {
    return super.late && !this.streaming;
  }

  get streaming() {
    return this.inputs.some((input) => /** @type {MiniStream} */ (input).source?.on);
  }

  /** Whether the visitor is about to flag the result, which must not change now. */
  get flagging() {
    return this.flags.some((flag) => flag.querySelector("mini-flag-form:not([hidden]), [role=menu]:not([hidden])"));
  }

  /** Send a camera or microphone, one call at a time. @param {MiniStream} field */
  async stream(field) {
    const { source } = field;
    const { every = 1, limit = null } = this.live ?? {};
    const end = limit === null ? undefined : setTimeout(() => source.on && field.stop(limit), limit * 1000);
    do {
      const next = new Promise((resolve) => setTimeout(resolve, every * 1000));
      if (!this.flagging && !this.call) await this.submit();
      await next;
    } while (source.on || (source.rest && field.source === source));
    clearTimeout(end);
  }

  /** Do not resume a stream after a reload. @param {import("./types").Call} call @param {string} run @param {unknown[]} data */
  began(call, run, data) {
    super.began(call, run, data);
    if (this.streaming) remember(this.name, null);
  }

  /** @param {string} words */
  announce(words) {
    clearTimeout(this.speech);
    if (!this.streaming) this.speech = setTimeout(() => super.announce(words), QUIET);
  }
}

await start(LiveEndpoint, true);

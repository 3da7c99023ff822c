// Endpoints without a Submit button: they run by themselves whenever an input changes, and the latest change wins.
import { cancel, predict, remember, say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").MiniStream} MiniStream */

/** How long to wait for the next key of somebody who types, in ms. */
const TYPING = 300;
/** How often a control that is dragged runs the function at most, in ms. */
const PACE = 100;
/** How long nothing must change before a screen reader is told of the result, in ms. */
const QUIET = 1000;
const TYPED = "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=color], [type=file])";

/** Make the kind of endpoint that is live. @param {typeof import("./demo.js").Endpoint} Endpoint */
export function lively(Endpoint) {
  return class extends Endpoint {
    /** Runs the function once the visitor has stopped typing. @type {ReturnType<typeof setTimeout> | undefined} */
    timer;
    /** Tells a screen reader once nothing changes any longer. @type {ReturnType<typeof setTimeout> | undefined} */
    speech;
    /** The inputs that were acted upon last. */
    known = "";
    /** What the visitor has changed. @type {Set<MiniField>} */
    touched = new Set();
    /** When the function was run last. */
    last = 0;

    /** @param {import("./types").EndpointConfig} endpoint */
    constructor(endpoint) {
      super(endpoint);
      this.ask = this.named;
      document.addEventListener("mini-stream", this);
      if (!this.inputs.length && !remember(this.name)) this.submit();
    }

    /** @param {Event} event */
    handleEvent(event) {
      const { target, type } = event;
      const field = this.inputs.find((input) => input === target);
      if (type === "mini-stream") return field && this.flow(/** @type {MiniStream} */ (field));
      super.handleEvent(event);
      if (field && type !== "mini-submit") this.changed(field, type === "mini-input");
      return undefined;
    }

    /** Run the function soon: at once, unless the visitor may not be done. @param {MiniField} field @param {boolean} going */
    changed(field, going) {
      const { values } = this;
      this.touched.add(field);
      if (this.flowing || (!going && values === this.known && !this.timer)) return;
      this.known = values;
      if (this.outputs.includes(field)) this.abandon();
      const next = Math.max(0, this.last + PACE - performance.now());
      const typing = document.activeElement?.matches(TYPED);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.due(), !going ? 0 : typing ? TYPING : next);
      this.paint();
    }

    /** Run the function now, unless it runs already with just these inputs: a file may be there before it is told of. */
    due() {
      if (this.call?.sent && this.call.sent === this.fingerprint) this.calm();
      else this.submit();
    }

    /** Run the function now, whatever is under way. */
    async submit() {
      this.calm();
      this.last = performance.now();
      if (this.check()) return this.run();
      this.abandon();
      return this.compare();
    }

    calm() {
      clearTimeout(this.timer);
      this.timer = undefined;
    }

    /** A call that is overtaken is ended on the server, too. @param {import("./types").PredictRequest} request @param {AbortSignal} signal */
    async *named(request, signal) {
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
      for await (const event of predict(request, over.signal)) {
        if (event.event === "run") run = event.data.run;
        // Before it was known how it is called, or while the visitor says what is wrong with the result before.
        if (signal.aborted || (this.flowing && this.flagging)) return end();
        yield event;
      }
    }

    /** An earlier call is over; one that took long is seen to go on. @param {(signal: AbortSignal) => Promise<void>} task */
    async work(task) {
      const began = this.late && this.call?.began;
      this.abandon();
      const done = super.work(task);
      if (began && this.call) this.call.began = began;
      await done;
    }

    /** Whether the inputs can be sent; who types is not disturbed, and nothing is said of what nobody has got to yet. */
    check(/** @type {string[]} */ required = []) {
      const wrong = this.inputs.filter((input, index) => {
        const missing = input.value === null && required.includes(this.inputNames[index] ?? "");
        const problem = input.problem || (missing ? say("must_not_be_empty", { label: input.label }) : "");
        if (problem && this.touched.has(input)) input.error = problem;
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

    /** @param {unknown[]} values @param {import("./demo.js").Outcome} outcome */
    reset(values, outcome) {
      this.calm();
      this.known = "";
      super.reset(values, outcome);
    }

    /** Results of a stream do not take away what is said of a flag. */
    paint() {
      for (const flag of this.flags) flag.toggleAttribute("data-flowing", this.flowing);
      super.paint();
    }

    /** What tells the inputs from others, also those that are outputs. */
    get values() {
      return stringify(this.inputs.map((input) => input.fingerprint));
    }

    /** An answer that is there in a moment does not make what is shown look old before. */
    get stale() {
      return super.stale && (this.late || !(this.call || this.timer));
    }

    /** While an input streams, there is always something under way. */
    get late() {
      return super.late && !this.flowing;
    }

    get flowing() {
      return this.inputs.some((input) => /** @type {MiniStream} */ (input).source?.on);
    }

    /** Whether the visitor says what is wrong with what is shown, which is to stay until it is said. */
    get flagging() {
      return this.flags.some((flag) => flag.querySelector("mini-flag-form:not([hidden]), [role=menu]:not([hidden])"));
    }

    /** Send what a camera sees or a microphone hears: as often as the function keeps up with, one at a time. @param {MiniStream} field */
    async flow(field) {
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

    /** A page that is loaded anew does not come back to a stream. @param {import("./demo.js").Work} work @param {string} run @param {unknown[]} data */
    began(work, run, data) {
      super.began(work, run, data);
      if (this.flowing) remember(this.name, null);
    }

    /** @param {string} words */
    announce(words) {
      clearTimeout(this.speech);
      if (!this.flowing) this.speech = setTimeout(() => super.announce(words), QUIET);
    }
  };
}

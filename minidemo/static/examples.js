// The examples below the inputs: a click fills one in, and shows its outputs if the server stores them.
import { endpoints } from "./endpoint.js";
import { parse, refusal, remember, runEvents, say, session, stringify, WireError } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").ExampleResponse} ExampleResponse */

/** A list of examples; the document has one page of it. */
export class MiniExamples extends HTMLElement {
  /** The number of the latest request; other answers are ignored. */
  #request = 0;
  /** The values that no visitor typed: those of a fresh page and of the latest example. */
  #known = [""];

  connectedCallback() {
    this.addEventListener("click", this);
    this.#known = [this.endpoint.fingerprint];
    const { preload } = this.dataset;
    if (preload !== undefined && !remember(this.endpoint.name)) this.choose(Number(preload), { silent: true });
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  get endpoint() {
    return /** @type {import("./endpoint.js").Endpoint} */ (endpoints.find(({ name }) => name === this.dataset.endpoint));
  }

  get address() {
    return `examples/${encodeURIComponent(this.endpoint.name)}`;
  }

  /** Treat a click in a row as one on its button. @param {Event} event */
  handleEvent(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button") ?? target.closest("tr")?.querySelector("button");
    if (!button || button.ariaDisabled === "true") return;
    const { example, page, turn } = button.dataset;
    if (example !== undefined) this.choose(Number(example));
    if (page !== undefined) this.turn(Number(page), turn ?? "");
  }

  /**
   * Fill an example in; a `silent` one, filled in as the page opens, never replaces typed values.
   * @param {number} index
   * @param {{ silent?: boolean }} [how]
   */
  async choose(index, { silent = false } = {}) {
    const { endpoint } = this;
    const before = endpoint.fingerprint;
    await this.ask(async () => {
      const response = await ask(`${this.address}/${index}`);
      const { values, html } = /** @type {ExampleResponse} */ (parse(await response.text()));
      return () => {
        if (silent && endpoint.fingerprint !== before) return;
        this.fill(values, html);
        if (!silent) announce(say("example_filled", { n: index + 1 }));
        if (this.dataset.cached !== undefined) this.show(index);
        else if ((this.dataset.runs !== undefined || endpoint.live) && !silent) endpoint.submit();
      };
    });
  }

  /**
   * Fill inputs in by index; an undo brings the typed values back.
   * @param {Record<string, unknown>} values
   * @param {Record<string, string>} html
   */
  fill(values, html) {
    const { endpoint } = this;
    const before = endpoint.snapshot;
    const typed = !this.#known.includes(endpoint.fingerprint);
    for (const [index, input] of endpoint.inputs.entries()) {
      if (!(index in values)) continue;
      input.receive(values[index], html[index]);
      input.error = "";
    }
    this.#known.splice(1, 1, endpoint.fingerprint);
    this.fireChange(endpoint.inputs.filter((_, index) => index in values));
    if (typed) endpoint.cleared = before;
    endpoint.paint();
  }

  /** Fire one change event for all changed inputs. @param {MiniField[]} inputs */
  fireChange(inputs) {
    const { outputs } = this.endpoint;
    (inputs.find((input) => outputs.includes(input)) ?? inputs[0])?.fire("mini-change");
  }

  /** Show the outputs of an example, which the server stores or computes now. @param {number} index */
  show(index) {
    const { endpoint } = this;
    endpoint.abandon();
    endpoint.work(async (signal) => {
      const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
      const body = stringify({ session });
      const response = await ask(`${this.address}/${index}`, { method: "POST", headers, body, signal });
      await endpoint.listen(runEvents(response), signal, endpoint.inputs.map((input) => input.value));
    });
  }

  /** Show another page, without moving what is below. @param {number} page @param {string} turn */
  async turn(page, turn) {
    await this.ask(async () => {
      const html = await (await ask(`${this.address}?page=${page}`)).text();
      return () => {
        const part = /** @type {HTMLElement} */ (this.querySelector("[data-part]"));
        part.style.minBlockSize = `${part.offsetHeight}px`;
        part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        /** @type {HTMLElement | null} */ (part.querySelector(`[data-turn="${turn}"]`))?.focus();
        announce(part.querySelector("[data-range]")?.textContent ?? "");
      };
    });
  }

  /** Ask the server, and apply the answer unless a newer request was made. @param {() => Promise<() => void>} task */
  async ask(task) {
    const number = ++this.#request;
    const apply = await task().catch((error) => () => this.fail(error));
    if (number === this.#request) apply();
  }

  /** @param {unknown} error */
  fail(error) {
    this.endpoint.fail(error);
    this.endpoint.paint();
  }
}

/** @param {string} url @param {RequestInit} [options] */
async function ask(url, options = {}) {
  const response = await fetch(url, options).catch((error) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new WireError(say("cannot_reach"), { away: true });
  });
  if (!response.ok) throw refusal(response.status, await response.text());
  return response;
}

/** @param {string} message */
function announce(message) {
  /** @type {HTMLElement} */ (document.getElementById("live")).textContent = message;
}

customElements.define("mini-examples", MiniExamples);

// The examples below the inputs: a click fills one in, and shows its outputs where the server keeps them.
import { endpoints } from "./demo.js";
import { parse, refusal, remember, say, session, stringify, told, WireError } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").ExampleResponse} ExampleResponse */

/** A list of examples, of which one page is in the document. */
export class MiniExamples extends HTMLElement {
  /** Counts what was asked for: only the latest answer counts. */
  #asked = 0;
  /** What the inputs hold that no visitor has written: the values of a fresh page, or of the latest example. */
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
    return /** @type {import("./demo.js").Endpoint} */ (endpoints.find(({ name }) => name === this.dataset.endpoint));
  }

  get address() {
    return `examples/${encodeURIComponent(this.endpoint.name)}`;
  }

  /** A click anywhere in a row is one on its button. @param {Event} event */
  handleEvent(event) {
    const here = /** @type {Element} */ (event.target);
    const button = here.closest("button") ?? here.closest("tr")?.querySelector("button");
    if (!button || button.ariaDisabled === "true") return;
    const { example, page, turn } = button.dataset;
    if (example !== undefined) this.choose(Number(example));
    if (page !== undefined) this.turn(Number(page), turn ?? "");
  }

  /**
   * Fill an example in; one that is filled in as the page opens does not take the place of what was typed meanwhile.
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
   * Fill some of the inputs in, by their place; what a visitor has written there can be brought back.
   * @param {Record<string, unknown>} values
   * @param {Record<string, string>} html
   */
  fill(values, html) {
    const { endpoint } = this;
    const before = endpoint.snapshot;
    const own = !this.#known.includes(endpoint.fingerprint);
    for (const [index, input] of endpoint.inputs.entries()) {
      if (!(index in values)) continue;
      input.receive(values[index], html[index]);
      input.error = "";
    }
    this.#known.splice(1, 1, endpoint.fingerprint);
    this.tell(endpoint.inputs.filter((_, index) => index in values));
    if (own) endpoint.cleared = before;
    endpoint.paint();
  }

  /** Let the page know of the change, as of any other: once, whatever was filled in. @param {MiniField[]} filled */
  tell(filled) {
    const { outputs } = this.endpoint;
    (filled.find((input) => outputs.includes(input)) ?? filled[0])?.fire("mini-change");
  }

  /** Show what the server keeps of an example, or makes of it now. @param {number} index */
  show(index) {
    const { endpoint } = this;
    endpoint.abandon();
    endpoint.work(async (signal) => {
      const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
      const body = stringify({ session });
      const response = await ask(`${this.address}/${index}`, { method: "POST", headers, body, signal });
      await endpoint.listen(told(response, signal), signal, endpoint.inputs.map((input) => input.value));
    });
  }

  /** Show another page; nothing below it moves. @param {number} page @param {string} turn */
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

  /** Ask the server, and do what comes of it unless something else was asked for since. @param {() => Promise<() => void>} task */
  async ask(task) {
    const number = ++this.#asked;
    const done = await task().catch((error) => () => this.fail(error));
    if (number === this.#asked) done();
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

/** @param {string} words */
function announce(words) {
  /** @type {HTMLElement} */ (document.getElementById("live")).textContent = words;
}

customElements.define("mini-examples", MiniExamples);

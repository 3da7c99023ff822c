// Links to results: the button that copies one, and the page that opens one.
import { endpoints, reconnecting } from "./endpoint.js";
import { parse, refusal, remember, runEvents, say, session, stringify, WireError } from "./wire.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */
/** @typedef {import("./types").LinkEvent} LinkEvent */
/** @typedef {AsyncGenerator<{ event: string, data: any }>} Events */

const PARAMETER = "deep_link";

/** The call of the link in the page's address. @type {import("./types").Call | null} */
let linkedCall = null;

/** A button that copies a link to the result of an endpoint, or to a call in progress. */
export class MiniLink extends HTMLElement {
  #run = "";
  #enabled = false;

  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  get endpoint() {
    return /** @type {Endpoint} */ (endpoints.find(({ name }) => name === this.dataset.endpoint));
  }

  /** Note the run that is shown, as the Flag button does. @param {{ run: string | null }} outcome */
  show({ run }) {
    const { call } = this.endpoint;
    const current = call?.run || run || "";
    if (linkedCall && call && call !== linkedCall) dropParameter();
    const enabled = current !== "" || (linkedCall !== null && call === linkedCall);
    if (current === this.#run && enabled === this.#enabled) return;
    this.#run = current;
    this.#enabled = enabled;
    this.tell("");
    /** @type {HTMLElement} */ (this.querySelector("button")).ariaDisabled = String(!enabled);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (!(event.target instanceof Element && event.target.closest("button"))) return;
    if (this.#enabled) this.copy().catch((error) => this.tell(String(error.message)));
    else this.tell(say("link_first"));
  }

  /** Return the address of the run; a call of another visitor has the address of this page. */
  async address() {
    const url = new URL(location.href);
    if (!this.#run) return url.href;
    const { link } = parse(await (await post("links", { run: this.#run })).text());
    url.search = String(new URLSearchParams({ [PARAMETER]: link }));
    url.hash = this.closest("[role=tabpanel]")?.id ?? "";
    return url.href;
  }

  /** Copy the address; without https there is no clipboard, and the visitor copies it by hand. */
  async copy() {
    const address = await this.address();
    const success = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    this.tell(say(success ? "link_copied" : "link_by_hand"), success ? "" : address);
  }

  /** @param {string} message @param {string} [address] */
  tell(message, address = "") {
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    const status = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    status.textContent = message;
    field.hidden = !address;
    field.value = address;
    if (address) field.select();
  }
}

/** Show the result of a link. @param {string} link */
async function open(link) {
  const stop = new AbortController();
  const events = runEvents(await post(`links/${encodeURIComponent(link)}`, { session }, stop.signal));
  /** @type {LinkEvent} */
  const call = (await events.next()).value.data;
  const endpoint = /** @type {Endpoint} */ (endpoints.find(({ name }) => name === call.endpoint));
  endpoint.abandon();
  fill(endpoint, call);
  const data = endpoint.inputs.map((input) => input.value);
  endpoint.work((signal) => {
    linkedCall = endpoint.call;
    signal.addEventListener("abort", () => stop.abort());
    return endpoint.listen(without(reconnecting(events, signal), endpoint, call.own), signal, data);
  });
}

/** @param {string} url @param {unknown} body @param {AbortSignal} [signal] */
async function post(url, body, signal) {
  const headers = { "Content-Type": "application/json" };
  const options = { method: "POST", headers, body: stringify(body), ...(signal && { signal }) };
  const response = await fetch(url, options).catch(() => {
    throw new WireError(say("cannot_reach"), { away: true });
  });
  if (!response.ok) throw refusal(response.status, await response.text());
  return response;
}

/** @param {Endpoint} endpoint @param {LinkEvent} link */
function fill({ inputs }, { values, html }) {
  for (const [place, value] of Object.entries(values)) inputs[Number(place)]?.receive(value, html[place]);
}

/** Keep the values of the outputs that belong to this visitor alone. @param {Events} events @param {Endpoint} endpoint @param {number[]} own */
async function* without(events, { outputs }, own) {
  for await (const { event, data } of events) {
    if (event === "result") for (const place of own) data.data[place] = outputs[place]?.value;
    yield { event, data };
  }
}

/** Remove the link from the address: a new call replaces its result. */
function dropParameter() {
  const url = new URL(location.href);
  url.searchParams.delete(PARAMETER);
  history.replaceState(history.state, "", url);
  linkedCall = null;
}

/** Show an error below the visible outputs. @param {unknown} error */
function fail(error) {
  /** @type {NodeListOf<MiniLink>} */
  const links = document.querySelectorAll("mini-link");
  const linked = [...links].map((link) => link.endpoint);
  const endpoint = linked.find(({ visible }) => visible) ?? linked[0];
  endpoint?.fail(error);
  endpoint?.paint();
}

customElements.define("mini-link", MiniLink);

const link = new URLSearchParams(location.search).get(PARAMETER);
// A page that resumes its own call shows that one.
if (link && !endpoints.some(({ name }) => remember(name))) open(link).catch(fail);

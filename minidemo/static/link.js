// Links to results: the button that copies one, and the page that one was opened in.
import { endpoints } from "./demo.js";
import { parse, refusal, remember, say, session, stringify, told, WireError } from "./wire.js";

/** @typedef {import("./demo.js").Endpoint} Endpoint */
/** @typedef {import("./types").LinkEvent} LinkEvent */
/** @typedef {AsyncGenerator<{ event: string, data: any }>} Events */

const ASKED = "deep_link";

/** The call that the page's own address leads to. @type {import("./types").Work | null} */
let opened = null;

/** Copies a link to what is seen of an endpoint, if there is a result, or a call under way. */
export class MiniLink extends HTMLElement {
  #run = "";
  #shown = false;

  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  get endpoint() {
    return /** @type {Endpoint} */ (endpoints.find(({ name }) => name === this.dataset.endpoint));
  }

  /** Take note of the run that is shown, as the Flag button does. @param {{ run: string | null }} outcome */
  show({ run }) {
    const { call } = this.endpoint;
    const here = call?.run || run || "";
    if (opened && call && call !== opened) leave();
    const shown = here !== "" || (opened !== null && call === opened);
    if (here === this.#run && shown === this.#shown) return;
    this.#run = here;
    this.#shown = shown;
    this.tell("");
    /** @type {HTMLElement} */ (this.querySelector("button")).ariaDisabled = String(!shown);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (!(event.target instanceof Element && event.target.closest("button"))) return;
    if (this.#shown) this.copy().catch((error) => this.tell(String(error.message)));
    else this.tell(say("link_first"));
  }

  /** Where the run is shown: on this page, and in the tab that holds it. A call that is only followed is shown here. */
  async address() {
    const url = new URL(location.href);
    if (!this.#run) return url.href;
    const { link } = parse(await (await post("links", { run: this.#run })).text());
    url.search = String(new URLSearchParams({ [ASKED]: link }));
    url.hash = this.closest("[role=tabpanel]")?.id ?? "";
    return url.href;
  }

  /** Without https there is no clipboard: the visitor copies it by hand. */
  async copy() {
    const address = await this.address();
    const copied = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    this.tell(say(copied ? "link_copied" : "link_by_hand"), copied ? "" : address);
  }

  /** @param {string} words @param {string} [address] */
  tell(words, address = "") {
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    const place = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    place.textContent = words;
    field.hidden = !address;
    field.value = address;
    if (address) field.select();
  }
}

/** Show what a link leads to. @param {string} link */
async function open(link) {
  const stop = new AbortController();
  const events = told(await post(`links/${encodeURIComponent(link)}`, { session }, stop.signal), stop.signal);
  /** @type {LinkEvent} */
  const call = (await events.next()).value.data;
  const endpoint = /** @type {Endpoint} */ (endpoints.find(({ name }) => name === call.endpoint));
  endpoint.abandon();
  fill(endpoint, call);
  const data = endpoint.inputs.map((input) => input.value);
  endpoint.work((signal) => {
    opened = endpoint.call;
    signal.addEventListener("abort", () => stop.abort());
    return endpoint.listen(without(events, endpoint, call.own), signal, data);
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

/** Leave those outputs as they are that nobody else has a say in. @param {Events} events @param {Endpoint} endpoint @param {number[]} own */
async function* without(events, { outputs }, own) {
  for await (const { event, data } of events) {
    if (event === "result") for (const place of own) data.data[place] = outputs[place]?.value;
    yield { event, data };
  }
}

/** The address names what is seen: no longer so, when the visitor submits anew. */
function leave() {
  const url = new URL(location.href);
  url.searchParams.delete(ASKED);
  history.replaceState(history.state, "", url);
  opened = null;
}

/** Say below the outputs that are seen why there is nothing in them. @param {unknown} error */
function fail(error) {
  /** @type {NodeListOf<MiniLink>} */
  const links = document.querySelectorAll("mini-link");
  const linked = [...links].map((link) => link.endpoint);
  const endpoint = linked.find(({ seen }) => seen) ?? linked[0];
  endpoint?.fail(error);
  endpoint?.paint();
}

customElements.define("mini-link", MiniLink);

const asked = new URLSearchParams(location.search).get(ASKED);
// A page that comes back to a call of its own shows that.
if (asked && !endpoints.some(({ name }) => remember(name))) open(asked).catch(fail);

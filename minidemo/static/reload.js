// A page that is being written: takes in what its script has become, and keeps what was typed. No other page loads this.
import { config, parse, say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {{ fields: Record<string, { tag: string, value: unknown }>, focus: string }} Kept */

/** How often to ask, in ms; a page that nobody sees does not. */
const PAUSE = 500;
const KEPT = "minidemo-typed";

/** The inputs of the page by what names them, whatever else of it may change. @returns {[string, MiniField][]} */
function inputs() {
  const named = config.endpoints.flatMap((endpoint) =>
    endpoint.inputs.map(({ id, name }) => /** @type {[string, MiniField | null]} */ ([`${endpoint.name}/${name}`, /** @type {any} */ (document.getElementById(id))])),
  );
  return /** @type {[string, MiniField][]} */ (named.filter(([, field]) => field));
}

/** Keep what differs from a fresh page, and load the page anew. */
function renew() {
  const typed = inputs().filter(([, field]) => stringify(field.value) !== stringify(field.initial));
  const fields = Object.fromEntries(typed.map(([name, field]) => [name, { tag: field.localName, value: field.value }]));
  sessionStorage.setItem(KEPT, stringify({ fields, focus: document.activeElement?.id ?? "" }));
  location.reload();
}

/** Put in what was kept, where there is still a field of the same kind for it. */
function restore() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!text) return;
  const { fields, focus } = /** @type {Kept} */ (parse(text));
  for (const [name, field] of inputs()) {
    const kept = fields[name];
    if (kept?.tag === field.localName) field.value = kept.value;
  }
  document.getElementById(focus)?.focus();
}

/** Say what is wrong with the script, or nothing. @param {string | null} error */
function tell(error) {
  const place = document.querySelector(".script-error");
  if (place?.lastElementChild?.textContent === error) return;
  place?.remove();
  if (!error) return;
  const box = document.createElement("aside");
  box.className = "script-error";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = say("script_wrong");
  const trace = document.createElement("pre");
  trace.tabIndex = 0;
  trace.textContent = error;
  box.append(words, trace);
  document.body.append(box);
}

/** Whether a function runs for this page: what comes of it is waited for. */
function busy() {
  return document.querySelector('[data-action="submit"][aria-busy="true"]') !== null;
}

async function watch() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (document.hidden) continue;
    const answer = await fetch("changes", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) continue;
    /** @type {import("./types").ChangesResponse} */
    const { version, error } = await answer.json();
    tell(error);
    if (version !== config.version && !busy()) return renew();
  }
}

restore();
watch();

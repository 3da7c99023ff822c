// Reloading during development: shows the changed script, and keeps the typed values. Only such pages load this.
import { config, parse, say, stringify } from "./wire.js";

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {{ fields: Record<string, { tag: string, value: unknown }>, focus: string }} SavedInputs */

/** Milliseconds between two checks; hidden pages make none. */
const PAUSE = 500;
const STORAGE_KEY = "minidemo-typed";

/** Return the inputs of the page by endpoint and name. @returns {[string, MiniField][]} */
function inputs() {
  const named = config.endpoints.flatMap((endpoint) =>
    endpoint.inputs.map(({ id, name }) => /** @type {[string, MiniField | null]} */ ([`${endpoint.name}/${name}`, /** @type {any} */ (document.getElementById(id))])),
  );
  return /** @type {[string, MiniField][]} */ (named.filter(([, field]) => field));
}

/** Store the changed inputs, and reload the page. */
function renew() {
  const changed = inputs().filter(([, field]) => stringify(field.value) !== stringify(field.initial));
  const fields = Object.fromEntries(changed.map(([name, field]) => [name, { tag: field.localName, value: field.value }]));
  sessionStorage.setItem(STORAGE_KEY, stringify({ fields, focus: document.activeElement?.id ?? "" }));
  location.reload();
}

/** Restore the stored inputs that still exist with the same kind. */
function restore() {
  const text = sessionStorage.getItem(STORAGE_KEY);
  sessionStorage.removeItem(STORAGE_KEY);
  if (!text) return;
  const { fields, focus } = /** @type {SavedInputs} */ (parse(text));
  for (const [name, field] of inputs()) {
    const saved = fields[name];
    if (saved?.tag === field.localName) field.value = saved.value;
  }
  document.getElementById(focus)?.focus();
}

/** Show the error of the script, or hide it. @param {string | null} error */
function tell(error) {
  const old = document.querySelector(".script-error");
  if (old?.lastElementChild?.textContent === error) return;
  old?.remove();
  if (!error) return;
  const box = document.createElement("aside");
  box.className = "script-error";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = say("script_wrong");
  const trace = document.createElement("pre");
  trace.tabIndex = 0;
  trace.textContent = error;
  box.append(text, trace);
  document.body.append(box);
}

/** Tell whether a function runs, whose result the reload awaits. */
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

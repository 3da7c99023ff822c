// What is seen of a function that goes on: its results as they come, its progress, and what it says.
import { say } from "./wire.js";

const styles = document.createElement("link");
styles.rel = "stylesheet";
styles.href = new URL("./running.css", import.meta.url).href;
document.head.append(styles);

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").PartialEvent} PartialEvent */
/** @typedef {import("./types").ProgressEvent} ProgressEvent */
/** @typedef {import("./types").LogEvent} LogEvent */
/** @typedef {{ outputs: MiniField[], alive: () => boolean, tell: (words: string) => void }} Shown */

/** What has come for each output, and what of it is not painted yet. */
export class Running {
  /** @type {unknown[]} */
  #values;
  /** @type {Map<number, string | undefined>} */
  #fresh = new Map();
  #bar = document.createElement("progress");

  /** @param {Shown} shown */
  constructor(shown) {
    this.shown = shown;
    this.#values = shown.outputs.map(() => null);
  }

  /** Take an event; whether it brought results. @param {string} event @param {any} told */
  take(event, told) {
    if (event === "queued") this.shown.tell(waiting(told));
    if (event === "log") toast(told);
    if (event === "progress") this.progress(told);
    if (event === "partial") this.partial(told);
    return event === "partial";
  }

  /** Paint at the page's own pace, however many results come. @param {PartialEvent} told */
  partial({ changes, html }) {
    if (this.#fresh.size === 0) requestAnimationFrame(() => this.paint());
    changes.forEach((made, index) => {
      for (const change of made) this.#values[index] = changed(this.#values[index], change);
      if (made.length) this.#fresh.set(index, html[index]);
    });
  }

  paint() {
    const fresh = this.#fresh;
    this.#fresh = new Map();
    if (!this.shown.alive()) return;
    for (const [index, html] of fresh) this.shown.outputs[index]?.receive(this.#values[index], html);
  }

  /** @param {ProgressEvent} told */
  progress({ steps }) {
    const inner = steps.at(-1);
    const shares = steps.map(({ done, total, share }) => share ?? (total ? (done ?? 0) / total : null));
    const share = shares.reduceRight(
      (within, own, index) => (own === null ? within : own + (within ?? 0) / (steps[index]?.total ?? Infinity)),
      /** @type {number | null} */ (null),
    );
    if (!inner) return;
    const { done, total, unit, text } = inner;
    const count = done === null ? "" : `${done}${total === null ? "" : `/${total}`} ${unit}`;
    const percent = share === null || (done !== null && steps.length === 1) ? "" : `${Math.round(share * 100)} %`;
    this.shown.tell([text, count, percent].filter(Boolean).join(", "));
    if (share === null) this.#bar.removeAttribute("value");
    else this.#bar.value = Math.min(share, 1);
    this.#bar.setAttribute("aria-label", text ?? say("running"));
    if (!this.#bar.isConnected) this.shown.outputs[0]?.querySelector(":scope > .note > .state")?.before(this.#bar);
  }

  /** Take away what is of use only while the function runs. */
  end() {
    this.#bar.remove();
  }
}

/**
 * Make a change to a value, which is copied where it changes, so that what was handed on stays as it is.
 * @param {any} value
 * @param {[string, (string | number)[], unknown]} change
 * @returns {unknown}
 */
export function changed(value, [what, path, told]) {
  const [key, ...rest] = path;
  if (key === undefined) return what === "append" ? value + told : told;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length) copy[key] = changed(copy[key], [what, rest, told]);
  else if (what === "delete" && Array.isArray(copy)) copy.splice(Number(key), 1);
  else if (what === "delete") delete copy[key];
  else if (what === "add" && Array.isArray(copy)) copy.splice(Number(key), 0, told);
  else copy[key] = what === "append" ? copy[key] + told : told;
  return copy;
}

/** @param {import("./types").QueuedEvent} place */
function waiting({ position, eta }) {
  if (!position) return say("queued_next");
  return eta === null ? say("queued", { position }) : say("queued_eta", { position, eta: Math.ceil(eta) });
}

/** Show a message of the function's at the edge of the page; it never takes the focus. @param {LogEvent} told */
function toast({ level, message, title, duration }) {
  const place = document.getElementById("messages") ?? document.body.appendChild(messages());
  const box = document.createElement("div");
  box.className = "message-box";
  box.dataset.level = level;
  const words = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  words.append(strong, " ", message);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet";
  close.textContent = say("close");
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  place.append(box);
  if (duration !== null) setTimeout(() => box.remove(), duration * 1000);
}

function messages() {
  const place = document.createElement("div");
  place.id = "messages";
  place.setAttribute("role", "log");
  place.setAttribute("aria-live", "polite");
  return place;
}

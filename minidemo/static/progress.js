// The progress of a call: partial results, the progress bar, and the messages of the function.
import { percentage, say } from "./wire.js";

const styles = document.createElement("link");
styles.rel = "stylesheet";
styles.href = new URL("./progress.css", import.meta.url).href;
document.head.append(styles);

/** @typedef {import("./fields.js").MiniField} MiniField */
/** @typedef {import("./types").PartialEvent} PartialEvent */
/** @typedef {import("./types").ProgressEvent} ProgressEvent */
/** @typedef {import("./types").LogEvent} LogEvent */
/** @typedef {{ outputs: MiniField[], isCurrent: () => boolean, setNote: (note: string) => void }} ProgressOptions */

/** The partial values of each output, and which of them are to be painted. */
export class Progress {
  /** @type {unknown[]} */
  #values;
  /** @type {Map<number, string | undefined>} */
  #unpainted = new Map();
  #bar = document.createElement("progress");

  /** @param {ProgressOptions} options */
  constructor(options) {
    this.options = options;
    this.#values = options.outputs.map(() => null);
  }

  /** Show an event, and return whether it has results. @param {string} event @param {any} data */
  handle(event, data) {
    if (event === "queued") this.options.setNote(queueNote(data));
    if (event === "log") showMessage(data);
    if (event === "progress") this.showSteps(data);
    if (event === "partial") this.update(data);
    return event === "partial";
  }

  /** Change the values, and paint them with the next frame. @param {PartialEvent} data */
  update({ changes, html }) {
    if (this.#unpainted.size === 0) requestAnimationFrame(() => this.paint());
    changes.forEach((own, index) => {
      for (const change of own) this.#values[index] = applyChange(this.#values[index], change);
      if (own.length) this.#unpainted.set(index, html[index]);
    });
  }

  paint() {
    const unpainted = this.#unpainted;
    this.#unpainted = new Map();
    if (!this.options.isCurrent()) return;
    for (const [index, html] of unpainted) this.options.outputs[index]?.receive(this.#values[index], html);
  }

  /** @param {ProgressEvent} data */
  showSteps({ steps }) {
    const inner = steps.at(-1);
    if (!inner) return;
    const { done, total, unit, text } = inner;
    const share = totalShare(steps);
    const count = done === null ? "" : `${done}${total === null ? "" : `/${total}`} ${unit}`;
    const percent = share === null || (done !== null && steps.length === 1) ? "" : percentage(share);
    this.options.setNote([text, count, percent].filter(Boolean).join(", "));
    this.showBar(share, text ?? say("running"));
  }

  /** @param {number | null} share @param {string} label */
  showBar(share, label) {
    if (share === null) this.#bar.removeAttribute("value");
    else this.#bar.value = Math.min(share, 1);
    this.#bar.setAttribute("aria-label", label);
    if (!this.#bar.isConnected) this.options.outputs[0]?.querySelector(":scope > .note > .state")?.before(this.#bar);
  }

  /** Remove the progress bar. */
  end() {
    this.#bar.remove();
  }
}

/** Return the share of nested steps that is done, from 0 to 1. @param {ProgressEvent["steps"]} steps */
function totalShare(steps) {
  const shares = steps.map(({ done, total, share }) => share ?? (total ? (done ?? 0) / total : null));
  return shares.reduceRight(
    (within, own, index) => (own === null ? within : own + (within ?? 0) / (steps[index]?.total ?? Infinity)),
    /** @type {number | null} */ (null),
  );
}

/**
 * Apply a change to a copy of a value: earlier readers keep the old one.
 * @param {any} value
 * @param {[string, (string | number)[], unknown]} change
 * @returns {unknown}
 */
export function applyChange(value, [operation, path, operand]) {
  const [key, ...rest] = path;
  if (key === undefined) return operation === "append" ? value + operand : operand;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length) copy[key] = applyChange(copy[key], [operation, rest, operand]);
  else if (operation === "delete" && Array.isArray(copy)) copy.splice(Number(key), 1);
  else if (operation === "delete") delete copy[key];
  else if (operation === "add" && Array.isArray(copy)) copy.splice(Number(key), 0, operand);
  else copy[key] = operation === "append" ? copy[key] + operand : operand;
  return copy;
}

/** @param {import("./types").QueuedEvent} data */
function queueNote({ position, eta }) {
  if (!position) return say("queued_next");
  return eta === null ? say("queued", { position }) : say("queued_eta", { position, eta: Math.ceil(eta) });
}

/** Show a message of the function at the edge of the page; it never takes the focus. @param {LogEvent} data */
function showMessage({ level, message, title, duration }) {
  const messages = document.getElementById("messages") ?? document.body.appendChild(messageList());
  const box = document.createElement("div");
  box.className = "message-box";
  box.dataset.level = level;
  const text = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  text.append(strong, " ", message);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet";
  close.textContent = say("close");
  close.addEventListener("click", () => box.remove());
  box.append(text, close);
  messages.append(box);
  if (duration !== null) setTimeout(() => box.remove(), duration * 1000);
}

function messageList() {
  const list = document.createElement("div");
  list.id = "messages";
  list.setAttribute("role", "log");
  list.setAttribute("aria-live", "polite");
  return list;
}

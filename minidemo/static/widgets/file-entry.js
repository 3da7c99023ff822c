// One file of a list: its row, and its upload.
import { say } from "../wire.js";
import { address, megabytes, upload } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {import("../wire.js").WireError} WireError */

/** The number of parallel uploads: browsers have few connections to a server, and the page needs one. */
const AT_ONCE = 3;
let free = AT_ONCE;
/** @type {(() => void)[]} */
const waiting = [];

/** A row of a list of files. `changed` is called once a file was sent, or could not be. */
export class Entry {
  /** The file on the server. @type {FileData | null} */
  value = null;
  /** The chosen file. @type {File | null} */
  file = null;
  /** Why it was not sent. */
  failure = "";
  /** Whether that is for want of a server, so that another try may succeed. */
  away = false;
  /** Rejects where the server is away. @type {Promise<void>} */
  sent = Promise.resolve();
  /** @type {AbortController | null} */
  #sending = null;
  #changed = () => {};
  #bar;
  #reason;
  #retry;

  /** @param {File | FileData} thing @param {{ edits: boolean, moves: boolean, changed?: () => void }} options */
  constructor(thing, { edits, moves, changed = () => {} }) {
    if (thing instanceof File) this.file = thing;
    else this.value = thing;
    this.#changed = changed;
    this.element = make("li", "file");
    const tools = make("span", "file-tools");
    this.#bar = Object.assign(make("progress", ""), { max: 100, value: 0, hidden: true });
    this.#bar.setAttribute("aria-label", `${say("upload")} ${this.name}`);
    this.#reason = make("span", "file-error");
    this.#reason.setAttribute("role", "alert");
    this.#retry = button("retry", say("retry"), `${say("retry")} ${this.name}`);
    this.#retry.hidden = true;
    this.element.append(this.#title(edits), make("span", "file-size", size(this.bytes)));
    if (!edits) return;
    tools.append(this.#retry);
    if (moves) tools.append(button("up", "↑", say("move_up", { name: this.name })));
    if (moves) tools.append(button("down", "↓", say("move_down", { name: this.name })));
    tools.append(button("remove", "×", say("remove_choice", { label: this.name })));
    this.element.append(tools, this.#reason, this.#bar);
  }

  /** The name of the file, with its folders. */
  get name() {
    return this.file ? this.file.webkitRelativePath || this.file.name : (this.value?.orig_name ?? "");
  }

  /** @returns {number | null} */
  get bytes() {
    return this.file?.size ?? this.value?.size ?? null;
  }

  get sending() {
    return this.#sending !== null;
  }

  /** Send the file, once it is its turn. */
  send() {
    this.abort();
    this.value = null;
    this.fail("");
    this.#sending = new AbortController();
    this.sent = this.#send(this.#sending.signal);
    this.sent.catch(() => {});
  }

  abort() {
    this.#sending?.abort();
    this.#sending = null;
  }

  /** Say why the file is not sent; without a reason, that nothing is wrong. @param {string} reason @param {{ again?: boolean }} [more] */
  fail(reason, { again = false } = {}) {
    this.failure = reason;
    this.away = false;
    this.#reason.textContent = reason;
    this.#retry.hidden = !again;
  }

  /** @param {AbortSignal} signal */
  async #send(signal) {
    this.#progress(0);
    await turn();
    try {
      if (signal.aborted) return;
      const stored = await upload(/** @type {File} */ (this.file), (percent) => this.#progress(percent), signal);
      if (!signal.aborted) this.value = stored;
    } catch (error) {
      if (signal.aborted) return;
      const { message, away, status } = /** @type {WireError} */ (error);
      this.fail(message, { again: status !== 413 });
      this.away = away;
      if (away) throw error;
    } finally {
      done();
      if (!signal.aborted) this.#settle();
    }
  }

  #settle() {
    this.#sending = null;
    this.#bar.hidden = true;
    this.#changed();
  }

  /** @param {number} percent */
  #progress(percent) {
    this.#bar.hidden = false;
    this.#bar.value = percent;
  }

  /** The name; where there is nothing to edit, as a link to the file. @param {boolean} edits */
  #title(edits) {
    if (edits || !this.value) return make("span", "file-name", this.name);
    const link = make("a", "file-name", this.name);
    link.href = address(this.value.path);
    link.download = this.name;
    return link;
  }
}

/** Resolve when one more file may be sent. @returns {Promise<void>} */
async function turn() {
  if (free > 0) free -= 1;
  else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
}

/** Let the next file have its turn. */
function done() {
  const next = waiting.shift();
  if (next) next();
  else free += 1;
}

/** @param {number | null} bytes */
function size(bytes) {
  if (bytes === null) return "";
  return bytes < 1024 ? `${bytes} B` : megabytes(bytes);
}

/** @param {string} action @param {string} text @param {string} name */
function button(action, text, name) {
  const element = make("button", "button quiet", text);
  element.type = "button";
  element.dataset.do = action;
  element.setAttribute("aria-label", name);
  return element;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} name @param {string} [text] */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

// The base of fields of one file: a chosen, dropped or pasted file is shown at once and sent to the server.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { address, upload } from "./upload.js";

export { address };

/** @typedef {import("../types").FileData} FileData */
/** @typedef {import("../wire.js").WireError} WireError */

const DRAGS = ["dragenter", "dragleave", "drop"];

/**
 * A field of one file around a `.stage`, with a `<progress>` where a file can be chosen. A subclass has `refusal` of
 * files, `draw` to show one, and `act` for its own buttons.
 */
export class FileField extends MiniField {
  /** @type {FileData | null} */
  #value = null;
  /** @type {AbortController | null} */
  #sending = null;
  /** @type {Promise<void>} */
  #sent = Promise.resolve();
  #problem = "";
  #source = "";
  /** The chosen file, to send again if the server restarts. @type {File | null} */
  #file = null;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {FileData | null} */ (this.initial);
    document.addEventListener("paste", this);
    for (const type of DRAGS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("paste", this);
    for (const type of DRAGS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const action = event.type === "click" && target instanceof Element && target.closest("[data-do]");
    if (action) this.act(/** @type {HTMLElement} */ (action).dataset.do ?? "");
    else if (event.type === "change") this.changed(/** @type {HTMLInputElement} */ (target));
    else if (event instanceof ClipboardEvent) this.pasted(event);
    else if (event instanceof DragEvent) this.dragged(event);
  }

  /** Do what a button says. @param {string} action */
  act(action) {
    if (action === "remove") this.empty();
  }

  /** Why a file is not taken, or nothing. @param {File} _file */
  refusal(_file) {
    return "";
  }

  /** Show the file that is to be had under an address, or none. @param {string} _source */
  draw(_source) {}

  /** Make of a file what the server wants. @param {File} file @returns {Promise<File>} */
  async prepare(file) {
    return file;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#sending?.abort();
    this.#sending = null;
    this.#value = value;
    this.#file = null;
    this.#problem = "";
    this.present(value ? address(value.meta.preview ?? value.path) : "", value ? address(value.path) : "");
  }

  /** The chosen file, until it is removed. */
  get file() {
    return this.#file;
  }

  get problem() {
    return this.#problem;
  }

  /** Rejects if the server is away; then the file is sent again. */
  get ready() {
    if (this.#file && !this.#value && !this.#sending) this.take(this.#file);
    return this.#sent;
  }

  get summary() {
    return this.label;
  }

  empty() {
    this.value = null;
    this.fire("mini-change");
    this.controls[0]?.focus();
  }

  /** Take the chosen file, and the focus of the control. @param {HTMLInputElement} control */
  changed(control) {
    const focused = control === document.activeElement;
    this.choose(control.files?.[0]);
    if (focused) this.focus();
  }

  /** @param {File | null | undefined} file */
  choose(file) {
    if (!file) return;
    this.value = null;
    const refusal = this.refusal(file);
    if (refusal) return this.refuse(refusal);
    this.take(file);
    this.fire("mini-input");
  }

  /** Show a file of the visitor's at once, and send it. @param {File} file */
  take(file) {
    this.#sending = new AbortController();
    this.#file = file;
    this.present(URL.createObjectURL(file));
    this.#sent = this.send(file, this.#sending.signal);
    this.#sent.catch(() => {});
  }

  renew() {
    const file = this.#file;
    if (!file) return;
    this.value = null;
    this.take(file);
  }

  /** @param {File} file @param {AbortSignal} signal */
  async send(file, signal) {
    this.progress(0);
    try {
      const prepared = await this.prepare(file);
      signal.throwIfAborted();
      const stored = await upload(prepared, (percent) => this.progress(percent), signal);
      if (signal.aborted) return;
      this.#value = stored;
      this.stored();
      this.tell(say(this.opened ? "picture_loaded" : "picture_unopened", { name: file.name }));
      this.fire("mini-change");
    } catch (error) {
      if (signal.aborted) return;
      const { message, away } = /** @type {WireError} */ (error);
      if (!away) return this.refuse(message);
      this.tell("");
      this.error = message;
      throw error;
    } finally {
      if (!signal.aborted) this.settle();
    }
  }

  /** Whether the browser opens the file. */
  get opened() {
    return true;
  }

  stored() {}

  settle() {
    this.#sending = null;
    this.inner("progress").hidden = true;
  }

  /** @param {string} message */
  refuse(message) {
    this.value = null;
    this.fire("mini-change");
    this.#problem = message;
    this.error = message;
  }

  /** @param {number} percent */
  progress(percent) {
    Object.assign(this.inner("progress"), { hidden: false, value: percent });
    this.tell(say("uploading"));
  }

  /** @param {string} source @param {string} [link] where the file itself is, once it is on the server */
  present(source, link = "") {
    if (this.#source.startsWith("blob:")) URL.revokeObjectURL(this.#source);
    this.#source = source;
    this.draw(source);
    this.inner(".stage").toggleAttribute("data-full", Boolean(source));
    this.inner("progress")?.toggleAttribute("hidden", true);
    this.tell("");
    if (this.control instanceof HTMLInputElement) this.control.value = "";
    for (const button of this.all("[data-do=remove]")) button.hidden = !source;
    for (const anchor of this.all("[data-link]")) {
      anchor.hidden = !link;
      link ? anchor.setAttribute("href", link) : anchor.removeAttribute("href");
    }
  }

  /** Take files dropped beside the file input. @param {DragEvent} event */
  dragged(event) {
    const inside = event.type === "dragleave" && this.contains(/** @type {Node | null} */ (event.relatedTarget));
    this.inner(".stage").toggleAttribute("data-drag", event.type === "dragenter" || inside);
    if (event.type !== "drop" || event.target instanceof HTMLInputElement || !this.inner("[type=file]")) return;
    event.preventDefault();
    this.choose(event.dataTransfer?.files[0]);
  }

  /** Take a pasted file: where the focus is, or else the first field of its kind. @param {ClipboardEvent} event */
  pasted(event) {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => !this.refusal(one));
    const first = document.querySelector(`${this.localName}[data-paste]`);
    const mine = this.contains(document.activeElement) || first === this;
    if (!file || !mine || this.dataset.paste === undefined || event.defaultPrevented) return;
    event.preventDefault();
    this.choose(file);
  }

  /** @param {string} words */
  tell(words) {
    const place = this.inner(".state");
    if (place.textContent !== words) place.textContent = words;
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  all(selector) {
    return [...this.querySelectorAll(/** @type {"a"} */ (selector))];
  }
}

// A picture: chosen, dropped, pasted or taken with the camera; or the one that came out.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { upload } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {import("../wire.js").WireError} WireError */

const DRAGS = ["dragenter", "dragleave", "drop"];

/** Where a stored file is to be had. @param {string} path */
const address = (path) => `file/${path.split("/").map(encodeURIComponent).join("/")}`;

class MiniImage extends MiniField {
  /** @type {FileData | null} */
  #value = null;
  /** @type {AbortController | null} */
  #sending = null;
  /** @type {Promise<void>} */
  #sent = Promise.resolve();
  #problem = "";
  /** What the visitor chose, to be sent again if the server starts anew. @type {File | null} */
  #file = null;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {FileData | null} */ (this.initial);
    document.addEventListener("paste", this);
    this.picture.addEventListener("error", this);
    for (const type of DRAGS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("paste", this);
    this.picture.removeEventListener("error", this);
    for (const type of DRAGS) this.removeEventListener(type, this);
    this.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const action = event.type === "click" && target instanceof Element && target.closest("[data-do]");
    if (action) this.act(/** @type {HTMLElement} */ (action).dataset.do ?? "");
    else if (event.type === "change") this.choose(/** @type {HTMLInputElement} */ (target).files?.[0]);
    else if (event.type === "error") this.showPreview();
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.leave();
    else if (event instanceof ClipboardEvent) this.pasted(event);
    else if (event instanceof DragEvent) this.inner(".stage").toggleAttribute("data-drag", event.type === "dragenter");
  }

  /** @param {string} action */
  act(action) {
    if (action === "camera") this.look();
    if (action === "shoot") this.shoot();
    if (action === "leave") this.leave();
    if (action === "paste") this.paste();
    if (action === "remove") this.empty();
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
    this.leave();
    this.present(value ? address(value.meta.preview ?? value.path) : "", value ? address(value.path) : "");
  }

  get problem() {
    return this.#problem;
  }

  /** Rejects if the server is away; a file that could not be sent for that is sent again. */
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

  /** @param {File | null | undefined} file */
  choose(file) {
    if (!file) return;
    this.value = null;
    if (!file.type.startsWith("image/")) return this.refuse(say("not_a_picture", { name: file.name }));
    this.take(file);
    this.fire("mini-input");
  }

  /** Show a file of the visitor's at once, and send it. @param {File} file */
  take(file) {
    this.#sending = new AbortController();
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
    this.#file = file;
    this.progress(0);
    try {
      const stored = await upload(file, (percent) => this.progress(percent), signal);
      if (signal.aborted) return;
      this.#value = stored;
      if (this.picture.hidden) this.showPreview();
      this.tell(say("picture_loaded", { name: file.name }));
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

  /** @param {string} source @param {string} [link] */
  present(source, link = "") {
    const { picture } = this;
    if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
    source ? (picture.src = source) : picture.removeAttribute("src");
    picture.hidden = !source;
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

  /** The browser cannot show the file itself: show what the server made of it. */
  showPreview() {
    const preview = this.#value?.meta.preview;
    const untried = preview && !this.picture.src.endsWith(address(preview));
    if (untried) this.picture.src = address(preview);
    this.picture.hidden = !untried;
  }

  /** @param {ClipboardEvent} event */
  pasted(event) {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    const mine = this.contains(document.activeElement) || document.querySelector("mini-image[data-paste]")?.id === this.id;
    if (!file || !mine || this.dataset.paste === undefined || event.defaultPrevented) return;
    event.preventDefault();
    this.choose(file);
  }

  async paste() {
    if (!navigator.clipboard?.read) return this.tell(say("paste_by_key"));
    try {
      const items = await navigator.clipboard.read();
      const type = items.flatMap((item) => item.types).find((name) => name.startsWith("image/")) ?? "";
      const blob = await items.find((item) => item.types.includes(type))?.getType(type);
      if (!blob) return this.tell(say("no_clipboard_picture"));
      return this.choose(new File([blob], `pasted.${type.slice(6)}`, { type }));
    } catch {
      return this.tell(say("paste_by_key"));
    }
  }

  async look() {
    const { start } = await import("./camera.js");
    try {
      await start(this.video);
      this.looking(true);
      this.all("[data-do=shoot]")[0]?.focus();
    } catch {
      this.error = say("no_camera");
    }
  }

  async shoot() {
    const { shoot } = await import("./camera.js");
    const file = await shoot(this.video);
    this.leave();
    this.choose(file);
  }

  leave() {
    if (!this.video?.srcObject) return;
    import("./camera.js").then(({ stop }) => stop(this.video));
    this.looking(false);
    this.all("[data-do=camera]")[0]?.focus();
  }

  /** @param {boolean} looking */
  looking(looking) {
    this.video.hidden = !looking;
    this.inner(".stage").toggleAttribute("data-live", looking);
    for (const button of this.all("[data-do=shoot], [data-do=leave]")) button.hidden = !looking;
    for (const button of this.all("[data-do=camera], [data-do=paste]")) button.hidden = looking;
  }

  /** @param {string} words */
  tell(words) {
    const place = this.inner(".state");
    if (place.textContent !== words) place.textContent = words;
  }

  /** @returns {HTMLImageElement} */
  get picture() {
    return this.inner("[data-picture]");
  }

  /** What the camera sees; an output has none. @returns {HTMLVideoElement} */
  get video() {
    return this.inner("video");
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

/** A file that misses its place must not make the browser leave the page. @param {DragEvent} event */
function keepPage(event) {
  if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
}

document.addEventListener("dragover", keepPage);
document.addEventListener("drop", keepPage);

customElements.define("mini-image", MiniImage);

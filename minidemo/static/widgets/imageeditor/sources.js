// Where pictures come from: a file that is chosen or dropped, the clipboard, the camera.
import { say } from "../../wire.js";

/** @typedef {{ choose: (file: File) => void, tell: (words: string) => void, fail: (words: string) => void }} Taker */

const DRAGS = ["dragenter", "dragover", "dragleave", "drop"];

export class Sources {
  /** @param {HTMLElement} field @param {HTMLElement} stage @param {Taker} taker */
  constructor(field, stage, taker) {
    this.field = field;
    this.stage = stage;
    this.taker = taker;
  }

  connect() {
    document.addEventListener("paste", this);
    for (const type of DRAGS) this.field.addEventListener(type, this);
  }

  disconnect() {
    document.removeEventListener("paste", this);
    for (const type of DRAGS) this.field.removeEventListener(type, this);
    this.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof ClipboardEvent) this.#pasted(event);
    else if (event instanceof DragEvent) this.#dragged(event);
  }

  /** A file that is dropped anywhere on the field must not make the browser leave the page. @param {DragEvent} event */
  #dragged(event) {
    event.preventDefault();
    const takes = this.field.querySelector("[type=file]") !== null;
    this.stage.toggleAttribute("data-drag", takes && (event.type === "dragenter" || event.type === "dragover"));
    const file = event.type === "drop" && event.dataTransfer?.files[0];
    if (file && takes) this.taker.choose(file);
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    const first = document.querySelector("mini-image[data-paste], mini-imageeditor[data-paste]") === this.field;
    const mine = this.field.contains(document.activeElement) || (first && document.activeElement === document.body);
    if (!file || !mine || this.field.dataset.paste === undefined || event.defaultPrevented) return;
    event.preventDefault();
    this.taker.choose(file);
  }

  async paste() {
    if (!navigator.clipboard?.read) return this.taker.tell(say("paste_by_key"));
    try {
      const items = await navigator.clipboard.read();
      const type = items.flatMap((item) => item.types).find((name) => name.startsWith("image/")) ?? "";
      const blob = await items.find((item) => item.types.includes(type))?.getType(type);
      if (!blob) return this.taker.tell(say("no_clipboard_picture"));
      return this.taker.choose(new File([blob], `pasted.${type.slice(6)}`, { type }));
    } catch {
      return this.taker.tell(say("paste_by_key"));
    }
  }

  async look() {
    const { start } = await import("../camera.js");
    try {
      await start(this.video);
      this.#looking(true);
      this.#button("shoot")?.focus();
    } catch {
      this.taker.fail(say("no_camera"));
    }
  }

  async shoot() {
    const { shoot } = await import("../camera.js");
    const file = await shoot(this.video);
    this.leave();
    this.taker.choose(file);
  }

  leave() {
    if (!this.video?.srcObject) return;
    import("../camera.js").then(({ stop }) => stop(this.video));
    this.#looking(false);
    this.#button("camera")?.focus();
  }

  /** @param {boolean} looking */
  #looking(looking) {
    this.video.hidden = !looking;
    this.stage.toggleAttribute("data-live", looking);
    for (const name of ["shoot", "leave"]) this.#button(name)?.toggleAttribute("hidden", !looking);
    for (const name of ["camera", "paste"]) this.#button(name)?.toggleAttribute("hidden", looking);
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #button(name) {
    return this.field.querySelector(`[data-do="${name}"]`);
  }

  /** What the camera sees. @returns {HTMLVideoElement} */
  get video() {
    return /** @type {HTMLVideoElement} */ (this.field.querySelector("video"));
  }
}

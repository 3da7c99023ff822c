// The sources of pictures: a chosen or dropped file, the clipboard, the camera.
import { say } from "../../wire.js";

/** @typedef {{ choose: (file: File) => void, tell: (message: string) => void, fail: (message: string) => void }} Receiver */

const DRAGS = ["dragenter", "dragover", "dragleave", "drop"];

export class Sources {
  /** @param {HTMLElement} field @param {HTMLElement} stage @param {Receiver} receiver */
  constructor(field, stage, receiver) {
    this.field = field;
    this.stage = stage;
    this.receiver = receiver;
  }

  connect() {
    document.addEventListener("paste", this);
    for (const type of DRAGS) this.field.addEventListener(type, this);
  }

  disconnect() {
    document.removeEventListener("paste", this);
    for (const type of DRAGS) this.field.removeEventListener(type, this);
    this.stopCamera();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof ClipboardEvent) this.#pasted(event);
    else if (event instanceof DragEvent) this.#dragged(event);
  }

  /** Take a dropped file; the browser must not leave the page for it. @param {DragEvent} event */
  #dragged(event) {
    event.preventDefault();
    const takes = this.field.querySelector("[type=file]") !== null;
    this.stage.toggleAttribute("data-drag", takes && (event.type === "dragenter" || event.type === "dragover"));
    const file = event.type === "drop" && event.dataTransfer?.files[0];
    if (file && takes) this.receiver.choose(file);
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    const first = document.querySelector("mini-image[data-paste], mini-imageeditor[data-paste]") === this.field;
    const mine = this.field.contains(document.activeElement) || (first && document.activeElement === document.body);
    if (!file || !mine || this.field.dataset.paste === undefined || event.defaultPrevented) return;
    event.preventDefault();
    this.receiver.choose(file);
  }

  async paste() {
    if (!navigator.clipboard?.read) return this.receiver.tell(say("paste_by_key"));
    try {
      const items = await navigator.clipboard.read();
      const type = items.flatMap((item) => item.types).find((name) => name.startsWith("image/")) ?? "";
      const blob = await items.find((item) => item.types.includes(type))?.getType(type);
      if (!blob) return this.receiver.tell(say("no_clipboard_picture"));
      return this.receiver.choose(new File([blob], `pasted.${type.slice(6)}`, { type }));
    } catch {
      return this.receiver.tell(say("paste_by_key"));
    }
  }

  async startCamera() {
    const { start } = await import("../camera.js");
    try {
      await start(this.video);
      this.#showCamera(true);
      this.#button("shoot")?.focus();
    } catch {
      this.receiver.fail(say("no_camera"));
    }
  }

  async takePicture() {
    const { shoot } = await import("../camera.js");
    const file = await shoot(this.video);
    this.stopCamera();
    this.receiver.choose(file);
  }

  stopCamera() {
    if (!this.video?.srcObject) return;
    import("../camera.js").then(({ stop }) => stop(this.video));
    this.#showCamera(false);
    this.#button("camera")?.focus();
  }

  /** @param {boolean} on */
  #showCamera(on) {
    this.video.hidden = !on;
    this.stage.toggleAttribute("data-live", on);
    for (const name of ["shoot", "leave"]) this.#button(name)?.toggleAttribute("hidden", !on);
    for (const name of ["camera", "paste"]) this.#button(name)?.toggleAttribute("hidden", on);
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #button(name) {
    return this.field.querySelector(`[data-do="${name}"]`);
  }

  /** The picture of the camera. @returns {HTMLVideoElement} */
  get video() {
    return /** @type {HTMLVideoElement} */ (this.field.querySelector("video"));
  }
}

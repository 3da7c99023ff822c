// A picture: chosen, dropped, pasted or taken with the camera; or an output.
import { say } from "../wire.js";
import { address, FileField } from "./file-field.js";

class MiniImage extends FileField {
  connectedCallback() {
    super.connectedCallback();
    this.picture.addEventListener("error", this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.picture.removeEventListener("error", this);
    this.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "error") this.showPreview();
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.leave();
    else super.handleEvent(event);
  }

  /** @param {string} action */
  act(action) {
    super.act(action);
    if (action === "camera") this.look();
    if (action === "shoot") this.shoot();
    if (action === "leave") this.leave();
    if (action === "paste") this.paste();
  }

  /** @param {File} file */
  refusal({ name, type }) {
    return type.startsWith("image/") ? "" : say("not_a_picture", { name });
  }

  /** @param {string} source */
  draw(source) {
    const { picture } = this;
    this.leave();
    source ? (picture.src = source) : picture.removeAttribute("src");
    picture.hidden = !source;
  }

  stored() {
    if (this.picture.hidden) this.showPreview();
  }

  /** The browser cannot show the file itself: show what the server made of it. */
  showPreview() {
    const preview = this.value?.meta.preview;
    const untried = preview && !this.picture.src.endsWith(address(preview));
    if (untried) this.picture.src = address(preview);
    this.picture.hidden = !untried;
    if (this.file && this.value && !untried) this.tell(say("picture_unopened", { name: this.file.name }));
  }

  get opened() {
    return !this.picture.hidden;
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

  /** @returns {HTMLImageElement} */
  get picture() {
    return this.inner("[data-picture]");
  }

  /** The camera picture of an input. @returns {HTMLVideoElement} */
  get video() {
    return this.inner("video");
  }
}

customElements.define("mini-image", MiniImage);

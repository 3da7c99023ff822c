// An item of a gallery: a picture or a video, and its upload.
import { say } from "../wire.js";
import { address, upload } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {{ image?: FileData, video?: FileData, caption: string | null }} ItemData */

/** The file names of videos whose type some browsers lack. */
const VIDEOS = /\.(avi|mkv|mov|m4v|mp4|webm|og[gv]|3gp)$/i;
const PICTURES = /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;

/** Return the kind of a file by its type and name. @param {File} file @returns {"image" | "video" | null} */
export function kindOf({ name, type }) {
  if (type.startsWith("image/") || PICTURES.test(name)) return "image";
  return type.startsWith("video/") || VIDEOS.test(name) ? "video" : null;
}

/** Tell whether a list of types, as `accept` has it, holds a file. @param {string} accept @param {File} file */
export function accepts(accept, file) {
  const kind = kindOf(file);
  return kind !== null && accept.split(",").some((type) => type === `${kind}/*` || file.name.toLowerCase().endsWith(type));
}

/** A picture or video on the page and on the server. */
export class GalleryItem {
  /** The file that the visitor chose. @type {File | null} */
  file = null;
  /** The file on the server. @type {FileData | null} */
  stored = null;
  /** @type {string | null} */
  caption = null;
  /** Settles once the file is sent; rejects if the server is away. @type {Promise<void>} */
  sent = Promise.resolve();
  /** @type {AbortController | null} */
  #sending = null;
  #local = "";
  /** Whether the browser could open the picture, as far as it is known yet. */
  opened = true;
  #bar = Object.assign(document.createElement("progress"), { max: 100, value: 0, hidden: true });

  /** @param {File | ItemData} content */
  constructor(content) {
    if (content instanceof File) {
      this.file = content;
      this.kind = kindOf(content) ?? "image";
      this.#local = URL.createObjectURL(content);
    } else {
      this.kind = /** @type {"image" | "video"} */ (content.image ? "image" : "video");
      this.stored = content.image ?? content.video ?? null;
      this.caption = content.caption ?? null;
    }
    this.button = Object.assign(document.createElement("button"), { type: "button" });
    this.button.dataset.do = "choose";
    this.captionText = document.createElement("span");
    this.captionText.className = "gallery-caption";
    this.#bar.setAttribute("aria-label", `${say("upload")} ${this.name}`);
    this.button.append(this.picture());
    this.element = document.createElement("li");
    this.element.className = "gallery-item";
    this.element.dataset.kind = this.kind;
    this.element.append(this.button, this.captionText, this.#bar);
  }

  /** The wire value, or null until the server has the file. @returns {ItemData | null} */
  get data() {
    const { kind, stored, caption } = this;
    return stored && /** @type {ItemData} */ ({ [kind]: stored, caption });
  }

  get name() {
    return this.file?.name ?? this.stored?.orig_name ?? "";
  }

  /** The address of the file, to download. */
  get link() {
    return this.stored ? address(this.stored.path) : "";
  }

  /** Return an element that shows the item. @param {{ plays?: boolean }} [options] */
  picture({ plays = false } = {}) {
    const source = this.#local || (this.stored ? address(this.stored.meta.preview ?? this.stored.path) : "");
    if (this.kind === "image") {
      const image = Object.assign(new Image(), { alt: plays ? (this.caption ?? this.name) : "", src: source, draggable: false });
      image.addEventListener("error", () => this.substitute(image), { once: true });
      return image;
    }
    const video = Object.assign(document.createElement("video"), { preload: "metadata", controls: plays, playsInline: true });
    video.setAttribute("aria-label", this.caption ?? this.name);
    video.src = source;
    return video;
  }

  /** Show the server's preview of a file that the browser cannot show. @param {HTMLImageElement} image */
  substitute(image) {
    const preview = this.stored?.meta.preview;
    this.opened = Boolean(preview && !image.src.endsWith(address(preview)));
    if (preview && this.opened) image.src = address(preview);
    else image.alt = this.name;
  }

  /** Show the position in the gallery. @param {number} index @param {{ count: number, chosen: boolean }} gallery */
  showPosition(index, { count, chosen }) {
    const name = this.caption || this.name;
    this.button.setAttribute("aria-label", say("gallery_item", { name, position: index + 1, count }));
    this.button.tabIndex = chosen ? 0 : -1;
    if (chosen) this.button.setAttribute("aria-current", "true");
    else this.button.removeAttribute("aria-current");
    this.captionText.textContent = this.caption ?? "";
  }

  /** Send the file after those before it. @param {Promise<unknown>} before */
  send(before) {
    this.abort();
    this.stored = null;
    this.#sending = new AbortController();
    this.sent = this.#send(before, this.#sending.signal);
    this.sent.catch(() => {});
    return this.sent;
  }

  get sending() {
    return this.#sending !== null;
  }

  /** Release the local file. */
  drop() {
    this.abort();
    URL.revokeObjectURL(this.#local);
  }

  abort() {
    this.#sending?.abort();
    this.#sending = null;
  }

  /** @param {Promise<unknown>} before @param {AbortSignal} signal */
  async #send(before, signal) {
    this.#bar.hidden = false;
    await before.catch(() => {});
    try {
      signal.throwIfAborted();
      const stored = await upload(/** @type {File} */ (this.file), (percent) => (this.#bar.value = percent), signal);
      if (signal.aborted) return;
      this.stored = stored;
      const image = this.button.querySelector("img");
      await image?.decode().catch(() => this.substitute(image));
      if (image?.src.startsWith("http")) await image.decode().catch(() => this.substitute(image)); // the preview
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (!signal.aborted) this.#sending = null;
      this.#bar.hidden = true;
    }
  }
}

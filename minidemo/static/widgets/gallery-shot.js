// One picture or video of a gallery: its place on the page, and its way to the server.
import { say } from "../wire.js";
import { address, upload } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {{ image?: FileData, video?: FileData, caption: string | null }} Item */

/** The names of videos whose type not every browser knows. */
const FILMS = /\.(avi|mkv|mov|m4v|mp4|webm|og[gv]|3gp)$/i;
const PICTURES = /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;

/** What a file is, by its type and its name. @param {File} file @returns {"image" | "video" | null} */
export function kindOf({ name, type }) {
  if (type.startsWith("image/") || PICTURES.test(name)) return "image";
  return type.startsWith("video/") || FILMS.test(name) ? "video" : null;
}

export class Shot {
  /** What the visitor chose. @type {File | null} */
  file = null;
  /** What the server has. @type {FileData | null} */
  stored = null;
  /** @type {string | null} */
  caption = null;
  /** Settles once the file was sent; rejects where the server is away. @type {Promise<void>} */
  sent = Promise.resolve();
  /** @type {AbortController | null} */
  #sending = null;
  #local = "";
  #bar = Object.assign(document.createElement("progress"), { max: 100, value: 0, hidden: true });

  /** @param {File | Item} thing */
  constructor(thing) {
    if (thing instanceof File) {
      this.file = thing;
      this.kind = kindOf(thing) ?? "image";
      this.#local = URL.createObjectURL(thing);
    } else {
      this.kind = /** @type {"image" | "video"} */ (thing.image ? "image" : "video");
      this.stored = thing.image ?? thing.video ?? null;
      this.caption = thing.caption ?? null;
    }
    this.button = Object.assign(document.createElement("button"), { type: "button" });
    this.button.dataset.do = "choose";
    this.words = document.createElement("span");
    this.words.className = "shot-caption";
    this.#bar.setAttribute("aria-label", `${say("upload")} ${this.name}`);
    this.button.append(this.picture());
    this.element = document.createElement("li");
    this.element.className = "shot";
    this.element.dataset.kind = this.kind;
    this.element.append(this.button, this.words, this.#bar);
  }

  /** What goes over the wire, once the server has the file. @returns {Item | null} */
  get item() {
    const { kind, stored, caption } = this;
    return stored && /** @type {Item} */ ({ [kind]: stored, caption });
  }

  get name() {
    return this.file?.name ?? this.stored?.orig_name ?? "";
  }

  /** Where the file itself is to be had. */
  get link() {
    return this.stored ? address(this.stored.path) : "";
  }

  /** Make an element that shows it. @param {{ plays?: boolean }} [options] */
  picture({ plays = false } = {}) {
    const source = this.#local || (this.stored ? address(this.stored.meta.preview ?? this.stored.path) : "");
    if (this.kind === "image") {
      const image = Object.assign(new Image(), { alt: plays ? (this.caption ?? this.name) : "", src: source, draggable: false });
      image.addEventListener("error", () => this.substitute(image), { once: true });
      return image;
    }
    const film = Object.assign(document.createElement("video"), { preload: "metadata", controls: plays, playsInline: true });
    film.setAttribute("aria-label", this.caption ?? this.name);
    film.src = source;
    return film;
  }

  /** The browser cannot show the file itself: show what the server made of it, if it did. @param {HTMLImageElement} image */
  substitute(image) {
    const preview = this.stored?.meta.preview;
    if (preview && !image.src.endsWith(address(preview))) image.src = address(preview);
    else image.alt = this.name;
  }

  /** Say where it stands. @param {number} index @param {{ count: number, chosen: boolean }} among */
  place(index, { count, chosen }) {
    const name = this.caption || this.name;
    this.button.setAttribute("aria-label", say("shot", { name, position: index + 1, count }));
    this.button.tabIndex = chosen ? 0 : -1;
    if (chosen) this.button.setAttribute("aria-current", "true");
    else this.button.removeAttribute("aria-current");
    this.words.textContent = this.caption ?? "";
  }

  /** Send the file when those before it were sent. @param {Promise<unknown>} before */
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

  /** Let go of what only this page holds. */
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
      if (!signal.aborted) this.stored = stored;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (!signal.aborted) this.#sending = null;
      this.#bar.hidden = true;
    }
  }
}

// The sheets of a drawing: canvases, and their contents on the server.
import { upload } from "../upload.js";

/** @typedef {import("../../types").FileData} FileData */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** The file types that the server reads; others are sent as PNG. */
const TYPES = ["png", "jpeg", "webp", "gif", "bmp"].map((kind) => `image/${kind}`);

/** The number of server restarts: files of an earlier server must be sent again. */
let restarts = 0;

/** The content of a canvas at one time, which is sent once. */
export class Content {
  #restarts = restarts;
  /** @type {Promise<FileData> | null} */
  #sending = null;
  /** @type {FileData | null} */
  #file;
  #own = false;

  /** @param {{ file?: FileData | null, source?: File | null, blank?: boolean }} [from] a stored file, the visitor's file, or no content */
  constructor({ file = null, source = null, blank = false } = {}) {
    this.#file = file;
    this.source = source && TYPES.includes(source.type) ? source : null;
    this.blank = blank;
  }

  /** The file on the server, or null. */
  get file() {
    return this.#own && this.#restarts !== restarts ? null : this.#file;
  }

  /** Send the content, at most once. @param {HTMLCanvasElement} canvas @param {(percent: number) => void} progress */
  store(canvas, progress) {
    if (this.file) return Promise.resolve(this.file);
    this.#sending ??= this.#send(canvas, progress).finally(() => (this.#sending = null));
    return this.#sending;
  }

  /** @param {HTMLCanvasElement} canvas @param {(percent: number) => void} progress */
  async #send(canvas, progress) {
    const before = restarts;
    const file = await upload(this.source ?? (await png(canvas)), progress, new AbortController().signal);
    [this.#file, this.#own, this.#restarts] = [file, true, before];
    return file;
  }
}

/** The canvas of the background or of a layer. */
export class Sheet {
  visible = true;

  /** @param {HTMLCanvasElement} canvas @param {string} name @param {Content} content */
  constructor(canvas, name = "", content = new Content()) {
    this.canvas = canvas;
    this.name = name;
    this.content = content;
  }

  /** @param {number} width @param {number} height @param {string} name */
  static blank(width, height, name) {
    return new Sheet(blank(width, height), name, new Content({ blank: true }));
  }

  /** Return a part, stretched to a size. @param {Box} from @param {number} width @param {number} height */
  cut(from, width, height) {
    const canvas = part(this.canvas, from, width, height);
    const sheet = new Sheet(canvas, this.name, new Content({ blank: this.content.blank }));
    sheet.visible = this.visible;
    return sheet;
  }
}

/** Return the address of a stored file. @param {string} path */
export function address(path) {
  return `file/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** Send all files again: the server restarted. */
export function forgetFiles() {
  restarts += 1;
}

/** @param {number} width @param {number} height */
export function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
export function context2d(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** Copy a part of a canvas to a new one. @param {CanvasImageSource} source @param {Box} box */
export function part(source, { x, y, width, height }, wide = width, high = height) {
  const canvas = blank(wide, high);
  const context = context2d(canvas);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, width, height, 0, 0, wide, high);
  return canvas;
}

/** Replace a part of a canvas. @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} piece @param {Box} box */
export function put(canvas, piece, { x, y, width, height }) {
  context2d(canvas).clearRect(x, y, width, height);
  context2d(canvas).drawImage(piece, x, y);
}

/** Decode a picture, upright; rejects unreadable ones. @param {string} url */
export async function decode(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  if (!image.naturalWidth) throw new Error("no size");
  return image;
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<File>} */
async function png(canvas) {
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/png"));
  return new File([blob ?? new Blob()], "drawing.png", { type: "image/png" });
}

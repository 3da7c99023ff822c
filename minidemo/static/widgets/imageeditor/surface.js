// What a drawing is made of: canvases, each with what is known of its content.
import { upload } from "../upload.js";

/** @typedef {import("../../types").FileData} FileData */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** The kinds of files that the server reads; a picture of another kind is sent as PNG. */
const KNOWN = ["png", "jpeg", "webp", "gif", "bmp"].map((kind) => `image/${kind}`);

/** How often the server began anew: what an earlier one was sent has to be sent again. */
let lives = 0;

/** What a canvas shows at one time: sent once, however often it is asked for. */
export class Content {
  #life = lives;
  /** @type {Promise<FileData> | null} */
  #sending = null;
  /** @type {FileData | null} */
  #file;
  #own = false;

  /** @param {{ file?: FileData | null, source?: File | null, blank?: boolean }} [from] a stored file, the visitor's file, or nothing at all */
  constructor({ file = null, source = null, blank = false } = {}) {
    this.#file = file;
    this.source = source && KNOWN.includes(source.type) ? source : null;
    this.blank = blank;
  }

  /** The file on the server, once there is one. */
  get file() {
    return this.#own && this.#life !== lives ? null : this.#file;
  }

  /** Send it, unless that was done. @param {HTMLCanvasElement} canvas @param {(percent: number) => void} progress */
  store(canvas, progress) {
    if (this.file) return Promise.resolve(this.file);
    this.#sending ??= this.#send(canvas, progress).finally(() => (this.#sending = null));
    return this.#sending;
  }

  /** @param {HTMLCanvasElement} canvas @param {(percent: number) => void} progress */
  async #send(canvas, progress) {
    const life = lives;
    const file = await upload(this.source ?? (await png(canvas)), progress, new AbortController().signal);
    [this.#file, this.#own, this.#life] = [file, true, life];
    return file;
  }
}

/** A canvas in the pile: the background, or a layer. */
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

  /** A part of it, or all, stretched to a size. @param {Box} from @param {number} width @param {number} height */
  cut(from, width, height) {
    const canvas = part(this.canvas, from, width, height);
    const sheet = new Sheet(canvas, this.name, new Content({ blank: this.content.blank }));
    sheet.visible = this.visible;
    return sheet;
  }
}

/** Where a stored file is to be had. @param {string} path */
export function address(path) {
  return `file/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** The server began anew. */
export function forgetFiles() {
  lives += 1;
}

/** @param {number} width @param {number} height */
export function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
export function pen(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** Copy a part of a canvas to a new one. @param {CanvasImageSource} source @param {Box} box */
export function part(source, { x, y, width, height }, wide = width, high = height) {
  const canvas = blank(wide, high);
  const context = pen(canvas);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, width, height, 0, 0, wide, high);
  return canvas;
}

/** Put a part back in its place, in the stead of what is there. @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} piece @param {Box} box */
export function put(canvas, piece, { x, y, width, height }) {
  pen(canvas).clearRect(x, y, width, height);
  pen(canvas).drawImage(piece, x, y);
}

/** Decode a picture, upright; rejects if the browser cannot. @param {string} url */
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

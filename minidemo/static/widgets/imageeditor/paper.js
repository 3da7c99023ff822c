// What is drawn on: the blank canvas that the author asks for, a value from the server, or a picture of the visitor's.
import { say } from "../../wire.js";
import { Drawing } from "./drawing.js";
import { address, blank, Content, decode, part, pen, Sheet } from "./surface.js";

/** @typedef {import("../../types").FileData} FileData */
/** @typedef {{ background: FileData | null, layers: FileData[], composite: FileData | null, id: string | null }} Value */

/** A drawing of more pixels than this is too much for a browser, which keeps each layer in memory. */
const MOST_PIXELS = 40_000_000;

export class Paper {
  /** @param {DOMStringMap} dataset what the template says of canvas and layers */
  constructor({ canvas = "[1, 1]", layers = "[]", fixed }) {
    const [width = 1, height = 1] = /** @type {number[]} */ (JSON.parse(canvas));
    this.width = width;
    this.height = height;
    this.names = /** @type {string[]} */ (JSON.parse(layers));
    this.fixed = fixed !== undefined;
  }

  /** A drawing without anything on it. */
  fresh() {
    return new Drawing(this.width, this.height, null, this.#layers(this.width, this.height));
  }

  /** Begin a drawing anew, with a picture or without. @param {Drawing} drawing @param {Sheet | null} [picture] */
  begin(drawing, picture = null) {
    const { width, height } = picture?.canvas ?? this;
    drawing.begin(width, height, picture, this.#layers(width, height));
  }

  /** The drawing of a value; null if there is no picture in it. @param {Value} value */
  async openValue({ background, layers, composite }) {
    const below = background ?? (layers?.length ? null : composite);
    const files = [...(below ? [below] : []), ...(layers ?? [])];
    const sheets = await Promise.all(files.map(openFile));
    const lowest = sheets[0];
    if (!lowest) return null;
    const { width, height } = lowest.canvas;
    const above = below ? sheets.slice(1) : sheets;
    above.forEach((sheet, i) => (sheet.name = this.#name(i)));
    const drawn = above.length ? above : this.#layers(width, height);
    return new Drawing(width, height, below ? lowest : null, drawn);
  }

  /**
   * The background that a picture of the visitor's makes: as it is, or fitted into the canvas. Rejects what cannot be
   * read, and with `RangeError` what is too large.
   * @param {File} file
   */
  async openPicture(file) {
    const url = URL.createObjectURL(file);
    try {
      const image = await decode(url);
      if (tooLarge(image.naturalWidth, image.naturalHeight)) throw new RangeError("too large");
      return this.fixed ? new Sheet(fitted(image, this)) : new Sheet(whole(image), "", new Content({ source: file }));
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  /** @param {number} width @param {number} height */
  #layers(width, height) {
    return Array.from({ length: Math.max(1, this.names.length) }, (_, i) => Sheet.blank(width, height, this.#name(i)));
  }

  /** @param {number} i */
  #name(i) {
    return this.names[i] ?? say("draw_layer", { n: i + 1 });
  }
}

/** @param {FileData} file */
async function openFile(file) {
  const image = await decode(address(file.path));
  return new Sheet(whole(image), "", new Content({ file }));
}

/** @param {number} width @param {number} height */
export function tooLarge(width, height) {
  return width * height > MOST_PIXELS;
}

/** @param {HTMLImageElement} image */
function whole(image) {
  return part(image, { x: 0, y: 0, width: image.naturalWidth, height: image.naturalHeight });
}

/** @param {HTMLImageElement} image @param {{ width: number, height: number }} frame */
function fitted(image, { width, height }) {
  const scale = Math.min(width / image.naturalWidth, height / image.naturalHeight);
  const [wide, high] = [image.naturalWidth * scale, image.naturalHeight * scale];
  const canvas = blank(width, height);
  pen(canvas).imageSmoothingQuality = "high";
  pen(canvas).drawImage(image, (width - wide) / 2, (height - high) / 2, wide, high);
  return canvas;
}

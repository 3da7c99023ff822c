// Drawings: an empty one as the author configures it, of a value of the server, or of a picture of the visitor.
import { say } from "../../wire.js";
import { Drawing } from "./drawing.js";
import { address, blank, Content, context2d, decode, part, Sheet } from "./surface.js";

/** @typedef {import("../../types").FileData} FileData */
/** @typedef {{ background: FileData | null, layers: FileData[], composite: FileData | null, id: string | null }} Value */

/** The most pixels of a drawing: the browser keeps each layer in memory. */
const MAX_PIXELS = 40_000_000;

export class DrawingFactory {
  /** @param {DOMStringMap} dataset the canvas and layers of the template */
  constructor({ canvas = "[1, 1]", layers = "[]", fixed }) {
    const [width = 1, height = 1] = /** @type {number[]} */ (JSON.parse(canvas));
    this.width = width;
    this.height = height;
    this.names = /** @type {string[]} */ (JSON.parse(layers));
    this.fixed = fixed !== undefined;
  }

  /** Return an empty drawing. */
  empty() {
    return new Drawing(this.width, this.height, null, this.#layers(this.width, this.height));
  }

  /** Restart a drawing, with or without a picture. @param {Drawing} drawing @param {Sheet | null} [picture] */
  restart(drawing, picture = null) {
    const { width, height } = picture?.canvas ?? this;
    drawing.begin(width, height, picture, this.#layers(width, height));
  }

  /** Return the drawing of a value, or null for one without pictures. @param {Value} value */
  async openValue({ background, layers, composite }) {
    const below = background ?? (layers?.length ? null : composite);
    const files = [...(below ? [below] : []), ...(layers ?? [])];
    const sheets = await Promise.all(files.map(openFile));
    const lowest = sheets[0];
    if (!lowest) return null;
    const { width, height } = lowest.canvas;
    const above = below ? sheets.slice(1) : sheets;
    above.forEach((sheet, i) => (sheet.name = this.#name(i)));
    const all = above.length ? above : this.#layers(width, height);
    return new Drawing(width, height, below ? lowest : null, all);
  }

  /**
   * Return a picture as a background: in its own size, or fitted into the canvas. Rejects unreadable files, and too
   * large ones with `RangeError`.
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
  return width * height > MAX_PIXELS;
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
  context2d(canvas).imageSmoothingQuality = "high";
  context2d(canvas).drawImage(image, (width - wide) / 2, (height - high) / 2, wide, high);
  return canvas;
}

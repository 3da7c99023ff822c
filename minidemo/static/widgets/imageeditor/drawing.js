// A drawing: a background and layers of one size, and their changes. It is independent of the page.
import { say } from "../../wire.js";
import { History } from "./history.js";
import { blank, Content, context2d, part, put, Sheet } from "./surface.js";

/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ width: number, height: number, background: Sheet | null, layers: Sheet[], active: Sheet }} Parts */

/** Bytes of a pixel. */
const PIXEL = 4;

export class Drawing {
  history = new History();
  /** The rendered composite, and the contents that it shows. @type {{ key: unknown[], sheet: Sheet } | null} */
  #whole = null;

  /** @param {number} width @param {number} height @param {Sheet | null} background @param {Sheet[]} layers */
  constructor(width, height, background, layers) {
    const [first] = layers;
    if (!first) throw new RangeError("a drawing has at least one layer");
    /** @type {Parts} */
    this.parts = { width, height, background, layers, active: first };
  }

  /** The identity of the contents, which tells two states apart. @returns {unknown[]} */
  get key() {
    const { width, height, background, layers } = this.parts;
    return [width, height, background?.content, ...layers.flatMap((layer) => [layer.content, layer.visible])];
  }

  /** Whether the drawing has no content. */
  get empty() {
    return !this.parts.background && this.parts.layers.every((layer) => layer.content.blank);
  }

  /** Restart with other sheets of one size. @param {number} width @param {number} height @param {Sheet | null} background @param {Sheet[]} layers */
  begin(width, height, background, layers) {
    this.#change({ width, height, background, layers, active: layers[0] ?? this.parts.active });
  }

  /** Record a change of the active layer. @param {Box} box @param {HTMLCanvasElement} before the earlier pixels */
  recordPainting(box, before) {
    const sheet = this.parts.active;
    const after = part(sheet.canvas, box);
    const [old, fresh] = [sheet.content, new Content()];
    sheet.content = fresh;
    const show = (/** @type {HTMLCanvasElement} */ piece, /** @type {Content} */ content) => {
      put(sheet.canvas, piece, box);
      sheet.content = content;
    };
    const weight = 2 * box.width * box.height * PIXEL;
    this.history.add({ undo: () => show(before, old), redo: () => show(after, fresh), weight });
  }

  addLayer() {
    const { width, height, layers } = this.parts;
    const layer = Sheet.blank(width, height, freshName(layers));
    this.#change({ ...this.parts, layers: [...layers, layer], active: layer });
  }

  /** @param {Sheet} layer */
  deleteLayer(layer) {
    const layers = this.parts.layers.filter((other) => other !== layer);
    const active = layers.includes(this.parts.active) ? this.parts.active : layers.at(-1);
    if (active) this.#change({ ...this.parts, layers, active });
  }

  /** Show or hide a layer. @param {Sheet} layer */
  toggleLayer(layer) {
    const toggle = () => (layer.visible = !layer.visible);
    toggle();
    this.history.add({ undo: toggle, redo: toggle, weight: 0 });
  }

  /** Empty the layers. */
  clear() {
    const { width, height, layers, active } = this.parts;
    const clean = layers.map((layer) => {
      const sheet = Sheet.blank(width, height, layer.name);
      sheet.visible = layer.visible;
      return sheet;
    });
    this.#change({ ...this.parts, layers: clean, active: clean[layers.indexOf(active)] ?? active });
  }

  /** Crop to a part, or stretch to another size. @param {Box} from */
  cut(from, width = from.width, height = from.height) {
    const { background, layers, active } = this.parts;
    const cut = layers.map((layer) => layer.cut(from, width, height));
    const fresh = cut[layers.indexOf(active)] ?? active;
    this.#change({ width, height, background: background?.cut(from, width, height) ?? null, layers: cut, active: fresh });
  }

  /** The composite as one sheet; a background without layers is its own composite. @returns {Sheet} */
  get whole() {
    const rendered = this.#rendered;
    if (rendered) return rendered;
    const { width, height } = this.parts;
    const canvas = blank(width, height);
    for (const sheet of this.#visibleSheets) context2d(canvas).drawImage(sheet.canvas, 0, 0);
    this.#whole = { key: this.#visibleSheets.map(({ content }) => content), sheet: new Sheet(canvas) };
    return this.#whole.sheet;
  }

  /** The stored file of the composite, if any; nothing is rendered. */
  get wholeFile() {
    return this.#rendered?.content.file ?? null;
  }

  get #visibleSheets() {
    const { background, layers } = this.parts;
    const visible = layers.filter((layer) => layer.visible && !layer.content.blank);
    return background ? [background, ...visible] : visible;
  }

  get #rendered() {
    const visible = this.#visibleSheets;
    if (this.parts.background && visible.length === 1) return this.parts.background;
    return this.#whole && same(this.#whole.key, visible.map(({ content }) => content)) ? this.#whole.sheet : null;
  }

  /** @param {Parts} parts */
  #change(parts) {
    const before = this.parts;
    this.parts = parts;
    const weight = (1 + before.layers.length) * before.width * before.height * PIXEL;
    this.history.add({ undo: () => (this.parts = before), redo: () => (this.parts = parts), weight });
  }
}

/** @param {unknown[]} one @param {unknown[]} other */
export function same(one, other) {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** Return a name that no layer has. @param {Sheet[]} layers */
export function freshName(layers) {
  for (let n = layers.length + 1; ; n += 1) {
    const name = say("draw_layer", { n });
    if (layers.every((layer) => layer.name !== name)) return name;
  }
}

/**
 * Send the background, layers and composite that the server lacks; `progress` gets the percentage of each file.
 * @param {Drawing} drawing
 * @param {(percent: number) => void} progress
 */
export async function send(drawing, progress) {
  const { background, layers } = drawing.parts;
  const sheets = new Set([...(background ? [background] : []), ...layers, drawing.whole]);
  const missing = [...sheets].filter(({ content }) => !content.file);
  if (missing.length) progress(0);
  await Promise.all(missing.map(({ content, canvas }) => content.store(canvas, progress)));
}

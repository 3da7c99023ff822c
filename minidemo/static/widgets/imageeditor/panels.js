// The panels of crop and resize, with a number field for each side.
import { Frame } from "./frame.js";
import { tooLarge } from "./paper.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */

export class Panels {
  /** @param {HTMLElement} field */
  constructor(field) {
    this.field = field;
    this.outline = /** @type {HTMLElement} */ (field.querySelector(".editor-frame"));
    this.frame = new Frame(this.outline, field);
  }

  /** Begin with the drawing as it is. @param {string} tool @param {Drawing} drawing */
  open(tool, { parts: { width, height } }) {
    this.outline.hidden = tool !== "crop";
    if (tool === "crop") this.frame.open(width, height);
    if (tool === "resize") [this.#side("wide").value, this.#side("high").value] = [String(width), String(height)];
  }

  close() {
    this.outline.hidden = true;
  }

  /** Whether anything came of it. @param {Drawing} drawing */
  crop(drawing) {
    if (this.frame.whole) return false;
    drawing.cut(this.frame.box);
    return true;
  }

  /** Whether anything came of it. Throws `RangeError` if the drawing would be too large. @param {Drawing} drawing */
  resize(drawing) {
    const { width, height } = drawing.parts;
    const wide = number(this.#side("wide"));
    const high = number(this.#side("high"));
    if (wide < 1 || high < 1 || (wide === width && high === height)) return false;
    if (tooLarge(wide, high)) throw new RangeError("too large");
    drawing.cut({ x: 0, y: 0, width, height }, wide, high);
    return true;
  }

  /** A number is typed; of width and height, the other follows. @param {HTMLInputElement} field @param {Drawing} drawing */
  typed(field, { parts: { width, height } }) {
    if (/^(x|y|width|height)$/.test(field.name)) this.frame.read();
    const keeps = this.field.querySelector("[data-keep]:checked");
    const ratio = { wide: height / width, high: width / height }[field.name];
    if (!keeps || !ratio) return;
    this.#side(field.name === "wide" ? "high" : "wide").value = String(Math.max(1, Math.round(number(field) * ratio)));
  }

  /** A number is chosen: show it as it is understood. @param {HTMLInputElement} field */
  chosen(field) {
    if (/^(x|y|width|height)$/.test(field.name)) this.frame.paint();
  }

  /** @param {string} name */
  #side(name) {
    return /** @type {HTMLInputElement} */ (this.field.querySelector(`[name="${name}"]`));
  }
}

/** @param {HTMLInputElement} field */
function number(field) {
  return Math.round(Number(field.value)) || 0;
}

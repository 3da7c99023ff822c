// The panels of crop and resize with their number fields, and the frame of a crop, drawn with the pointer.
import { tooLarge } from "./drawing-factory.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ x: number, y: number }} Position */

const SIDES = /** @type {const} */ (["x", "y", "width", "height"]);
/** The distance that grabs a corner, in pixels of the page. */
const REACH = 16;

/** The frame of a crop. */
class Frame {
  /** @type {Box} */
  box = { x: 0, y: 0, width: 1, height: 1 };
  #wide = 1;
  #high = 1;
  /** The effect of a moving pointer. @type {((position: Position) => void) | null} */
  #drag = null;

  /** @param {HTMLElement} frame @param {HTMLElement} panel the number fields */
  constructor(frame, panel) {
    this.frame = frame;
    this.fields = SIDES.map((side) => /** @type {HTMLInputElement} */ (panel.querySelector(`[name="${side}"]`)));
  }

  /** Begin with all of a drawing. @param {number} width @param {number} height */
  open(width, height) {
    [this.#wide, this.#high] = [width, height];
    this.box = { x: 0, y: 0, width, height };
    this.paint();
  }

  /** Whether the frame holds the whole drawing. */
  get whole() {
    return this.box.width === this.#wide && this.box.height === this.#high;
  }

  /** Read the number fields. */
  read() {
    const [x = 0, y = 0, width = 1, height = 1] = this.fields.map((field) => Math.round(Number(field.value)) || 0);
    const left = clamp(x, 0, this.#wide - 1);
    const top = clamp(y, 0, this.#high - 1);
    this.box = { x: left, y: top, width: clamp(width, 1, this.#wide - left), height: clamp(height, 1, this.#high - top) };
    this.#outline();
  }

  /** @param {Position} position @param {number} scale */
  begin(position, scale) {
    const { x, y, width, height } = this.box;
    const near = [x, x + width].flatMap((left) => [y, y + height].map((top) => ({ x: left, y: top })));
    const corner = near.find((at) => Math.hypot(at.x - position.x, at.y - position.y) * scale < REACH);
    const inside = position.x > x && position.x < x + width && position.y > y && position.y < y + height;
    if (corner) this.#span({ x: corner.x === x ? x + width : x, y: corner.y === y ? y + height : y });
    else if (inside && !this.whole) this.#move({ x: position.x - x, y: position.y - y });
    else this.#span(position);
  }

  /** @param {Position} position */
  to(position) {
    this.#drag?.(position);
    this.paint();
  }

  end() {
    this.#drag = null;
  }

  /** Resize from a fixed corner. @param {Position} corner */
  #span(corner) {
    const [x, y] = [clamp(Math.round(corner.x), 0, this.#wide), clamp(Math.round(corner.y), 0, this.#high)];
    this.#drag = (position) => {
      const [right, down] = [clamp(Math.round(position.x), 0, this.#wide), clamp(Math.round(position.y), 0, this.#high)];
      const [left, top] = [Math.min(x, right, this.#wide - 1), Math.min(y, down, this.#high - 1)];
      this.box = { x: left, y: top, width: Math.max(1, Math.abs(right - x)), height: Math.max(1, Math.abs(down - y)) };
    };
  }

  /** @param {Position} hold the grabbed point, relative to the corner */
  #move(hold) {
    this.#drag = ({ x, y }) => {
      const { width, height } = this.box;
      const left = clamp(Math.round(x - hold.x), 0, this.#wide - width);
      this.box = { x: left, y: clamp(Math.round(y - hold.y), 0, this.#high - height), width, height };
    };
  }

  paint() {
    this.fields.forEach((field, i) => (field.value = String(this.box[SIDES[i] ?? "x"])));
    this.#outline();
  }

  #outline() {
    const { x, y, width, height } = this.box;
    const percent = (/** @type {number} */ part, /** @type {number} */ all) => `${(100 * part) / all}%`;
    this.frame.style.left = percent(x, this.#wide);
    this.frame.style.top = percent(y, this.#high);
    this.frame.style.inlineSize = percent(width, this.#wide);
    this.frame.style.blockSize = percent(height, this.#high);
  }
}

/** @param {number} value @param {number} least @param {number} most */
function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

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

  /** Crop the drawing, and return whether it changed. @param {Drawing} drawing */
  crop(drawing) {
    if (this.frame.whole) return false;
    drawing.cut(this.frame.box);
    return true;
  }

  /** Resize the drawing, and return whether it changed; too large sizes throw `RangeError`. @param {Drawing} drawing */
  resize(drawing) {
    const { width, height } = drawing.parts;
    const wide = number(this.#side("wide"));
    const high = number(this.#side("high"));
    if (wide < 1 || high < 1 || (wide === width && high === height)) return false;
    if (tooLarge(wide, high)) throw new RangeError("too large");
    drawing.cut({ x: 0, y: 0, width, height }, wide, high);
    return true;
  }

  /** Read a typed number; the other side follows its ratio. @param {HTMLInputElement} field @param {Drawing} drawing */
  readNumber(field, { parts: { width, height } }) {
    if (/^(x|y|width|height)$/.test(field.name)) this.frame.read();
    const keeps = this.field.querySelector("[data-keep]:checked");
    const ratio = { wide: height / width, high: width / height }[field.name];
    if (!keeps || !ratio) return;
    this.#side(field.name === "wide" ? "high" : "wide").value = String(Math.max(1, Math.round(number(field) * ratio)));
  }

  /** Show a number as it was understood. @param {HTMLInputElement} field */
  showNumbers(field) {
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

// The frame of a crop: drawn with the pointer, or by its numbers.

/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ x: number, y: number }} Place */

const SIDES = /** @type {const} */ (["x", "y", "width", "height"]);
/** How near to a corner takes hold of it, in pixels of the page. */
const REACH = 16;

export class Frame {
  /** @type {Box} */
  box = { x: 0, y: 0, width: 1, height: 1 };
  #wide = 1;
  #high = 1;
  /** What a moving pointer does. @type {((place: Place) => void) | null} */
  #drag = null;

  /** @param {HTMLElement} frame @param {HTMLElement} panel has a number field for each of the four */
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

  /** Whether all of the drawing is in the frame. */
  get whole() {
    return this.box.width === this.#wide && this.box.height === this.#high;
  }

  /** Read the numbers. */
  read() {
    const [x = 0, y = 0, width = 1, height = 1] = this.fields.map((field) => Math.round(Number(field.value)) || 0);
    const left = clamp(x, 0, this.#wide - 1);
    const top = clamp(y, 0, this.#high - 1);
    this.box = { x: left, y: top, width: clamp(width, 1, this.#wide - left), height: clamp(height, 1, this.#high - top) };
    this.#outline();
  }

  /** @param {Place} place @param {number} scale */
  begin(place, scale) {
    const { x, y, width, height } = this.box;
    const near = [x, x + width].flatMap((left) => [y, y + height].map((top) => ({ x: left, y: top })));
    const corner = near.find((at) => Math.hypot(at.x - place.x, at.y - place.y) * scale < REACH);
    const inside = place.x > x && place.x < x + width && place.y > y && place.y < y + height;
    if (corner) this.#span({ x: corner.x === x ? x + width : x, y: corner.y === y ? y + height : y });
    else if (inside && !this.whole) this.#move({ x: place.x - x, y: place.y - y });
    else this.#span(place);
  }

  /** @param {Place} place */
  to(place) {
    this.#drag?.(place);
    this.paint();
  }

  end() {
    this.#drag = null;
  }

  /** Draw from a corner that stays. @param {Place} corner */
  #span(corner) {
    const [x, y] = [clamp(Math.round(corner.x), 0, this.#wide), clamp(Math.round(corner.y), 0, this.#high)];
    this.#drag = (place) => {
      const [right, down] = [clamp(Math.round(place.x), 0, this.#wide), clamp(Math.round(place.y), 0, this.#high)];
      const [left, top] = [Math.min(x, right, this.#wide - 1), Math.min(y, down, this.#high - 1)];
      this.box = { x: left, y: top, width: Math.max(1, Math.abs(right - x)), height: Math.max(1, Math.abs(down - y)) };
    };
  }

  /** @param {Place} hold where it is held, seen from its corner */
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

// A stroke: points that come one by one, drawn as a smooth line.

/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ x: number, y: number, size: number }} Point */

export class Stroke {
  /** @type {Point} */
  #last;
  /** Where the line that is drawn ends: half way to the last point. @type {Point} */
  #end;
  #left = Infinity;
  #top = Infinity;
  #right = -Infinity;
  #bottom = -Infinity;

  /** @param {CanvasRenderingContext2D} context @param {string} color @param {Point} start */
  constructor(context, color, start) {
    this.context = context;
    Object.assign(context, { fillStyle: color, strokeStyle: color, lineCap: "round", lineJoin: "round" });
    this.#last = this.#end = start;
    this.#reach(start);
    context.beginPath();
    context.arc(start.x, start.y, start.size / 2, 0, 2 * Math.PI);
    context.fill();
  }

  /** @param {Point} point */
  to(point) {
    const last = this.#last;
    const middle = { x: (last.x + point.x) / 2, y: (last.y + point.y) / 2, size: (last.size + point.size) / 2 };
    this.#line(last, middle);
    this.#reach(point);
    this.#last = point;
  }

  /** Draw to the last point. */
  finish() {
    this.#line(this.#last, this.#last);
  }

  /** What the stroke has touched of a canvas; null if nothing. @returns {Box | null} */
  get box() {
    const { width, height } = this.context.canvas;
    const [x, y] = [Math.max(0, Math.floor(this.#left)), Math.max(0, Math.floor(this.#top))];
    const wide = Math.min(width, Math.ceil(this.#right)) - x;
    const high = Math.min(height, Math.ceil(this.#bottom)) - y;
    return wide > 0 && high > 0 ? { x, y, width: wide, height: high } : null;
  }

  /** @param {Point} bend @param {Point} end */
  #line(bend, end) {
    const { context } = this;
    context.lineWidth = end.size;
    context.beginPath();
    context.moveTo(this.#end.x, this.#end.y);
    context.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
    context.stroke();
    this.#end = end;
  }

  /** A pixel more on each side is for the soft edge. @param {Point} point */
  #reach({ x, y, size }) {
    const by = size / 2 + 2;
    this.#left = Math.min(this.#left, x - by);
    this.#top = Math.min(this.#top, y - by);
    this.#right = Math.max(this.#right, x + by);
    this.#bottom = Math.max(this.#bottom, y + by);
  }
}

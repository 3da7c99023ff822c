// Strokes of brush and eraser on the active layer, one at a time.
import { blank, context2d, part } from "./surface.js";

/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ x: number, y: number, size: number }} Point */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {{ erases: boolean, color: string, opacity: number }} Tool */

export class StrokePainter {
  /** The canvas above the active layer: the stroke of a brush, or the copy of what an eraser changes. */
  scratch = blank(1, 1);
  /** @type {{ drawing: Drawing, tool: Tool, stroke: Stroke } | null} */
  #current = null;

  get busy() {
    return this.#current !== null;
  }

  /** @param {Drawing} drawing @param {Tool} tool @param {Point} point */
  begin(drawing, tool, point) {
    const { width, height, active } = drawing.parts;
    Object.assign(this.scratch, { width, height, hidden: tool.erases });
    this.scratch.style.opacity = String(tool.opacity);
    if (tool.erases) context2d(this.scratch).drawImage(active.canvas, 0, 0);
    const context = context2d(tool.erases ? active.canvas : this.scratch);
    context.globalCompositeOperation = tool.erases ? "destination-out" : "source-over";
    this.#current = { drawing, tool, stroke: new Stroke(context, tool.erases ? "#000" : tool.color, point) };
  }

  /** @param {Point} point */
  to(point) {
    this.#current?.stroke.to(point);
  }

  /** End the stroke, and return whether it painted anything. */
  end() {
    const current = this.#current;
    current?.stroke.finish();
    const box = current?.stroke.box;
    if (current && box) {
      const { canvas } = current.drawing.parts.active;
      const before = part(current.tool.erases ? this.scratch : canvas, box);
      if (!current.tool.erases) this.#blend(canvas, current.tool.opacity);
      current.drawing.recordPainting(box, before);
    }
    this.#reset();
    return Boolean(box);
  }

  /** Undo the current stroke. */
  cancel() {
    const { tool, drawing } = this.#current ?? {};
    if (tool?.erases && drawing) {
      const context = context2d(drawing.parts.active.canvas);
      context.globalCompositeOperation = "copy";
      context.drawImage(this.scratch, 0, 0);
    }
    this.#reset();
  }

  /** @param {HTMLCanvasElement} canvas @param {number} opacity */
  #blend(canvas, opacity) {
    const context = context2d(canvas);
    context.globalAlpha = opacity;
    context.drawImage(this.scratch, 0, 0);
    context.globalAlpha = 1;
  }

  #reset() {
    const { active } = this.#current?.drawing.parts ?? {};
    if (active) context2d(active.canvas).globalCompositeOperation = "source-over";
    this.scratch.hidden = false;
    context2d(this.scratch).clearRect(0, 0, this.scratch.width, this.scratch.height);
    this.#current = null;
  }
}

/** A smooth line through points, drawn as they come. */
class Stroke {
  /** @type {Point} */
  #last;
  /** The end of the line so far: half way to the last point. @type {Point} */
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

  /** The changed part of the canvas, or null. @returns {Box | null} */
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

  /** Extend the box by a point; the soft edge needs another pixel. @param {Point} point */
  #reach({ x, y, size }) {
    const by = size / 2 + 2;
    this.#left = Math.min(this.#left, x - by);
    this.#top = Math.min(this.#top, y - by);
    this.#right = Math.max(this.#right, x + by);
    this.#bottom = Math.max(this.#bottom, y + by);
  }
}

// What the hand does with the tool that it holds: paint a stroke on the active layer, or draw the frame of a crop.
import { say } from "../../wire.js";
import { blank, part, pen } from "./surface.js";

/** @typedef {import("./surface.js").Box} Box */
/** @typedef {{ x: number, y: number, size: number }} Point */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {{ erases: boolean, color: string, opacity: number }} Tool */
/** @typedef {import("./panels.js").Panels} Panels */
/** @typedef {import("./tools.js").Tools} Tools */
/** @typedef {import("./hand.js").View} View */
/** @typedef {{ drawing: Drawing, edited: () => void, tell: (words: string) => void }} Owner */

export class Task {
  easel = new Easel();

  /** @param {Owner} owner @param {Tools} tools @param {Panels} panels @param {View} view */
  constructor(owner, tools, panels, view) {
    this.owner = owner;
    this.tools = tools;
    this.panels = panels;
    this.view = view;
  }

  /** The width of a line, in pixels of the drawing. */
  get size() {
    return this.tools.paints ? this.tools.size : 0;
  }

  /** Whether there is anything to do. @param {Point} point */
  begin(point) {
    const { drawing } = this.owner;
    const { current, paints, tool } = this.tools;
    if (current === "crop") this.panels.frame.begin(point, this.view.scale);
    if (!paints) return current === "crop";
    const { active } = drawing.parts;
    if (active.visible) this.easel.begin(drawing, tool, point);
    else this.owner.tell(say("draw_hidden", { name: active.name }));
    return active.visible;
  }

  /** @param {Point} point */
  to(point) {
    if (this.easel.busy) this.easel.to(point);
    else this.panels.frame.to(point);
  }

  end() {
    this.panels.frame.end();
    if (this.easel.busy && this.easel.end()) this.owner.edited();
  }

  cancel() {
    this.panels.frame.end();
    if (this.easel.busy) this.easel.cancel();
  }

  /** Keys that work while the drawing has the focus. @param {KeyboardEvent} event */
  key(event) {
    const by = { "[": 1 / 1.2, "]": 1.2 }[event.key];
    if (by) this.tools.size = Math.max(this.tools.size * by, this.tools.size + Math.sign(by - 1));
  }

  /** @param {string} word */
  tell(word) {
    this.owner.tell(say(word));
  }
}

class Easel {
  /** Lies on the active layer: the brush paints here until the stroke is done; the eraser keeps here what was there. */
  scratch = blank(1, 1);
  /** @type {{ drawing: Drawing, tool: Tool, stroke: Stroke } | null} */
  #work = null;

  get busy() {
    return this.#work !== null;
  }

  /** @param {Drawing} drawing @param {Tool} tool @param {Point} point */
  begin(drawing, tool, point) {
    const { width, height, active } = drawing.parts;
    Object.assign(this.scratch, { width, height, hidden: tool.erases });
    this.scratch.style.opacity = String(tool.opacity);
    if (tool.erases) pen(this.scratch).drawImage(active.canvas, 0, 0);
    const context = pen(tool.erases ? active.canvas : this.scratch);
    context.globalCompositeOperation = tool.erases ? "destination-out" : "source-over";
    this.#work = { drawing, tool, stroke: new Stroke(context, tool.erases ? "#000" : tool.color, point) };
  }

  /** @param {Point} point */
  to(point) {
    this.#work?.stroke.to(point);
  }

  /** Whether anything was painted. */
  end() {
    const work = this.#work;
    work?.stroke.finish();
    const box = work?.stroke.box;
    if (work && box) {
      const { canvas } = work.drawing.parts.active;
      const before = part(work.tool.erases ? this.scratch : canvas, box);
      if (!work.tool.erases) this.#blend(canvas, work.tool.opacity);
      work.drawing.painted(box, before);
    }
    this.#leave();
    return Boolean(box);
  }

  /** Take back the stroke that is under way. */
  cancel() {
    const { tool, drawing } = this.#work ?? {};
    if (tool?.erases && drawing) {
      const context = pen(drawing.parts.active.canvas);
      context.globalCompositeOperation = "copy";
      context.drawImage(this.scratch, 0, 0);
    }
    this.#leave();
  }

  /** @param {HTMLCanvasElement} canvas @param {number} opacity */
  #blend(canvas, opacity) {
    const context = pen(canvas);
    context.globalAlpha = opacity;
    context.drawImage(this.scratch, 0, 0);
    context.globalAlpha = 1;
  }

  #leave() {
    const { active } = this.#work?.drawing.parts ?? {};
    if (active) pen(active.canvas).globalCompositeOperation = "source-over";
    this.scratch.hidden = false;
    pen(this.scratch).clearRect(0, 0, this.scratch.width, this.scratch.height);
    this.#work = null;
  }
}

/** Points that come one by one, drawn as a smooth line. */
class Stroke {
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

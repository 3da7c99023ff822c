// Paints strokes on the active layer of a drawing.
import { blank, part, pen } from "./surface.js";
import { Stroke } from "./stroke.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./stroke.js").Point} Point */
/** @typedef {{ erases: boolean, color: string, opacity: number }} Tool */

export class Easel {
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

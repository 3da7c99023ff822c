// The task of the pointer with the current tool: a stroke on the active layer, or the frame of a crop.
import { say } from "../../wire.js";
import { StrokePainter } from "./stroke.js";

/** @typedef {import("./stroke.js").Point} Point */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./panels.js").Panels} Panels */
/** @typedef {import("./tools.js").Tools} Tools */
/** @typedef {import("./viewport.js").Viewport} Viewport */
/** @typedef {{ drawing: Drawing, edited: () => void, tell: (message: string) => void }} Owner */

/** Paints or crops where the pointer goes. */
export class PointerTask {
  painter = new StrokePainter();

  /** @param {Owner} owner @param {Tools} tools @param {Panels} panels @param {Viewport} viewport */
  constructor(owner, tools, panels, viewport) {
    this.owner = owner;
    this.tools = tools;
    this.panels = panels;
    this.viewport = viewport;
  }

  /** The width of a line, in pixels of the drawing. */
  get size() {
    return this.tools.paints ? this.tools.size : 0;
  }

  /** Begin, and return whether the tool has an effect. @param {Point} point */
  begin(point) {
    const { drawing } = this.owner;
    const { current, paints, tool } = this.tools;
    if (current === "crop") this.panels.frame.begin(point, this.viewport.scale);
    if (!paints) return current === "crop";
    const { active } = drawing.parts;
    if (active.visible) this.painter.begin(drawing, tool, point);
    else this.owner.tell(say("draw_hidden", { name: active.name }));
    return active.visible;
  }

  /** @param {Point} point */
  to(point) {
    if (this.painter.busy) this.painter.to(point);
    else this.panels.frame.to(point);
  }

  end() {
    this.panels.frame.end();
    if (this.painter.busy && this.painter.end()) this.owner.edited();
  }

  cancel() {
    this.panels.frame.end();
    if (this.painter.busy) this.painter.cancel();
  }

  /** Handle a key of the focused drawing. @param {KeyboardEvent} event */
  key(event) {
    const by = { "[": 1 / 1.2, "]": 1.2 }[event.key];
    if (by) this.tools.size = Math.max(this.tools.size * by, this.tools.size + Math.sign(by - 1));
  }

  /** @param {string} key the key of a message */
  tell(key) {
    this.owner.tell(say(key));
  }
}

// What the hand does with the tool that it holds: paint a stroke, or draw the frame of a crop.
import { say } from "../../wire.js";
import { Easel } from "./easel.js";

/** @typedef {import("./stroke.js").Point} Point */
/** @typedef {import("./panels.js").Panels} Panels */
/** @typedef {import("./tools.js").Tools} Tools */
/** @typedef {import("./view.js").View} View */
/** @typedef {{ drawing: import("./drawing.js").Drawing, edited: () => void, tell: (words: string) => void }} Owner */

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

// The pointer on the drawing: a mouse, a finger, a pen, or the arrow keys; and its effect with the current tool.
import { say } from "../../wire.js";
import { StrokePainter } from "./stroke.js";

/** @typedef {{ x: number, y: number }} Position */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./panels.js").Panels} Panels */
/** @typedef {import("./stroke.js").Point} Point */
/** @typedef {import("./tools.js").Tools} Tools */
/** @typedef {import("./viewport.js").Viewport} Viewport */
/** @typedef {{ drawing: Drawing, edited: () => void, tell: (message: string) => void }} Owner */

const EVENTS = ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "keydown", "focus", "blur", "wheel"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** The step of an arrow key, in pixels of the page. */
const STEP = 8;

export class Pointer {
  /** The pointer that draws. @type {number | null} */
  #pointer = null;
  /** Whether the keyboard draws. */
  #down = false;
  /** @type {Position} */
  #position = { x: 0, y: 0 };
  #wide = 1;
  #high = 1;

  /** @param {Viewport} viewport @param {HTMLElement} ring the position and size of the pen @param {PointerTask} task */
  constructor(viewport, ring, task) {
    this.viewport = viewport;
    this.ring = ring;
    this.task = task;
  }

  connect() {
    for (const type of EVENTS) this.viewport.sheet.addEventListener(type, this, { passive: false });
  }

  disconnect() {
    for (const type of EVENTS) this.viewport.sheet.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof PointerEvent) this.#point(event);
    else if (event instanceof KeyboardEvent) this.#press(event);
    else if (event instanceof WheelEvent) this.#wheel(event);
    else if (event.type === "focus") this.#focus();
    else this.lift();
  }

  /** Begin in the middle of a drawing. @param {number} width @param {number} height */
  center(width, height) {
    [this.#wide, this.#high] = [width, height];
    this.#position = { x: Math.round(width / 2), y: Math.round(height / 2) };
  }

  /** End the current stroke. */
  lift() {
    if (this.#pointer !== null || this.#down) this.task.end();
    this.#pointer = null;
    this.#down = false;
    this.#show(false);
  }

  /** Move the ring to the pen. */
  moveRing() {
    const { scale } = this.viewport;
    this.ring.style.inlineSize = this.ring.style.blockSize = `${Math.max(4, this.task.size * scale)}px`;
    this.ring.style.left = `${this.#position.x * scale}px`;
    this.ring.style.top = `${this.#position.y * scale}px`;
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (this.viewport.pinches(event)) return this.#cancel();
    if (event.type === "pointerdown") this.#begin(event);
    else if (event.type === "pointermove") this.#move(event);
    else if (event.pointerId === this.#pointer && event.type !== "pointerleave") this.#end(event);
    else this.#show(false);
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0 || this.#pointer !== null) return;
    this.lift();
    this.viewport.sheet.setPointerCapture(event.pointerId);
    if (this.task.begin(this.#at(event))) this.#pointer = event.pointerId;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    this.#position = this.viewport.at(event);
    if (event.pointerType === "mouse") this.#show(true);
    if (event.pointerId !== this.#pointer) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) this.task.to(this.#at(each));
  }

  /** @param {PointerEvent} event */
  #end(event) {
    this.#pointer = null;
    if (event.type === "pointercancel") this.task.cancel();
    else this.task.end();
  }

  #cancel() {
    if (this.#pointer !== null) this.task.cancel();
    this.#pointer = null;
  }

  /** Return the point of an event; a pen pressed harder paints a wider line. @param {PointerEvent} event @returns {Point} */
  #at(event) {
    const pressure = event.pointerType === "pen" && event.pressure ? 0.4 + 1.2 * event.pressure : 1;
    return { ...this.viewport.at(event), size: this.task.size * pressure };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow) this.#step(arrow, event.shiftKey);
    else if (event.key === " ") this.#toggle(event.repeat);
    else return this.task.key(event);
    event.preventDefault();
  }

  /** @param {number[]} arrow @param {boolean} finely */
  #step([right = 0, down = 0], finely) {
    const by = finely ? 1 : Math.max(1, Math.round(STEP / this.viewport.scale));
    const { x, y } = this.#position;
    this.#position = { x: within(x + right * by, this.#wide), y: within(y + down * by, this.#high) };
    if (this.#down) this.task.to({ ...this.#position, size: this.task.size });
    this.viewport.reveal(this.#position);
    this.#show(true);
  }

  /** @param {boolean} again */
  #toggle(again) {
    if (again) return;
    if (this.#down) this.lift();
    else this.#down = this.task.begin({ ...this.#position, size: this.task.size });
    this.#show(true);
    this.task.tell(this.#down ? "draw_pen_down" : "draw_pen_up");
  }

  #focus() {
    const visible = this.viewport.sheet.matches(":focus-visible");
    const { x, y } = this.#position;
    if (visible) this.#position = { x: within(x, this.#wide), y: within(y, this.#high) };
    this.#show(visible);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.viewport.zoom(Math.exp(-event.deltaY / 300), event);
  }

  /** @param {boolean} visible */
  #show(visible) {
    this.ring.hidden = !visible || !this.task.size;
    if (visible) this.moveRing();
  }
}

/** @param {number} value @param {number} limit */
function within(value, limit) {
  return Math.round(Math.min(Math.max(value, 0), limit));
}

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

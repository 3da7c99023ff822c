// The hand that draws: a mouse, a finger, a pen, or the keyboard.

/** @typedef {import("./view.js").View} View */
/** @typedef {{ x: number, y: number }} Place */
/** @typedef {import("./stroke.js").Point} Point */
/**
 * What the hand does: `begin` says whether it may.
 * @typedef {{ size: number, begin: (point: Point) => boolean, to: (point: Point) => void, end: () => void, cancel: () => void,
 *   key: (event: KeyboardEvent) => void, tell: (word: string) => void }} Task
 */

const EVENTS = ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "keydown", "focus", "blur", "wheel"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How far an arrow key goes, in pixels of the page. */
const STEP = 8;

export class Hand {
  /** The pointer that draws. @type {number | null} */
  #pointer = null;
  /** Whether the keyboard's pen is on the paper. */
  #down = false;
  /** @type {Place} */
  #place = { x: 0, y: 0 };
  #wide = 1;
  #high = 1;

  /** @param {View} view @param {HTMLElement} ring shows where the pen is, and its size @param {Task} task */
  constructor(view, ring, task) {
    this.view = view;
    this.ring = ring;
    this.task = task;
  }

  connect() {
    for (const type of EVENTS) this.view.sheet.addEventListener(type, this, { passive: false });
  }

  disconnect() {
    for (const type of EVENTS) this.view.sheet.removeEventListener(type, this);
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
    this.#place = { x: Math.round(width / 2), y: Math.round(height / 2) };
  }

  /** End the stroke that is under way. */
  lift() {
    if (this.#pointer !== null || this.#down) this.task.end();
    this.#pointer = null;
    this.#down = false;
    this.#show(false);
  }

  /** Bring the ring to where the pen is. */
  mark() {
    const { scale } = this.view;
    this.ring.style.inlineSize = this.ring.style.blockSize = `${Math.max(4, this.task.size * scale)}px`;
    this.ring.style.left = `${this.#place.x * scale}px`;
    this.ring.style.top = `${this.#place.y * scale}px`;
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (this.view.pinches(event)) return this.#cancel();
    if (event.type === "pointerdown") this.#begin(event);
    else if (event.type === "pointermove") this.#move(event);
    else if (event.pointerId === this.#pointer && event.type !== "pointerleave") this.#end(event);
    else this.#show(false);
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0 || this.#pointer !== null) return;
    this.lift();
    this.view.sheet.setPointerCapture(event.pointerId);
    if (this.task.begin(this.#at(event))) this.#pointer = event.pointerId;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    this.#place = this.view.at(event);
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

  /** A pen that is pressed harder paints a wider line. @param {PointerEvent} event @returns {Point} */
  #at(event) {
    const pressure = event.pointerType === "pen" && event.pressure ? 0.4 + 1.2 * event.pressure : 1;
    return { ...this.view.at(event), size: this.task.size * pressure };
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
    const by = finely ? 1 : Math.max(1, Math.round(STEP / this.view.scale));
    const { x, y } = this.#place;
    this.#place = { x: within(x + right * by, this.#wide), y: within(y + down * by, this.#high) };
    if (this.#down) this.task.to({ ...this.#place, size: this.task.size });
    this.view.reveal(this.#place);
    this.#show(true);
  }

  /** @param {boolean} again */
  #toggle(again) {
    if (again) return;
    if (this.#down) this.lift();
    else this.#down = this.task.begin({ ...this.#place, size: this.task.size });
    this.#show(true);
    this.task.tell(this.#down ? "draw_pen_down" : "draw_pen_up");
  }

  #focus() {
    const seen = this.view.sheet.matches(":focus-visible");
    const { x, y } = this.#place;
    if (seen) this.#place = { x: within(x, this.#wide), y: within(y, this.#high) };
    this.#show(seen);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.view.zoom(Math.exp(-event.deltaY / 300), event);
  }

  /** @param {boolean} seen */
  #show(seen) {
    this.ring.hidden = !seen || !this.task.size;
    if (seen) this.mark();
  }
}

/** @param {number} value @param {number} limit */
function within(value, limit) {
  return Math.round(Math.min(Math.max(value, 0), limit));
}

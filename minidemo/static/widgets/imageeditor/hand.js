// The hand that draws, with a mouse, a finger, a pen or the keyboard; and the window through which it sees the drawing.

/** @typedef {{ x: number, y: number }} Place */
/** @typedef {import("./easel.js").Point} Point */
/**
 * What the hand does: `begin` says whether it may.
 * @typedef {{ size: number, begin: (point: Point) => boolean, to: (point: Point) => void, end: () => void, cancel: () => void,
 *   key: (event: KeyboardEvent) => void, tell: (word: string) => void }} Task
 */

const SMALLEST = 0.05;
const LARGEST = 32;
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

/** How the drawing lies in its window: fitted into it, or larger, with scroll bars. */
export class View {
  /** Pixels of the page for one of the drawing. */
  scale = 1;
  #fits = true;
  #width = 1;
  #height = 1;
  /** The fingers on the drawing. @type {Map<number, PointerEvent>} */
  #fingers = new Map();

  /** @param {HTMLElement} pane what scrolls @param {HTMLElement} sheet what lies in it @param {() => void} changed */
  constructor(pane, sheet, changed) {
    this.pane = pane;
    this.sheet = sheet;
    this.changed = changed;
    this.observer = new ResizeObserver(() => this.#fits && this.fit());
  }

  connect() {
    this.observer.observe(this.pane);
  }

  disconnect() {
    this.observer.disconnect();
  }

  /** Fit a drawing, if it is of another size than that before. @param {number} width @param {number} height */
  hold(width, height) {
    if (width === this.#width && height === this.#height) return false;
    [this.#width, this.#height] = [width, height];
    this.fit();
    return true;
  }

  fit() {
    this.#fits = true;
    const { clientWidth, clientHeight } = this.pane;
    this.#set(Math.min(clientWidth / this.#width, clientHeight / this.#height) || 1);
  }

  /** Enlarge by a factor; what lies at a point of the screen, or in the middle, stays there. @param {number} by @param {{ clientX: number, clientY: number }} [at] */
  zoom(by, at) {
    const box = this.pane.getBoundingClientRect();
    const { clientX, clientY } = at ?? { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
    const before = this.at({ clientX, clientY });
    this.#fits = false;
    this.#set(this.scale * by);
    const after = this.sheet.getBoundingClientRect();
    this.pane.scrollLeft += after.left + before.x * this.scale - clientX;
    this.pane.scrollTop += after.top + before.y * this.scale - clientY;
  }

  /** The place on the drawing. @param {{ clientX: number, clientY: number }} event */
  at({ clientX, clientY }) {
    const { left, top } = this.sheet.getBoundingClientRect();
    return { x: (clientX - left) / this.scale, y: (clientY - top) / this.scale };
  }

  /** Keep a place in sight. @param {{ x: number, y: number }} place */
  reveal({ x, y }) {
    const { left, top, width, height } = this.pane.getBoundingClientRect();
    const sheet = this.sheet.getBoundingClientRect();
    const [right, down] = [sheet.left + x * this.scale - left, sheet.top + y * this.scale - top];
    if (right < 0 || right > width) this.pane.scrollLeft += right - width / 2;
    if (down < 0 || down > height) this.pane.scrollTop += down - height / 2;
  }

  /** Two fingers move and enlarge; whether this event is theirs. @param {PointerEvent} event */
  pinches(event) {
    if (event.pointerType !== "touch") return false;
    const before = [...this.#fingers.values()];
    if (/pointer(down|move)/.test(event.type)) this.#fingers.set(event.pointerId, event);
    else this.#fingers.delete(event.pointerId);
    const after = [...this.#fingers.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
    if (event.type === "pointermove" && a && b && c && d) this.#pinch(a, b, c, d);
    return before.length > 1 || after.length > 1;
  }

  /** @param {PointerEvent} a @param {PointerEvent} b @param {PointerEvent} c @param {PointerEvent} d */
  #pinch(a, b, c, d) {
    const [from, to] = [middle(a, b), middle(c, d)];
    this.zoom(distance(c, d) / (distance(a, b) || 1), from);
    this.pane.scrollLeft -= to.clientX - from.clientX;
    this.pane.scrollTop -= to.clientY - from.clientY;
  }

  /** @param {number} scale */
  #set(scale) {
    this.scale = Math.min(Math.max(scale, SMALLEST), LARGEST);
    this.sheet.style.inlineSize = `${this.#width * this.scale}px`;
    this.sheet.style.blockSize = `${this.#height * this.scale}px`;
    this.sheet.toggleAttribute("data-large", this.scale >= 3);
    this.changed();
  }
}

/** @param {PointerEvent} one @param {PointerEvent} other */
function middle(one, other) {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
}

/** @param {PointerEvent} one @param {PointerEvent} other */
function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}

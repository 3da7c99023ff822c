// The viewport of the editor: the part of the drawing that is visible, and its scale.

const SMALLEST = 0.05;
const LARGEST = 32;

export class Viewport {
  /** Pixels of the page for one of the drawing. */
  scale = 1;
  #fits = true;
  #width = 1;
  #height = 1;
  /** The fingers on the drawing by pointer. @type {Map<number, PointerEvent>} */
  #fingers = new Map();

  /** @param {HTMLElement} pane the scroll container @param {HTMLElement} sheet its content @param {() => void} changed */
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

  /** Fit a drawing of another size, and return whether it is one. @param {number} width @param {number} height */
  resize(width, height) {
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

  /** Zoom by a factor around a point of the screen, or the middle. @param {number} by @param {{ clientX: number, clientY: number }} [at] */
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

  /** Return the position on the drawing. @param {{ clientX: number, clientY: number }} event */
  at({ clientX, clientY }) {
    const { left, top } = this.sheet.getBoundingClientRect();
    return { x: (clientX - left) / this.scale, y: (clientY - top) / this.scale };
  }

  /** Scroll to a position. @param {{ x: number, y: number }} position */
  reveal({ x, y }) {
    const { left, top, width, height } = this.pane.getBoundingClientRect();
    const sheet = this.sheet.getBoundingClientRect();
    const [right, down] = [sheet.left + x * this.scale - left, sheet.top + y * this.scale - top];
    if (right < 0 || right > width) this.pane.scrollLeft += right - width / 2;
    if (down < 0 || down > height) this.pane.scrollTop += down - height / 2;
  }

  /** Move and zoom with two fingers, and return whether the event is theirs. @param {PointerEvent} event */
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

// A camera that goes around a model: where it stands, and how pointers, the wheel and keys move it.

/** @typedef {{ alpha: number | null, beta: number | null, radius: number | null }} Start angles in degrees */

const DEGREES = Math.PI / 180;
const FIELD = 40 * DEGREES;
const TURN = 12 * DEGREES;
/** How far from straight above and below the camera stays, that up stays up. */
const POLE = 0.02;
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

export class Camera {
  /** @type {[number, number, number]} */
  #centre = [0, 0, 0];
  #size = 1;
  #alpha = 0;
  #beta = 0;
  #radius = 1;
  /** @type {Map<number, PointerEvent>} */
  #pointers = new Map();

  /** @param {Start} start @param {{ zoom: number, pan: number }} speed @param {() => void} moved */
  constructor(start, speed, moved) {
    this.start = start;
    this.speed = speed;
    this.moved = moved;
    this.bounds = { centre: /** @type {[number, number, number]} */ ([0, 0, 0]), size: 1 };
  }

  /** Look at the whole of a model, from where the author said. */
  reset() {
    const { alpha, beta, radius } = this.start;
    this.#centre = [...this.bounds.centre];
    this.#size = this.bounds.size || 1;
    this.#alpha = (alpha ?? 60) * DEGREES;
    this.#beta = Math.min(Math.max((beta ?? 70) * DEGREES, POLE), Math.PI - POLE);
    this.#radius = radius || (1.05 * this.#size) / Math.sin(FIELD / 2);
    this.moved();
  }

  /** @param {number} dx @param {number} dy in radians */
  turn(dx, dy) {
    this.#alpha += dx;
    this.#beta = Math.min(Math.max(this.#beta + dy, POLE), Math.PI - POLE);
    this.moved();
  }

  /** @param {number} factor above 1 to go away */
  zoom(factor) {
    const next = this.#radius * factor ** this.speed.zoom;
    this.#radius = Math.min(Math.max(next, this.#size / 1000), this.#size * 1000);
    this.moved();
  }

  /** Move what is looked at, in parts of what is seen. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    const { right, up } = this.axes();
    const scale = 2 * this.#radius * Math.tan(FIELD / 2) * this.speed.pan;
    this.#centre = /** @type {[number, number, number]} */ (this.#centre.map((part, i) => part - scale * (dx * (right[i] ?? 0) - dy * (up[i] ?? 0))));
    this.moved();
  }

  axes() {
    const [sinA, cosA, sinB, cosB] = [Math.sin(this.#alpha), Math.cos(this.#alpha), Math.sin(this.#beta), Math.cos(this.#beta)];
    const back = [cosA * sinB, cosB, sinA * sinB];
    return { back, right: [sinA, 0, -cosA], up: [-cosA * cosB, sinB, -sinA * cosB] };
  }

  /** What turns the world into what is seen, and where the eye is. @param {number} aspect */
  view(aspect) {
    const { back, right, up } = this.axes();
    const eye = this.#centre.map((part, i) => part + this.#radius * (back[i] ?? 0));
    const dot = (/** @type {number[]} */ axis) => -eye.reduce((sum, part, i) => sum + part * (axis[i] ?? 0), 0);
    const rows = [right, up, back];
    const look = [0, 1, 2].flatMap((i) => [...rows.map((row) => row[i] ?? 0), 0]).concat(rows.map(dot), 1);
    const far = this.#radius + 4 * this.#size + 1e-6;
    const near = Math.max(far / 10_000, this.#radius - 4 * this.#size);
    const scale = 1 / Math.tan(FIELD / 2) / Math.max(1, 1 / aspect);
    const lens = [scale / aspect, 0, 0, 0, 0, scale, 0, 0, 0, 0, (near + far) / (near - far), -1, 0, 0, (2 * near * far) / (near - far), 0];
    return { look, lens, eye };
  }

  /** Follow what a visitor does on an element; give back how to stop that. @param {HTMLElement} element */
  follow(element) {
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("pointerdown", (event) => this.press(event, element), { signal });
    element.addEventListener("pointermove", (event) => this.drag(event, element), { signal });
    for (const type of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
      element.addEventListener(type, ({ pointerId }) => this.#pointers.delete(pointerId), { signal });
    }
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    element.addEventListener("wheel", (event) => this.roll(event, element), { signal, passive: false });
    element.addEventListener("keydown", (event) => this.key(event), { signal });
    return () => stop.abort();
  }

  /** @param {PointerEvent} event @param {HTMLElement} element */
  press(event, element) {
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, event);
  }

  /** One finger or button turns; two fingers, another button or Shift move; two fingers also zoom. @param {PointerEvent} event @param {HTMLElement} element */
  drag(event, element) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [(event.clientX - before.clientX) / element.clientHeight, (event.clientY - before.clientY) / element.clientHeight];
    const other = [...this.#pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    this.#pointers.set(event.pointerId, event);
    if (other) {
      const gap = (/** @type {PointerEvent} */ one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      this.pan(dx / 2, dy / 2);
      this.zoom(gap(before) / gap(event));
    } else if (event.shiftKey || event.buttons > 1) this.pan(dx, dy);
    else this.turn(Math.PI * dx, -Math.PI * dy);
  }

  /** The wheel zooms where the focus is, and else scrolls the page. @param {WheelEvent} event @param {HTMLElement} element */
  roll(event, element) {
    if (document.activeElement !== element && !event.ctrlKey) return;
    event.preventDefault();
    this.zoom(1.0015 ** (event.deltaMode ? 16 * event.deltaY : event.deltaY));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [dx, dy] = KEYS[event.key] ?? [0, 0];
    if (dx || dy) event.shiftKey ? this.pan(-0.1 * dx, -0.1 * dy) : this.turn(TURN * dx, -TURN * dy);
    else if (event.key === "+" || event.key === "=") this.zoom(0.8);
    else if (event.key === "-") this.zoom(1.25);
    else if (event.key === "0" || event.key === "Home") this.reset();
    else return;
    event.preventDefault();
  }
}

// Draws a sound on a canvas: a bar for each piece of it, those that were played in the accent colour.

const BAR = 3;
const GAP = 1;
const MOST = 1200;

/** The loudest sample of each piece of a sound, where the loudest of all is 1: also a whisper can be seen. @param {AudioBuffer} sound @returns {number[]} */
export function peaks(sound) {
  const many = Math.min(MOST, sound.length);
  const samples = sound.getChannelData(0);
  const size = sound.length / many;
  const step = Math.max(1, Math.floor(size / 400)); // the eye does not miss the others
  const levels = Array.from({ length: many }, (_, index) => {
    let peak = 0;
    const end = (index + 1) * size;
    for (let at = Math.floor(index * size); at < end; at += step) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const loudest = levels.reduce((a, b) => Math.max(a, b), 0) || 1;
  return levels.map((level) => level / loudest);
}

/** A canvas that shows levels from 0 to 1, and draws them anew when its size or the theme changes. */
export class Waveform {
  /** @type {number[]} */
  #levels = [];
  #played = 0;
  /** @type {[number, number]} */
  #kept = [0, 1];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.watchers = [new ResizeObserver(() => this.draw()), new MutationObserver(() => this.draw())];
  }

  watch() {
    this.scheme.addEventListener("change", this);
    /** @type {ResizeObserver} */ (this.watchers[0]).observe(this.canvas);
    /** @type {MutationObserver} */ (this.watchers[1]).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  leave() {
    this.scheme.removeEventListener("change", this);
    for (const watcher of this.watchers) watcher.disconnect();
  }

  handleEvent() {
    this.draw();
  }

  /** @param {number[]} levels */
  show(levels) {
    this.#levels = levels;
    this.#kept = [0, 1];
    this.#played = 0;
    this.draw();
  }

  /** Show a recording that goes on: the latest levels, from the left until the canvas is full. @param {number[]} levels */
  follow(levels) {
    const room = Math.floor(this.canvas.clientWidth / (BAR + GAP)) || 1;
    const latest = levels.slice(-room);
    this.show([...latest, ...new Array(room - latest.length).fill(0)]);
  }

  /** How much was played, from 0 to 1. @param {number} share */
  play(share) {
    this.#played = share;
    this.draw();
  }

  /** What will be kept, from 0 to 1. @param {number} start @param {number} end */
  keep(start, end) {
    this.#kept = [start, end];
    this.draw();
  }

  draw() {
    const { canvas } = this;
    const pen = canvas.getContext("2d");
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!pen || !width) return;
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    pen.scale(devicePixelRatio, devicePixelRatio);
    const { color, caretColor, columnRuleColor } = getComputedStyle(canvas);
    const [start, end] = this.#kept;
    if (start > 0 || end < 1) {
      pen.fillStyle = columnRuleColor;
      pen.fillRect(start * width, 0, (end - start) * width, height);
    }
    const bars = this.#levels.length ? Math.floor(width / (BAR + GAP)) : 0;
    for (let index = 0; index < bars; index++) {
      const place = (index + 0.5) / bars;
      const loud = Math.max(2, this.level(index / bars, (index + 1) / bars) * (height - 4));
      pen.globalAlpha = place < start || place > end ? 0.3 : 1;
      pen.fillStyle = place < this.#played ? caretColor : color;
      pen.fillRect((index * width) / bars, (height - loud) / 2, BAR, loud);
    }
  }

  /** The loudest level between two places from 0 to 1. @param {number} from @param {number} to */
  level(from, to) {
    const levels = this.#levels;
    const first = Math.floor(from * levels.length);
    return Math.min(1, levels.slice(first, Math.max(first + 1, Math.floor(to * levels.length))).reduce((a, b) => Math.max(a, b), 0));
  }
}

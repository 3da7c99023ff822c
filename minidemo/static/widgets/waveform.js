// The waveform of a sound: one bar for each piece, played ones in the accent colour.

const BARS = 128;

/** The loudest sample of each piece, where the loudest of all is 1: also a whisper can be seen. @param {AudioBuffer} sound */
export function peaks(sound) {
  const samples = sound.getChannelData(0);
  const levels = new Array(BARS).fill(0);
  const step = Math.ceil(samples.length / 100_000); // the eye does not miss the others
  for (let at = 0; at < samples.length; at += step) {
    const piece = Math.floor((at / samples.length) * BARS);
    levels[piece] = Math.max(levels[piece], Math.abs(samples[at] ?? 0));
  }
  const loudest = Math.max(...levels) || 1;
  return levels.map((level) => level / loudest);
}

/** Shows levels from 0 to 1, and draws them anew when the size or the theme changes. */
export class Waveform {
  /** @type {number[]} */
  levels = [];
  /** The played part and the selection, from 0 to 1. */
  played = 0;
  kept = [0, 1];
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #size = new ResizeObserver(() => this.show());
  #theme = new MutationObserver(() => this.show());

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.#size.observe(canvas);
    this.#theme.observe(document.documentElement, { attributes: true });
    this.#dark.onchange = () => this.show();
  }

  leave() {
    this.#size.disconnect();
    this.#theme.disconnect();
    this.#dark.onchange = null;
  }

  /** Show a recording that goes on: its latest levels. @param {number[]} levels */
  follow(levels) {
    const latest = levels.slice(-BARS);
    this.show({ levels: [...latest, ...new Array(BARS - latest.length).fill(0)] });
  }

  /** @param {{ levels?: number[], played?: number, kept?: number[] }} [change] */
  show(change) {
    const { canvas, levels, played, kept } = Object.assign(this, change);
    const pen = canvas.getContext("2d");
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!pen) return;
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    pen.scale(devicePixelRatio, devicePixelRatio);
    const { color, caretColor, columnRuleColor } = getComputedStyle(canvas);
    const [start = 0, end = 1] = kept;
    pen.fillStyle = columnRuleColor;
    if (end - start < 1) pen.fillRect(start * width, 0, (end - start) * width, height);
    levels.forEach((level, index) => {
      const place = index / levels.length;
      const loud = Math.max(2, level * (height - 4));
      pen.globalAlpha = place < start || place >= end ? 0.3 : 1;
      pen.fillStyle = place < played ? caretColor : color;
      pen.fillRect(place * width, (height - loud) / 2, (0.7 * width) / levels.length, loud);
    });
  }
}

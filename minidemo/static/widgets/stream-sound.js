// The sound of a microphone in consecutive pieces.
import { record } from "./recorder.js";
import { clock as time, encode } from "./sound.js";
import { Waveform } from "./waveform.js";

/** Seconds that are stored for a slow function; older sound is dropped. */
const MOST = 30;

/**
 * @param {{ rate: number | undefined, canvas: HTMLCanvasElement, clock: HTMLElement }} shown
 * @returns {Promise<import("./stream.js").Source>}
 */
export async function open({ rate: wished, canvas, clock }) {
  /** @type {number[]} */
  const levels = [];
  let heard = () => {};
  const wave = new Waveform(canvas);
  const { pieces, rate, leave } = await record(wished, (level, seconds) => {
    levels.push(level);
    if (levels.length > 128) levels.shift();
    if (pieces.length * (pieces[0]?.length ?? 0) > MOST * rate) pieces.shift();
    wave.follow(levels);
    clock.textContent = time(seconds);
    heard();
  }).catch((error) => {
    wave.leave();
    throw error;
  });
  const source = {
    on: true,
    get rest() {
      return pieces.length > 0;
    },
    take: async () => {
      while (source.on && !pieces.length) await new Promise((/** @type {(_: void) => void} */ resolve) => (heard = resolve));
      const samples = new Float32Array(await new Blob(pieces.splice(0)).arrayBuffer());
      return samples.length ? encode([samples], rate, "stream") : null;
    },
    leave: () => {
      source.on = false;
      leave();
      wave.show({ levels: [] });
      wave.leave();
      heard();
    },
  };
  return source;
}

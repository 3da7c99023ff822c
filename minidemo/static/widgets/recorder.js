// Records the microphone as it is, without a codec in between, and makes a WAV file of it.
import { encode } from "./sound.js";

/** A recording that is under way. `heard` is told the level of each piece and how many seconds there are. */
export class Recorder {
  /** @type {Float32Array[]} */
  #pieces = [];
  #samples = 0;

  /**
   * @param {MediaStream} stream
   * @param {AudioContext} context
   * @param {(level: number, seconds: number) => void} heard
   */
  constructor(stream, context, heard) {
    this.stream = stream;
    this.context = context;
    this.heard = heard;
  }

  /**
   * Ask for the microphone, and begin.
   * @param {number | undefined} rate
   * @param {(level: number, seconds: number) => void} heard
   */
  static async start(rate, heard) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [context, source] = join(stream, rate);
    const recorder = new Recorder(stream, context, heard);
    try {
      await context.audioWorklet.addModule(new URL("./recorder-worklet.js", import.meta.url));
      const options = /** @type {const} */ ({ channelCount: 1, channelCountMode: "explicit", numberOfOutputs: 0 });
      const node = new AudioWorkletNode(context, "mini-recorder", options);
      node.port.onmessage = ({ data }) => recorder.take(data);
      source.connect(node);
      await context.resume();
      return recorder;
    } catch (error) {
      recorder.leave();
      throw error;
    }
  }

  /** @param {Float32Array} piece */
  take(piece) {
    this.#pieces.push(piece);
    this.#samples += piece.length;
    this.heard(piece.reduce((peak, level) => Math.max(peak, Math.abs(level)), 0), this.#samples / this.context.sampleRate);
  }

  /** Let go of the microphone. */
  leave() {
    for (const track of this.stream.getTracks()) track.stop();
    if (this.context.state !== "closed") this.context.close();
  }

  /** End, and make a file of what was heard. @param {number} longest in seconds */
  stop(longest) {
    this.leave();
    const rate = this.context.sampleRate;
    const samples = new Float32Array(Math.min(this.#samples, Math.floor(longest * rate)));
    let at = 0;
    for (const piece of this.#pieces) {
      samples.set(piece.subarray(0, samples.length - at), at);
      at = Math.min(at + piece.length, samples.length);
    }
    return new File([encode([samples], rate)], "recording.wav", { type: "audio/wav" });
  }
}

/** Some browsers join a microphone only to a context of its own rate. @param {MediaStream} stream @param {number | undefined} rate @returns {[AudioContext, AudioNode]} */
function join(stream, rate) {
  const wanted = new AudioContext(rate ? { sampleRate: rate } : {});
  try {
    return [wanted, wanted.createMediaStreamSource(stream)];
  } catch {
    wanted.close();
    const context = new AudioContext();
    return [context, context.createMediaStreamSource(stream)];
  }
}

// A recorder of the microphone, without a codec.
import { encode } from "./sound.js";

/** @typedef {{ stop: (longest: number) => Promise<File>, leave: () => void, pieces: Float32Array<ArrayBuffer>[], rate: number }} Recording */

/**
 * Ask for the microphone and begin; `heard` gets the level of each piece, and the seconds so far.
 * @param {number | undefined} rate
 * @param {(level: number, seconds: number) => void} heard
 * @returns {Promise<Recording>}
 */
export async function record(rate, heard) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const source = join(stream, rate);
  const context = /** @type {AudioContext} */ (source.context);
  const leave = () => {
    for (const track of stream.getTracks()) track.stop();
    context.close().catch(() => {}); // it may be closed already
  };
  /** @type {Float32Array<ArrayBuffer>[]} */
  const pieces = [];
  let many = 0;
  try {
    await context.audioWorklet.addModule(new URL("./recorder-worklet.js", import.meta.url));
    const node = new AudioWorkletNode(context, "recorder", { channelCount: 1, channelCountMode: "explicit", numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => {
      pieces.push(new Float32Array(data));
      many += data.length;
      heard(Math.max(...data.map(Math.abs)), many / context.sampleRate);
    };
    source.connect(node);
    await context.resume();
  } catch (error) {
    leave();
    throw error;
  }
  const stop = async (/** @type {number} */ longest) => {
    leave();
    const samples = new Float32Array(await new Blob(pieces).arrayBuffer());
    return encode([samples.subarray(0, longest * context.sampleRate)], context.sampleRate, "recording");
  };
  return { leave, stop, pieces, rate: context.sampleRate };
}

/** Connect the microphone; some browsers need a context with its rate. @param {MediaStream} stream @param {number} [rate] @returns {AudioNode} */
function join(stream, rate) {
  const context = new AudioContext(rate ? { sampleRate: rate } : {});
  try {
    return context.createMediaStreamSource(stream);
  } catch {
    context.close();
    return join(stream);
  }
}

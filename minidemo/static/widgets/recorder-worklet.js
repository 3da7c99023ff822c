// The audio worklet that hands the samples of the microphone to the page.

const { AudioWorkletProcessor, registerProcessor } = /** @type {any} */ (globalThis);
/** @type {number[]} */
const heard = [];

class Recorder extends AudioWorkletProcessor {
  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    heard.push(...(inputs[0]?.[0] ?? []));
    if (heard.length > 999) this.port.postMessage(heard.splice(0));
    return true;
  }
}

registerProcessor("recorder", Recorder);

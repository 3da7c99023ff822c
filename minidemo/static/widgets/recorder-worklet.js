// Hands the samples of the microphone to the page, a few at a time; it runs beside the page, so that none gets lost.

const SAMPLES = 1024;
const { AudioWorkletProcessor, registerProcessor } = /** @type {any} */ (globalThis);

class Recorder extends AudioWorkletProcessor {
  #block = new Float32Array(SAMPLES);
  #many = 0;

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const samples = inputs[0]?.[0];
    if (!samples) return true;
    this.#block.set(samples, this.#many);
    this.#many += samples.length;
    if (this.#many >= SAMPLES) {
      this.port.postMessage(this.#block.slice());
      this.#many = 0;
    }
    return true;
  }
}

registerProcessor("mini-recorder", Recorder);

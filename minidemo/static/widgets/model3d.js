// A 3D model, chosen, dropped or returned, to be turned around and downloaded.
import { say } from "../wire.js";
import { FileField } from "./file-field.js";
import { Fault } from "./model3d-fault.js";

/** @typedef {import("./model3d-view.js").View} View */
/** @typedef {{ parts?: import("./model3d-worker.js").Part[], key?: string }} Told */

const KINDS = /\.(glb|gltf|obj|stl|ply|splat)$/i;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

class MiniModel3D extends FileField {
  /** The user's file: the page's policy forbids fetching the address of it. @type {File | null} */
  #local = null;
  #source = "";
  /** Ends the reading of a model that is no longer wanted. */
  #ended = new AbortController();
  /** @type {View | null} */
  #view = null;
  /** @type {HTMLCanvasElement | null} */
  #canvas = null;

  connectedCallback() {
    super.connectedCallback();
    if (this.value && !this.#canvas) this.value = this.value;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  /** @param {string} action */
  act(action) {
    super.act(action);
    if (action === "reset") this.#view?.reset();
    if (action === "animate") this.play(!this.#view?.playing);
    if (action === "enlarge") this.inner(".stage").requestFullscreen();
  }

  /** @param {File} file */
  refusal({ name }) {
    return KINDS.test(name) ? "" : say("model_kinds", { name });
  }

  /** @param {File} file */
  take(file) {
    this.#local = file;
    super.take(file);
  }

  /** Once a model is shown, there is no file input to drop another on. @param {DragEvent} event */
  dragged(event) {
    super.dragged(event);
    if (event.type === "drop" && !(event.target instanceof HTMLInputElement) && this.inner("input")) this.choose(event.dataTransfer?.files[0]);
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    if (this.#canvas) this.#canvas.focus(options);
    else super.focus(options);
  }

  /** @param {string} source */
  draw(source) {
    this.stop();
    this.#source = source;
    if (source) this.open(source, this.#ended.signal);
    if (!source.startsWith("blob:")) this.#local = null;
  }

  /** End everything under way, and free the graphics memory. */
  stop() {
    this.#ended.abort();
    this.#ended = new AbortController();
    this.#view?.free();
    this.#canvas?.remove();
    this.#view = this.#canvas = null;
    this.say("");
    this.offer(false);
  }

  /** @param {string} source @param {AbortSignal} signal */
  async open(source, signal) {
    const name = this.value?.orig_name ?? this.#local?.name ?? "";
    const kind = KINDS.exec(name)?.[1]?.toLowerCase() ?? "";
    this.say("model_reading");
    try {
      const bytes = await (this.#local ?? (await fetch(source, { signal }))).arrayBuffer();
      await (kind.startsWith("gl") ? this.showGltf(bytes, signal) : this.showParts(bytes, kind, signal));
    } catch (error) {
      if (signal.aborted) return;
      const { key, values } = error instanceof Fault ? error : new Fault("model_broken");
      this.stop();
      this.say(key, values);
    }
  }

  /** @param {ArrayBuffer} bytes @param {AbortSignal} signal */
  async showGltf(bytes, signal) {
    const { readGltf } = await import("./model3d-gltf.js");
    const { object, clips } = await readGltf(bytes, signal);
    await this.paint(object, clips, signal);
  }

  /** Have a file read in a worker, and show its parts. @param {ArrayBuffer} bytes @param {string} kind @param {AbortSignal} signal */
  async showParts(bytes, kind, signal) {
    const worker = new Worker(new URL("./model3d-worker.js", import.meta.url), { type: "module" });
    signal.addEventListener("abort", () => worker.terminate());
    const { parts, key = "model_broken" } = await new Promise((/** @type {(told: Told) => void} */ resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve({});
      worker.postMessage({ bytes, kind }, [bytes]);
    }).finally(() => worker.terminate());
    if (!parts) throw new Fault(key);
    const { assembled } = await import("./model3d-view.js");
    await this.paint(assembled(parts), [], signal);
  }

  /** @param {import("../vendor/three.js").Object3D} object @param {import("../vendor/three.js").AnimationClip[]} clips @param {AbortSignal} signal */
  async paint(object, clips, signal) {
    const { View } = await import("./model3d-view.js");
    signal.throwIfAborted();
    const canvas = (this.#canvas = this.canvas());
    this.#view = new View(canvas, this.options);
    this.#view.show(object, clips);
    this.say("");
    this.offer(true, clips.length > 0);
    this.play(clips.length > 0 && !STILL.matches);
    canvas.dataset.drawn = "";
  }

  /** @param {boolean} playing */
  play(playing) {
    if (this.#view) this.#view.playing = playing;
    this.inner("[data-do=animate]").setAttribute("aria-pressed", String(playing));
  }

  canvas() {
    const canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${this.label}. ${say("model_keys")}`);
    canvas.addEventListener("webglcontextrestored", () => this.draw(this.#source));
    this.inner(".stage").append(canvas);
    return canvas;
  }

  /** The author's settings. */
  get options() {
    const { clear, camera = "[]", mode, zoom, pan } = this.dataset;
    const [alpha = null, beta = null, radius = null] = /** @type {(number | null)[]} */ (JSON.parse(camera));
    return {
      ...{ start: { alpha, beta, radius }, zoom: Number(zoom), pan: Number(pan) },
      clear: /** @type {number[] | null} */ (clear ? JSON.parse(clear) : null),
      mode: /** @type {import("./model3d-view.js").Mode} */ (mode),
    };
  }

  /** Show a message in place of the model. @param {string} key @param {Record<string, string>} [values] */
  say(key, values) {
    const note = this.inner(".model-note");
    note.hidden = !key;
    note.textContent = key && say(key, values);
  }

  /** @param {boolean} seen @param {boolean} [moves] */
  offer(seen, moves = false) {
    this.inner("[data-do=reset]").hidden = !seen;
    this.inner("[data-do=animate]").hidden = !moves;
    this.inner("[data-do=enlarge]").hidden = !seen || !document.fullscreenEnabled;
  }
}

customElements.define("mini-model3d", MiniModel3D);

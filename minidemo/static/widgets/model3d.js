// A 3D model: chosen or dropped, or the one that came out; to be turned around, or at least downloaded.
import { say } from "../wire.js";
import { FileField } from "./file-field.js";

/** @typedef {import("./model3d-scene.js").Scene} Scene */
/** @typedef {{ model?: import("./model3d-mesh.js").Model, key?: string, values?: Record<string, string> }} Told */

const KINDS = /\.(glb|gltf|obj|stl|ply|splat)$/i;

class MiniModel3D extends FileField {
  /** What the visitor chose; an address of it cannot be fetched by a page that connects to its server alone. @type {File | null} */
  #local = null;
  #source = "";
  /** Counts what was drawn, so that what comes late is not shown. */
  #turn = 0;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Scene | null} */
  #scene = null;
  /** @type {HTMLCanvasElement | null} */
  #canvas = null;
  #resized = new ResizeObserver(() => this.#scene?.ask());

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
    if (action === "reset") this.#scene?.camera.reset();
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
    if (source) this.open(source, this.#turn);
    if (!source.startsWith("blob:")) this.#local = null;
  }

  /** End what is going on, and give the graphics card back what it lent. */
  stop() {
    this.#turn += 1;
    this.#worker?.terminate();
    this.#scene?.free();
    this.#resized.disconnect();
    this.#canvas?.remove();
    this.#worker = this.#scene = this.#canvas = null;
    this.say("");
    this.offer(false);
  }

  /** @param {string} source @param {number} turn */
  async open(source, turn) {
    const name = this.value?.orig_name ?? this.#local?.name ?? "";
    const kind = KINDS.exec(name)?.[1]?.toLowerCase() ?? "";
    this.say("model_reading");
    try {
      const bytes = await (this.#local ?? (await fetch(source))).arrayBuffer();
      if (turn !== this.#turn) return;
      const { model, key, values } = await this.read(bytes, kind);
      if (turn !== this.#turn) return;
      if (model) await this.paint(model, turn);
      else this.say(key ?? "model_broken", values);
    } catch {
      if (turn === this.#turn) this.say("model_broken");
    }
  }

  /** Have a file read beside the page. @param {ArrayBuffer} bytes @param {string} kind @returns {Promise<Told>} */
  read(bytes, kind) {
    const worker = new Worker(new URL("./model3d-worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve({});
      worker.postMessage({ bytes, kind }, [bytes]);
    }).finally(() => worker.terminate());
  }

  /** @param {import("./model3d-mesh.js").Model} model @param {number} turn */
  async paint(model, turn) {
    const [{ Camera }, { Scene }] = await Promise.all([import("./model3d-camera.js"), import("./model3d-scene.js")]);
    if (turn !== this.#turn) return;
    const { clear, mode, alpha, beta, radius, zoom, pan } = this.options;
    const canvas = this.canvas();
    const camera = new Camera({ alpha, beta, radius }, { zoom, pan }, () => this.#scene?.ask());
    try {
      this.#scene = new Scene(canvas, camera, { clear, mode });
    } catch {
      canvas.remove();
      this.say("no_webgl");
      return;
    }
    this.#canvas = canvas;
    this.say("");
    this.offer(true);
    camera.follow(canvas);
    this.#resized.observe(canvas);
    await this.#scene.show(model);
    canvas.dataset.drawn = "";
  }

  canvas() {
    const canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${this.label}. ${say("model_keys")}`);
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => this.draw(this.#source));
    this.inner(".stage").append(canvas);
    return canvas;
  }

  /** What the author set. */
  get options() {
    const { clear, camera = "[]", mode, zoom, pan } = this.dataset;
    const [alpha = null, beta = null, radius = null] = /** @type {(number | null)[]} */ (JSON.parse(camera));
    return {
      ...{ alpha, beta, radius, zoom: Number(zoom), pan: Number(pan) },
      clear: /** @type {number[] | null} */ (clear ? JSON.parse(clear) : null),
      mode: /** @type {import("./model3d-scene.js").Mode} */ (mode),
    };
  }

  /** Say something where the model would be. @param {string} key @param {Record<string, string>} [values] */
  say(key, values) {
    const note = this.inner(".model-note");
    note.hidden = !key;
    note.textContent = key && say(key, values);
  }

  /** @param {boolean} seen */
  offer(seen) {
    this.inner("[data-do=reset]").hidden = !seen;
    this.inner("[data-do=enlarge]").hidden = !seen || !document.fullscreenEnabled;
  }
}

customElements.define("mini-model3d", MiniModel3D);

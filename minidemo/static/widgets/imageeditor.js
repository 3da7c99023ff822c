// The image editor; its parts are in imageeditor/.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { DrawingFactory } from "./imageeditor/drawing-factory.js";
import { same, send } from "./imageeditor/drawing.js";
import { LayerList } from "./imageeditor/layers.js";
import "./imageeditor/output.js";
import { Panels } from "./imageeditor/panels.js";
import { Pointer, PointerTask } from "./imageeditor/pointer.js";
import { Sources } from "./imageeditor/sources.js";
import { forgetFiles } from "./imageeditor/surface.js";
import { change, Tools } from "./imageeditor/tools.js";
import { Viewport } from "./imageeditor/viewport.js";

/** @typedef {import("./imageeditor/drawing.js").Drawing} Drawing */
/** @typedef {import("./imageeditor/drawing-factory.js").Value} Value */
/** @typedef {import("./imageeditor/tools.js").ToolName} ToolName */
/** @typedef {import("../wire.js").WireError} WireError */
/** A value of the server, and the state of the drawing that shows it. @typedef {{ value: Value, key: unknown[] }} ServerValue */

class MiniImageEditor extends MiniField {
  factory = new DrawingFactory(this.dataset);
  drawing = this.factory.empty();
  /** @type {ServerValue | null} */
  #serverValue = null;
  /** The drawings of the values that were read, for Clear and its Undo. @type {WeakMap<object, { drawing: Drawing, serverValue: ServerValue | null, mark: any }>} */
  #readValues = new WeakMap();
  #opening = Promise.resolve();
  /** The number of drawings so far: one that opens too late is not shown. */
  #turn = 0;
  #problem = "";
  tools = new Tools(this);
  panels = new Panels(this);
  viewport = new Viewport(this.inner(".editor-pane"), this.inner(".editor-sheet"), () => this.pointer?.moveRing());
  task = new PointerTask(this, this.tools, this.panels, this.viewport);
  pointer = new Pointer(this.viewport, this.inner(".editor-ring"), this.task);
  list = new LayerList(this.inner(".editor-layers"), `${this.id}-layer`, this.dataset.grows !== undefined);
  sources = new Sources(this, this.inner(".stage"), this);

  connectedCallback() {
    super.connectedCallback();
    for (const part of [this.viewport, this.pointer, this.sources]) part.connect();
    this.value = /** @type {Value | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const part of [this.viewport, this.pointer, this.sources]) part.disconnect();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (event.type === "input") this.#set(target);
    else if (event.type === "change") this.#choose(target);
    else if (event instanceof KeyboardEvent) this.#press(event);
    else if (event.type === "click") {
      const button = /** @type {HTMLElement | null} */ (target.closest("[data-do], [data-tool]"));
      if (button && button.getAttribute("aria-disabled") !== "true") this.#act(button);
    }
  }

  /** @returns {Value | null} */
  get value() {
    const drawing = this.drawing;
    if (this.#serverValue && same(this.#serverValue.key, drawing.key)) return this.#noteValue(this.#serverValue.value);
    if (drawing.empty) return null;
    const { background, layers } = drawing.parts;
    const files = layers.map(({ content }) => /** @type {any} */ (content.file)); // null, which the server refuses, until sent
    return this.#noteValue({ background: background?.content.file ?? null, layers: files, composite: drawing.wholeFile, id: null });
  }

  set value(value) {
    this.#turn += 1;
    this.#problem = "";
    this.sources.stopCamera();
    this.tools.back();
    this.pointer.lift();
    const earlier = value ? this.#readValues.get(value) : undefined;
    this.#opening = Promise.resolve();
    this.drawing = earlier?.drawing ?? this.factory.empty();
    earlier?.drawing.history.goTo(earlier.mark);
    this.#serverValue = earlier ? earlier.serverValue : value && { value, key: this.drawing.key };
    if (value && !earlier) this.#opening = this.#open(value, this.#turn);
    this.#show();
  }

  get problem() {
    return this.#problem;
  }

  /** Settles once the server has the picture and the layers; rejects if it is away. */
  get ready() {
    return this.#send();
  }

  renew() {
    forgetFiles();
  }

  get summary() {
    return this.label;
  }

  /** @template {Value} T @param {T} value */
  #noteValue(value) {
    this.#readValues.set(value, { drawing: this.drawing, serverValue: this.#serverValue, mark: this.drawing.history.mark });
    return value;
  }

  /** @param {Value} value @param {number} turn */
  async #open(value, turn) {
    this.viewport.sheet.inert = true;
    const drawing = await this.factory.openValue(value).catch(() => this.fail(say("draw_unreadable", { name: this.label })));
    if (turn !== this.#turn) return;
    this.viewport.sheet.inert = false;
    if (!drawing) return;
    this.drawing = drawing;
    this.#serverValue = { value, key: drawing.key };
    this.#show();
  }

  async #send() {
    await this.#opening;
    this.pointer.lift();
    const drawing = this.drawing;
    if (drawing.empty || (this.#serverValue && same(this.#serverValue.key, drawing.key))) return;
    try {
      await send(drawing, (percent) => {
        this.tell(say("uploading"));
        Object.assign(this.inner("progress"), { hidden: false, value: percent });
      });
    } catch (error) {
      this.#showRefusal(/** @type {WireError} */ (error));
    } finally {
      this.inner("progress").hidden = true;
      this.tell("");
    }
  }

  /** @param {WireError} error */
  #showRefusal(error) {
    this.error = error.message;
    if (error.away) throw error;
    this.#problem = error.message;
  }

  /** @param {File} file */
  async choose(file) {
    const turn = (this.#turn += 1);
    if (!file.type.startsWith("image/")) return this.fail(say("not_a_picture", { name: file.name }));
    try {
      const picture = await this.factory.openPicture(file);
      if (turn !== this.#turn) return;
      this.factory.restart(this.drawing, picture);
    } catch (error) {
      const word = error instanceof RangeError ? "draw_too_large" : "draw_unreadable";
      return this.fail(say(word, { name: file.name }));
    }
    this.edited();
    this.tell(say("picture_loaded", { name: file.name }));
  }

  /** @param {HTMLElement} button */
  #act(button) {
    const { tool, do: action = "" } = button.dataset;
    this.pointer.lift();
    if (tool) return this.#select(/** @type {ToolName} */ (tool));
    /** @type {Record<string, () => unknown>} */
    const actions = {
      back: () => this.#back(),
      "zoom-in": () => this.viewport.zoom(1.5),
      "zoom-out": () => this.viewport.zoom(1 / 1.5),
      fit: () => this.viewport.fit(),
      camera: () => this.sources.startCamera(),
      shoot: () => this.sources.takePicture(),
      leave: () => this.sources.stopCamera(),
      paste: () => this.sources.paste(),
    };
    const run = actions[action];
    if (run) return run();
    try {
      if (change(action, this, this.list.of(button))) this.edited();
    } catch {
      this.fail(say("draw_too_large", { name: this.label }));
    }
    if (!this.tools.paints) this.#back();
  }

  /** @param {ToolName} name */
  #select(name) {
    if (name === this.tools.current && !this.tools.paints) return this.#back();
    this.tools.select(name);
    this.panels.open(name, this.drawing);
  }

  /** Leave crop or resize; the focus goes to their button. */
  #back() {
    const button = /** @type {HTMLElement | null} */ (this.querySelector(`[data-tool="${this.tools.current}"]`));
    this.panels.close();
    this.tools.back();
    button?.focus();
  }

  /** Read a control of a tool, which is no input of the field. @param {HTMLInputElement} control */
  #set(control) {
    if (control.matches("[data-size]")) this.tools.size = Number(control.value);
    if (control.matches("[data-own-color]")) this.inner("[data-color][value='']").checked = true;
    this.panels.readNumber(control, this.drawing);
  }

  /** @param {HTMLInputElement} control */
  #choose(control) {
    const file = control.files?.[0];
    if (file) this.choose(file);
    if (control.type === "file") control.value = "";
    const layer = control.closest(".editor-layers") && this.list.of(control);
    if (layer) this.drawing.parts.active = layer;
    if (layer) this.#show();
    this.panels.showNumbers(control);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const modified = event.ctrlKey || event.metaKey;
    if (modified && event.key.toLowerCase() === "z" && target.type !== "number") {
      this.#act(this.inner(`[data-do="${event.shiftKey ? "redo" : "undo"}"]`));
    } else if (event.key === "Escape") this.#escape();
    else if (event.key === "Enter" && target.type === "number" && !modified) {
      this.#act(/** @type {HTMLElement} */ (target.closest("[data-panel]")?.querySelector("[data-do]")));
    } else return;
    event.preventDefault();
  }

  #escape() {
    this.sources.stopCamera();
    this.pointer.lift();
    if (!this.tools.paints) this.#back();
  }

  /** Report a change by the visitor. */
  edited() {
    this.#problem = "";
    this.#show();
    this.fire("mini-input");
    this.fire("mini-change");
  }

  #show() {
    const { parts, empty } = this.drawing;
    const { scratch } = this.task.painter;
    const pile = parts.layers.flatMap((layer) => (layer === parts.active ? [layer.canvas, scratch] : [layer.canvas]));
    for (const { canvas, visible } of parts.layers) canvas.hidden = !visible;
    const below = parts.background ? [parts.background.canvas] : [];
    this.inner(".editor-pile").replaceChildren(...below, ...pile);
    if (this.viewport.resize(parts.width, parts.height)) this.pointer.center(parts.width, parts.height);
    this.tools.fit(parts.width, parts.height);
    this.tools.enableButtons(this.drawing);
    this.list.show(this.drawing);
    this.inner(".stage").toggleAttribute("data-full", !empty);
  }

  /** @param {string} message */
  fail(message) {
    this.tell("");
    this.error = message;
  }

  /** @param {string} message */
  tell(message) {
    const state = this.inner(".state");
    if (state.textContent !== message) state.textContent = message;
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-imageeditor", MiniImageEditor);

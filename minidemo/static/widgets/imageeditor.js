// A picture to draw on. The drawing itself, its history, the strokes and the tools are in imageeditor/.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { same, send } from "./imageeditor/drawing.js";
import { Task } from "./imageeditor/easel.js";
import { Hand, View } from "./imageeditor/hand.js";
import { LayerList } from "./imageeditor/layers.js";
import { Panels } from "./imageeditor/panels.js";
import { Paper } from "./imageeditor/paper.js";
import "./imageeditor/shown.js";
import { Sources } from "./imageeditor/sources.js";
import { forgetFiles } from "./imageeditor/surface.js";
import { Tools } from "./imageeditor/tools.js";

/** @typedef {import("./imageeditor/drawing.js").Drawing} Drawing */
/** @typedef {import("./imageeditor/paper.js").Value} Value */
/** @typedef {import("./imageeditor/tools.js").ToolName} ToolName */
/** @typedef {import("../wire.js").WireError} WireError */
/** What the server gave, and the state of the drawing that shows it. @typedef {{ value: Value, key: unknown[] }} Given */

class MiniImageEditor extends MiniField {
  paper = new Paper(this.dataset);
  drawing = this.paper.fresh();
  /** @type {Given | null} */
  #given = null;
  /** Which drawing a value stands for that was asked for, for Clear and its Undo. @type {WeakMap<object, { drawing: Drawing, given: Given | null, mark: any }>} */
  #kept = new WeakMap();
  #opening = Promise.resolve();
  /** How many drawings there were: one that is opened too late is not shown. */
  #turn = 0;
  #problem = "";
  tools = new Tools(this);
  panels = new Panels(this);
  view = new View(this.inner(".editor-pane"), this.inner(".editor-sheet"), () => this.hand?.mark());
  task = new Task(this, this.tools, this.panels, this.view);
  hand = new Hand(this.view, this.inner(".editor-ring"), this.task);
  list = new LayerList(this.inner(".editor-layers"), `${this.id}-layer`, this.dataset.grows !== undefined);
  sources = new Sources(this, this.inner(".stage"), this);

  connectedCallback() {
    super.connectedCallback();
    for (const part of [this.view, this.hand, this.sources]) part.connect();
    this.value = /** @type {Value | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const part of [this.view, this.hand, this.sources]) part.disconnect();
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
    if (this.#given && same(this.#given.key, drawing.key)) return this.#keep(this.#given.value);
    if (drawing.empty) return null;
    const { background, layers } = drawing.parts;
    const files = layers.map(({ content }) => /** @type {any} */ (content.file)); // null, which the server refuses, until sent
    return this.#keep({ background: background?.content.file ?? null, layers: files, composite: drawing.wholeFile, id: null });
  }

  set value(value) {
    this.#turn += 1;
    this.#problem = "";
    this.sources.leave();
    this.tools.back();
    this.hand.lift();
    const kept = value ? this.#kept.get(value) : undefined;
    this.#opening = Promise.resolve();
    this.drawing = kept?.drawing ?? this.paper.fresh();
    kept?.drawing.history.goTo(kept.mark);
    this.#given = kept ? kept.given : value && { value, key: this.drawing.key };
    if (value && !kept) this.#opening = this.#open(value, this.#turn);
    this.#show();
  }

  get problem() {
    return this.#problem;
  }

  /** Settles when the picture and the layers are with the server; rejects if that is away. */
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
  #keep(value) {
    this.#kept.set(value, { drawing: this.drawing, given: this.#given, mark: this.drawing.history.mark });
    return value;
  }

  /** @param {Value} value @param {number} turn */
  async #open(value, turn) {
    this.view.sheet.inert = true;
    const drawing = await this.paper.openValue(value).catch(() => this.fail(say("draw_unreadable", { name: this.label })));
    if (turn !== this.#turn) return;
    this.view.sheet.inert = false;
    if (!drawing) return;
    this.drawing = drawing;
    this.#given = { value, key: drawing.key };
    this.#show();
  }

  async #send() {
    await this.#opening;
    this.hand.lift();
    const drawing = this.drawing;
    if (drawing.empty || (this.#given && same(this.#given.key, drawing.key))) return;
    try {
      await send(drawing, (percent) => {
        this.tell(say("uploading"));
        Object.assign(this.inner("progress"), { hidden: false, value: percent });
      });
    } catch (error) {
      this.#refused(/** @type {WireError} */ (error));
    } finally {
      this.inner("progress").hidden = true;
      this.tell("");
    }
  }

  /** @param {WireError} error */
  #refused(error) {
    this.error = error.message;
    if (error.away) throw error;
    this.#problem = error.message;
  }

  /** Begin anew with a picture. @param {File} file */
  async choose(file) {
    const turn = (this.#turn += 1);
    if (!file.type.startsWith("image/")) return this.fail(say("not_a_picture", { name: file.name }));
    try {
      const picture = await this.paper.openPicture(file);
      if (turn !== this.#turn) return;
      this.paper.begin(this.drawing, picture);
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
    this.hand.lift();
    if (tool) return this.#take(/** @type {ToolName} */ (tool));
    /** @type {Record<string, () => unknown>} */
    const others = {
      back: () => this.#back(),
      "zoom-in": () => this.view.zoom(1.5),
      "zoom-out": () => this.view.zoom(1 / 1.5),
      fit: () => this.view.fit(),
      camera: () => this.sources.look(),
      shoot: () => this.sources.shoot(),
      leave: () => this.sources.leave(),
      paste: () => this.sources.paste(),
    };
    const other = others[action];
    if (other) return other();
    try {
      if (this.#edit(action, button)) this.edited();
    } catch {
      this.fail(say("draw_too_large", { name: this.label }));
    }
    if (!this.tools.paints) this.#back();
  }

  /** Do something to the drawing; false if nothing came of it. @param {string} action @param {HTMLElement} button */
  #edit(action, button) {
    const { drawing } = this;
    const layer = this.list.of(button);
    if (action === "undo") return drawing.history.undo();
    if (action === "redo") return drawing.history.redo();
    if (action === "crop") return this.panels.crop(drawing);
    if (action === "resize") return this.panels.resize(drawing);
    if (action === "clear") drawing.clear();
    if (action === "remove") this.paper.begin(drawing);
    if (action === "layer-add") drawing.addLayer();
    if (action === "layer-delete" && layer) drawing.deleteLayer(layer);
    if (action === "layer-toggle" && layer) drawing.toggleLayer(layer);
    return true;
  }

  /** @param {ToolName} name */
  #take(name) {
    if (name === this.tools.current && !this.tools.paints) return this.#back();
    this.tools.take(name);
    this.panels.open(name, this.drawing);
  }

  /** Leave crop or resize; the focus goes to their button. */
  #back() {
    const button = /** @type {HTMLElement | null} */ (this.querySelector(`[data-tool="${this.tools.current}"]`));
    this.panels.close();
    this.tools.back();
    button?.focus();
  }

  /** A control of a tool is moved; that is no input of the field. @param {HTMLInputElement} control */
  #set(control) {
    if (control.matches("[data-size]")) this.tools.size = Number(control.value);
    if (control.matches("[data-own-color]")) this.inner("[data-color][value='']").checked = true;
    this.panels.typed(control, this.drawing);
  }

  /** @param {HTMLInputElement} control */
  #choose(control) {
    const file = control.files?.[0];
    if (file) this.choose(file);
    if (control.type === "file") control.value = "";
    const layer = control.closest(".editor-layers") && this.list.of(control);
    if (layer) this.drawing.parts.active = layer;
    if (layer) this.#show();
    this.panels.chosen(control);
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
    this.sources.leave();
    this.hand.lift();
    if (!this.tools.paints) this.#back();
  }

  /** The visitor changed the drawing. */
  edited() {
    this.#problem = "";
    this.#show();
    this.fire("mini-input");
    this.fire("mini-change");
  }

  /** Bring what is seen up to date. */
  #show() {
    const { parts, empty } = this.drawing;
    const { scratch } = this.task.easel;
    const pile = parts.layers.flatMap((layer) => (layer === parts.active ? [layer.canvas, scratch] : [layer.canvas]));
    for (const { canvas, visible } of parts.layers) canvas.hidden = !visible;
    const below = parts.background ? [parts.background.canvas] : [];
    this.inner(".editor-pile").replaceChildren(...below, ...pile);
    if (this.view.hold(parts.width, parts.height)) this.hand.center(parts.width, parts.height);
    this.tools.fit(parts.width, parts.height);
    this.tools.offer(this.drawing);
    this.list.show(this.drawing);
    this.inner(".stage").toggleAttribute("data-full", !empty);
  }

  /** @param {string} words */
  fail(words) {
    this.tell("");
    this.error = words;
  }

  /** @param {string} words */
  tell(words) {
    const place = this.inner(".state");
    if (place.textContent !== words) place.textContent = words;
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-imageeditor", MiniImageEditor);

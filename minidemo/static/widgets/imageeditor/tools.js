// The tools of the editor: the current one, its size and colour, and the buttons that change the drawing.

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./surface.js").Sheet} Sheet */
/** @typedef {"brush" | "eraser" | "crop" | "resize"} ToolName */

export class Tools {
  /** @type {ToolName | ""} */
  current;
  /** The brush or eraser before crop or resize. @type {ToolName | ""} */
  #painting;
  /** The diameters that the visitor or the author chose. @type {Partial<Record<ToolName | "", number>>} */
  #sizes = {};
  #shorter = 1;

  /** @param {HTMLElement} field */
  constructor(field) {
    this.field = field;
    const first = /** @type {ToolName | ""} */ (this.#buttons[0]?.dataset.tool ?? "");
    this.current = this.#painting = first === "brush" || first === "eraser" ? first : "";
    for (const paint of this.#all("[data-paint]")) paint.style.setProperty("--paint", paint.dataset.paint ?? "");
    for (const button of this.#buttons) {
      const radius = Number(button.dataset.radius);
      if (radius) this.#sizes[/** @type {ToolName} */ (button.dataset.tool)] = 2 * radius;
    }
  }

  /** @param {ToolName} name */
  select(name) {
    this.current = name;
    if (name === "brush" || name === "eraser") this.#painting = name;
    this.paint();
  }

  /** Leave crop or resize. */
  back() {
    this.current = this.#painting;
    this.paint();
  }

  get paints() {
    return this.current === "brush" || this.current === "eraser";
  }

  /** The diameter of brush or eraser in pixels of the drawing; the default radius is a fiftieth of its shorter side. */
  get size() {
    return this.#sizes[this.current] ?? Math.max(2, 2 * Math.round(this.#shorter / 50));
  }

  set size(size) {
    this.#sizes[this.current] = Math.min(Math.max(1, size), this.largest);
    this.paint();
  }

  get largest() {
    return Math.max(40, Math.round(this.#shorter / 4));
  }

  /** @returns {{ erases: boolean, color: string, opacity: number }} */
  get tool() {
    const chosen = /** @type {HTMLInputElement | null} */ (this.field.querySelector("[data-color]:checked"));
    const own = /** @type {HTMLInputElement | null} */ (this.field.querySelector("[data-own-color]"));
    const color = chosen?.value || own?.value || "#000000";
    return { erases: this.current === "eraser", color, opacity: Number(chosen?.dataset.opacity ?? 1) };
  }

  /** @param {number} width @param {number} height */
  fit(width, height) {
    this.#shorter = Math.min(width, height);
    this.paint();
  }

  paint() {
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset.tool === this.current));
    for (const panel of this.#all("[data-panel]")) panel.toggleAttribute("data-off", !panel.dataset.panel?.split(" ").includes(this.current));
    const slider = /** @type {HTMLInputElement | null} */ (this.field.querySelector("[data-size]"));
    if (!slider) return;
    Object.assign(slider, { max: String(this.largest), value: String(this.size) });
    const output = this.field.querySelector("output");
    if (output) output.textContent = `${Math.round(this.size)} px`;
  }

  /** Enable the buttons that have an effect. @param {Drawing} drawing */
  enableButtons({ history, parts: { background, layers } }) {
    const effects = {
      undo: history.canUndo,
      redo: history.canRedo,
      clear: layers.some(({ content }) => !content.blank),
      remove: background !== null,
    };
    for (const [action, possible] of Object.entries(effects)) {
      this.field.querySelector(`[data-do="${action}"]`)?.setAttribute("aria-disabled", String(!possible));
    }
  }

  get #buttons() {
    return this.#all("[data-tool]");
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return [...this.field.querySelectorAll(/** @type {"div"} */ (selector))];
  }
}

/**
 * Change a drawing, and return false if nothing changed.
 * @param {string} action
 * @param {{ drawing: Drawing, factory: import("./drawing-factory.js").DrawingFactory, panels: import("./panels.js").Panels }} editor
 * @param {Sheet | undefined} layer the layer of the button
 */
export function change(action, { drawing, factory, panels }, layer) {
  if (action === "undo") return drawing.history.undo();
  if (action === "redo") return drawing.history.redo();
  if (action === "crop") return panels.crop(drawing);
  if (action === "resize") return panels.resize(drawing);
  if (action === "clear") drawing.clear();
  if (action === "remove") factory.restart(drawing);
  if (action === "layer-add") drawing.addLayer();
  if (action === "layer-delete" && layer) drawing.deleteLayer(layer);
  if (action === "layer-toggle" && layer) drawing.toggleLayer(layer);
  return true;
}

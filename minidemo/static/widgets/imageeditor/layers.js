// The list of layers: the active one, the visible ones, and buttons to add and delete.
import { say } from "../../wire.js";

/** @typedef {import("./surface.js").Sheet} Sheet */
/** @typedef {import("./drawing.js").Drawing} Drawing */

export class LayerList {
  /** @type {Sheet[]} */
  #layers = [];

  /** @param {HTMLElement} list @param {string} group the name of the radio buttons @param {boolean} grows */
  constructor(list, group, grows) {
    this.list = list;
    this.group = group;
    this.grows = grows;
  }

  /** @param {Drawing} drawing */
  show({ parts: { layers, active } }) {
    const focus = this.#focused();
    this.#layers = layers;
    this.list.replaceChildren(...layers.map((layer, i) => this.#row(layer, i, layer === active)));
    if (focus) /** @type {HTMLElement | null} */ (this.list.querySelector(focus) ?? this.list.querySelector(":checked"))?.focus();
  }

  /** Return the layer of a control. @param {Element} control */
  of(control) {
    return this.#layers[Number(control.closest("li")?.dataset.layer)];
  }

  /** Return a selector of the focused control, to focus it in the new rows. */
  #focused() {
    const focus = document.activeElement;
    if (!focus || !this.list.contains(focus)) return "";
    const row = focus.closest("li")?.dataset.layer;
    const kind = focus instanceof HTMLInputElement ? "input" : `[data-do="${/** @type {HTMLElement} */ (focus).dataset.do}"]`;
    return `[data-layer="${row}"] ${kind}`;
  }

  /** @param {Sheet} layer @param {number} index @param {boolean} active */
  #row(layer, index, active) {
    const row = document.createElement("li");
    row.dataset.layer = String(index);
    const name = document.createElement("label");
    const choice = document.createElement("input");
    Object.assign(choice, { type: "radio", name: this.group, checked: active });
    name.append(choice, layer.name);
    row.append(name, button("layer-toggle", layer.visible ? "●" : "○", say("draw_show_layer", { name: layer.name }), layer.visible));
    if (this.grows && this.#layers.length > 1) row.append(button("layer-delete", "×", say("draw_delete_layer", { name: layer.name })));
    return row;
  }
}

/** @param {string} action @param {string} sign @param {string} label @param {boolean} [pressed] */
function button(action, sign, label, pressed) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: sign, title: label });
  element.setAttribute("aria-label", label);
  if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
  element.dataset.do = action;
  return element;
}

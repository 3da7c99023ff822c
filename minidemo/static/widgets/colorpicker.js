// A colour: the native picker and a text field.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";

const brush = document.createElement("canvas").getContext("2d");

/** Dip the brush, which keeps its colour if the new one is none. @param {string} before @param {string} text */
function dip(before, text) {
  if (!brush) return "";
  brush.fillStyle = before;
  brush.fillStyle = text;
  return String(brush.fillStyle);
}

/**
 * Read a colour as CSS writes it: `#rrggbb`, or `#rrggbbaa` where it is not opaque; nothing for what is none.
 * @param {string} text
 */
function normal(text) {
  const colour = dip("#000000", text);
  if (colour !== dip("#ffffff", text)) return "";
  const [, red, green, blue, alpha] = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(colour) ?? [];
  if (alpha === undefined) return colour;
  const levels = [red, green, blue, Math.round(Number(alpha) * 255)].map(Number);
  return `#${levels.map((level) => level.toString(16).padStart(2, "0")).join("")}`;
}

class MiniColorpicker extends MiniField {
  get value() {
    const text = this.control.value.trim();
    return normal(text) || text || null;
  }

  set value(value) {
    super.value = value;
    this.paint();
  }

  get problem() {
    const text = this.control.value.trim();
    return text && !normal(text) ? say("must_be_colour", { label: this.label }) : "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type, target } = event;
    if (type === "input" && target === this.picker) this.control.value = this.picker?.value ?? "";
    if (type === "change") this.control.value = String(this.value ?? "");
    if (type === "input" || type === "change") this.paint();
    super.handleEvent(event);
  }

  /** Let picker and swatch show what the field says. */
  paint() {
    const colour = normal(this.control.value.trim());
    if (this.picker) this.picker.value = colour.slice(0, 7) || "#000000";
    this.querySelector("rect")?.setAttribute("fill", colour || "none");
    this.querySelector("path")?.setAttribute("visibility", colour ? "hidden" : "visible");
  }

  /** @returns {HTMLInputElement | null} */
  get picker() {
    return this.querySelector("[type=color]");
  }
}

customElements.define("mini-colorpicker", MiniColorpicker);

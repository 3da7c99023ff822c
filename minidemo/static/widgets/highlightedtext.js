// Text with labelled parts, as an output, or as an input in which selected parts get labels.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { marked, moved, pieces, spans } from "./spans.js";

/** @typedef {import("./spans.js").Piece} Piece */
/** @typedef {import("./spans.js").Span} Span */

const HUES = ["#2f6fde", "#c2410c", "#15803d", "#a21caf", "#0e7490", "#b45309", "#be123c", "#6d28d9", "#4d7c0f", "#475569"];

class MiniHighlightedText extends MiniField {
  /** The shown pieces, as the server sent them. @type {Piece[] | null} */
  #value = null;
  /** Whether the visitor changed it since. */
  #edited = false;
  /** @type {Span[]} */
  #spans = [];
  #text = "";
  /** The colours of labels, in the order in which they were seen. @type {Map<string, string>} */
  #colors = new Map();

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("painted");
    this.#colors = new Map(Object.entries(JSON.parse(this.dataset.colors ?? "{}")));
    this.value = /** @type {Piece[] | null} */ (this.initial);
  }

  get editor() {
    return this.querySelector("textarea");
  }

  /** @returns {Piece[] | null} */
  get value() {
    if (!this.#edited) return this.#value;
    return this.#text ? pieces(this.#text, this.#spans) : null;
  }

  set value(value) {
    this.#value = value;
    this.#edited = false;
    this.#spans = spans(value ?? []);
    this.#text = (value ?? []).map(({ token }) => token).join("");
    if (this.editor) this.editor.value = this.#text;
    this.paint();
  }

  get summary() {
    const parts = (this.value ?? []).map(({ token, class_or_confidence: label }) => (label === null ? token : `${token} (${label})`));
    return parts.length ? `${this.label}: ${parts.join("").slice(0, 200)}` : "";
  }

  paint() {
    if (this.editor) this.paintEditor();
    else this.paintText();
  }

  paintText() {
    const elements = pieces(this.#text, this.#spans).map((piece) => this.piece(piece));
    this.inner("marked-text").replaceChildren(...elements);
    this.inner("empty").hidden = this.#value !== null;
    const legend = this.inner("marked-legend");
    const labels = new Set(this.#spans.map(({ label }) => label).filter((label) => typeof label === "string"));
    legend.replaceChildren(...[...labels].map((label) => this.colored("li", label, String(label))));
    legend.hidden = this.dataset.legend === undefined || !labels.size;
  }

  /** @param {Piece} piece */
  piece({ token, class_or_confidence: label }) {
    if (label === null) return token;
    const mark = this.colored("mark", label, token);
    const small = document.createElement("small");
    small.textContent = typeof label === "string" ? label : String(Number(Number(label).toFixed(3)));
    if (this.dataset.inline !== undefined || typeof label !== "string") mark.append(small);
    else mark.title = label;
    return mark;
  }

  paintEditor() {
    const texts = pieces(this.#text, this.#spans).map(({ token, class_or_confidence: label }) =>
      label === null ? token : this.colored("mark", label, token),
    );
    this.inner("marked-paint").replaceChildren(...texts, "\u200b");
    this.inner("marked-list").replaceChildren(...this.#spans.map((span, index) => this.chip(span, index)));
    const known = [...this.#colors.keys()].map((label) => new Option(label, label));
    this.querySelector("datalist")?.replaceChildren(...known);
  }

  /** @param {Span} span @param {number} index */
  chip({ start, end, label }, index) {
    const item = this.colored("li", label, "");
    const text = this.#text.slice(start, end);
    const change = document.createElement("button");
    change.type = "button";
    change.dataset.change = String(index);
    change.textContent = `${text.length > 40 ? `${text.slice(0, 40)}…` : text} `;
    const small = document.createElement("small");
    small.textContent = String(label);
    change.append(small);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.dataset.unmark = String(index);
    remove.textContent = "×";
    remove.setAttribute("aria-label", say("mark_remove", { label, text }));
    item.append(change, remove);
    return item;
  }

  /** Make an element in the colour of a label, stronger for scores farther from 0. @param {string} tag @param {unknown} label @param {string} text */
  colored(tag, label, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (typeof label === "string") {
      if (!this.#colors.has(label)) this.#colors.set(label, HUES[this.#colors.size % HUES.length] ?? "");
      element.style.setProperty("--hue", this.#colors.get(label) ?? "");
    } else {
      element.style.setProperty("--hue", Number(label) < 0 ? "#be123c" : "#2f6fde");
      element.style.setProperty("--strength", `${Math.min(Math.abs(Number(label)) || 0, 1) * 30}%`);
    }
    return element;
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return undefined;
    if (target.dataset.mark !== undefined) {
      if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return undefined;
      event.preventDefault();
      return this.mark();
    }
    if (event.type === "click") {
      const button = target.closest("button");
      if (button?.dataset.do) return this.mark();
      if (button?.dataset.change) return this.change(Number(button.dataset.change));
      if (button?.dataset.unmark) return this.unmark(Number(button.dataset.unmark));
    }
    if (event.type === "input" && this.editor) this.edit(this.editor.value);
    return super.handleEvent(event);
  }

  /** @param {string} text */
  edit(text) {
    this.#spans = moved(this.#spans, this.#text, text);
    this.#text = text;
    this.#edited = true;
    this.paint();
  }

  get labelField() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-mark]"));
  }

  /** Give the selected text the label that is written beside. */
  mark() {
    const { selectionStart: start, selectionEnd: end } = /** @type {HTMLTextAreaElement} */ (this.editor);
    const label = this.labelField.value.trim();
    if (start === end) return this.ask("mark_select", this.control);
    if (!label) return this.ask("mark_name", this.labelField);
    return this.put(marked(this.#spans, { start, end, label }));
  }

  /** @param {string} words @param {HTMLElement} field */
  ask(words, field) {
    this.error = say(words);
    field.focus();
  }

  /** Select a part again, and its label, to write another. @param {number} index */
  change(index) {
    const { start = 0, end = 0, label = "" } = this.#spans[index] ?? {};
    this.editor?.setSelectionRange(start, end);
    this.labelField.value = String(label);
    this.labelField.select();
  }

  /** @param {number} index */
  unmark(index) {
    this.put(this.#spans.filter((_, at) => at !== index));
    const left = [...this.querySelectorAll(/** @type {"button"} */ ("[data-unmark]"))];
    (left[Math.min(index, left.length - 1)] ?? this.control).focus();
  }

  /** @param {Span[]} parts */
  put(parts) {
    this.#spans = parts;
    this.#edited = true;
    this.paint();
    this.fire("mini-input");
    this.fire("mini-change");
  }

  /** @param {string} name @returns {HTMLElement} */
  inner(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`.${name}`));
  }
}

customElements.define("mini-highlightedtext", MiniHighlightedText);

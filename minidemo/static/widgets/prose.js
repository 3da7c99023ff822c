// Text that the server renders as HTML, and the buttons that the page adds.
import { MiniField } from "../fields.js";
import { say, stringify } from "../wire.js";

/** Parse HTML that the server made; nothing in it runs. @param {string} html @returns {Node[]} */
export function parsed(html, { dressed = true } = {}) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  if (dressed) dress(body);
  return [...body.childNodes];
}

/** Set the styles that the page's policy would not read from the HTML, and let code be copied, in colours. @param {Element} root */
export function dress(root) {
  for (const element of root.querySelectorAll(/** @type {"p"} */ ("[data-style]"))) {
    element.style.cssText = element.dataset.style ?? "";
    delete element.dataset.style;
  }
  for (const code of root.querySelectorAll("pre:not(.copied > pre)")) {
    const frame = document.createElement("div");
    frame.className = "copied";
    code.replaceWith(frame);
    code.setAttribute("tabindex", "0");
    frame.append(code, copyButton());
  }
  colour([...root.querySelectorAll('pre > code[class*="language-"]')]);
}

/** Colour code by its language; without the script it stays plain. @param {Element[]} codes */
async function colour(codes) {
  if (!codes.length) return;
  const colours = await import("./code-colours.js").catch(() => null);
  for (const code of codes) colours?.colour(code);
}

/** Return the text of an element without its buttons. @param {HTMLElement} element */
export function words(element) {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  for (const button of copy.querySelectorAll("button")) button.remove();
  return (copy.textContent ?? "").trim().replace(/\s+/g, " ");
}

function copyButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.dataset.copyCode = "";
  button.textContent = say("copy_text");
  return button;
}

/** Put text into the clipboard, and tell whether that was possible; without https it is not. @param {string} text */
export async function toClipboard(text) {
  const write = navigator.clipboard?.writeText(text);
  return write ? write.then(() => true, () => false) : false;
}

/** Select all that is in an element, for the visitor to copy. @param {Element} element */
export function select(element) {
  getSelection()?.selectAllChildren(element);
}

/**
 * A field whose value the server renders: it comes with its HTML. What became of it is kept, so that an earlier value can
 * be shown again.
 */
export class MiniRendered extends MiniField {
  /** @type {unknown} */
  #value = null;
  /** The nodes of the latest values. @type {Map<string, Node[]>} */
  #drawn = new Map();

  connectedCallback() {
    super.connectedCallback();
    if (!this.place) return;
    const { maxHeight = "" } = this.dataset;
    if (maxHeight) this.control.style.maxBlockSize = maxHeight;
    this.#value = this.initial;
    dress(this.place);
    this.keep(this.initial, [...this.place.childNodes]);
  }

  /** The element of the HTML, or null in a text field. @returns {HTMLElement | null} */
  get place() {
    return this.dataset.renders === undefined ? null : this.querySelector(".rendered-body > *");
  }

  get value() {
    return this.place ? this.#value : this.written;
  }

  set value(value) {
    this.#value = value;
    if (!this.place) this.control.value = value == null ? "" : String(value);
    else this.place.replaceChildren(...(this.#drawn.get(stringify(value)) ?? [String(value ?? "")]));
    const hint = this.querySelector(".empty");
    if (hint instanceof HTMLElement) hint.hidden = value !== null;
  }

  /** The text of the field. @returns {unknown} */
  get written() {
    return this.control.value;
  }

  /** @param {unknown} value @param {string} [html] */
  receive(value, html = "") {
    this.keep(value, parsed(html));
    this.value = value;
  }

  /** Keep the initial value, and the latest: a visitor may come back to them. @param {unknown} value @param {Node[]} nodes */
  keep(value, nodes) {
    this.#drawn.set(stringify(value), nodes);
    if (this.#drawn.size > 4) this.#drawn.delete([...this.#drawn.keys()][1] ?? "");
  }

  get summary() {
    const text = this.place ? words(this.place) : "";
    return text && `${this.label}: ${text.slice(0, 200)}`;
  }

  /** @param {Event} event */
  handleEvent(event) {
    const button = event.type === "click" && event.target instanceof Element && event.target.closest("[data-copy], [data-copy-code]");
    if (button) this.copy(button);
    else super.handleEvent(event);
  }

  /** Copy the text itself, or the code beside the button. @param {Element} button */
  async copy(button) {
    const code = button.matches("[data-copy-code]") ? button.previousElementSibling : null;
    const done = await toClipboard(code ? (code.textContent ?? "").replace(/\n$/, "") : String(this.value ?? ""));
    if (done) this.show(this.dataset.state ?? "", say("copied"));
    else select(code ?? this.control);
  }
}

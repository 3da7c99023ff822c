// Code: an editor, which is a textarea over coloured text; or coloured text to copy and save.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { LONGEST, token } from "./code-colours.js";
import { tokenize } from "./tokenizer.js";
import { Keys } from "./code-keys.js";

class MiniCode extends MiniField {
  /** The code of an output. @type {string | null} */
  #code = null;
  /** The content of each line. @type {string[]} */
  #painted = [];
  #keys = new Keys();

  connectedCallback() {
    super.connectedCallback();
    if (this.editor) this.addEventListener("focusout", this);
    this.classList.add("painted");
    const { maxLines } = this.dataset;
    if (maxLines) this.frame.style.setProperty("--max-lines", maxLines);
    if (this.editor) this.paint(this.editor.value);
    else this.value = /** @type {string | null} */ (this.initial);
  }

  get editor() {
    return this.querySelector("textarea");
  }

  get frame() {
    return /** @type {HTMLElement} */ (this.querySelector(".editor"));
  }

  get value() {
    return this.editor ? this.editor.value : this.#code;
  }

  set value(value) {
    const code = value == null ? "" : String(value);
    this.#code = value == null ? null : code;
    if (this.editor) this.editor.value = code;
    this.paint(code);
    for (const part of this.querySelectorAll(/** @type {"p"} */ (".fixed > * > *"))) part.hidden = part.matches("pre") === (value === null);
  }

  /** Show the code in colours, and redraw changed lines only. @param {string} code */
  paint(code) {
    const place = /** @type {HTMLElement} */ (this.querySelector("pre"));
    const language = code.length > LONGEST ? "" : (this.dataset.language ?? "");
    const lines = tokenize(code, language);
    this.frame.style.setProperty("--digits", String(String(lines.length).length));
    const contents = lines.map((line) => JSON.stringify(line.map(({ kind, text }) => [kind, text])));
    if (!this.#painted.length) place.replaceChildren();
    lines.forEach((line, index) => {
      if (contents[index] !== this.#painted[index]) draw(place, line, index);
    });
    while (place.childElementCount > lines.length) place.lastChild?.remove();
    this.#painted = contents;
  }

  /** @param {Event} event */
  handleEvent(event) {
    const button = event.type === "click" && event.target instanceof Element && event.target.closest("[data-do]");
    if (button instanceof HTMLElement) return button.dataset.do === "copy" ? this.copy() : this.download();
    if (event.type === "focusout") return this.#keys.forget();
    if (event instanceof KeyboardEvent && this.editor && event.target === this.editor) {
      if (this.#keys.press(event, this.editor)) return event.preventDefault();
      return undefined;
    }
    if (event.type === "input" && this.editor) this.paint(this.editor.value);
    return super.handleEvent(event);
  }

  /** Copy the code; without https there is no clipboard, and the code is selected for the visitor to copy. */
  async copy() {
    const write = navigator.clipboard?.writeText(String(this.value ?? ""));
    const copied = write && (await write.then(() => true, () => false));
    if (copied) this.show(this.dataset.state ?? "", say("copied"));
    else if (this.editor) this.editor.select();
    else getSelection()?.selectAllChildren(/** @type {Node} */ (this.querySelector("pre")));
  }

  /** Save the code as a file. */
  download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([String(this.value ?? "")], { type: "text/plain" }));
    link.download = this.dataset.file ?? "code.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

/** @param {HTMLElement} place @param {import("./tokenizer.js").Token[]} tokens @param {number} index */
function draw(place, tokens, index) {
  const line = document.createElement("span");
  line.className = "line";
  line.append(...tokens.map(token));
  const old = place.children[index];
  if (old) old.replaceWith(line);
  else place.append(line);
}

customElements.define("mini-code", MiniCode);

// A picture with regions, and a legend with their names that highlights each.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {{ image: FileData, label: string, color: string }} Region */
/** @typedef {{ image: FileData, annotations: Region[] }} Value */

const POINTS = ["pointerover", "pointerout", "focusin", "focusout"];

/** Return the address of a stored file. @param {string} path */
const address = (path) => `file/${path.split("/").map(encodeURIComponent).join("/")}`;

class MiniAnnotatedImage extends MiniField {
  /** @type {Value | null} */
  #value = null;
  /** The name that stays pointed out, until it is pressed again. */
  #held = "";

  connectedCallback() {
    super.connectedCallback();
    for (const type of POINTS) this.addEventListener(type, this);
    this.value = /** @type {Value | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of POINTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const button = event.target instanceof Element && event.target.closest("button");
    const name = button ? (button.textContent ?? "") : "";
    if (event.type === "click" && button) this.hold(name === this.#held ? "" : name);
    else if (event.type === "pointerover" || event.type === "focusin") this.point(name || this.#held);
    else if (event.type === "keydown" && /** @type {KeyboardEvent} */ (event).key === "Escape") this.hold("");
    else if (event.type === "pointerout" || event.type === "focusout") this.point(this.#held);
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    this.#held = "";
    const picture = /** @type {HTMLImageElement} */ (this.querySelector("[data-picture]"));
    picture.hidden = !value;
    value ? (picture.src = address(value.image.meta.preview ?? value.image.path)) : picture.removeAttribute("src");
    this.inner(".stage").toggleAttribute("data-full", value !== null);
    this.inner(".regions").replaceChildren(...(value?.annotations ?? []).map(region));
    this.querySelector(".legend")?.replaceChildren(...this.names.map((name) => this.entry(name)));
    const link = this.inner("[data-link]");
    link.hidden = !value;
    value ? link.setAttribute("href", address(value.image.path)) : link.removeAttribute("href");
    this.point("");
  }

  get names() {
    return [...new Set(this.#value?.annotations.map(({ label }) => label))];
  }

  get summary() {
    return `${this.label}: ${this.names.join(", ") || say("no_regions")}`;
  }

  /** Keep regions pointed out, or none. @param {string} name */
  hold(name) {
    this.#held = name;
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(name !== "" && button.textContent === name));
    }
    this.point(name);
  }

  /** Point out the regions of a name, or none. @param {string} name */
  point(name) {
    this.inner(".regions").toggleAttribute("data-pointing", name !== "");
    for (const image of this.querySelectorAll(/** @type {"img"} */ (".regions > img"))) {
      image.toggleAttribute("data-pointed", image.dataset.name === name);
    }
  }

  /** @param {string} name */
  entry(name) {
    const [item, button, chip] = [document.createElement("li"), document.createElement("button"), document.createElement("span")];
    Object.assign(button, { type: "button", className: "button quiet" });
    button.setAttribute("aria-pressed", "false");
    chip.className = "chip";
    chip.style.backgroundColor = this.#value?.annotations.find(({ label }) => label === name)?.color ?? "";
    button.append(chip, name);
    item.append(button);
    return item;
  }

  /** @param {string} selector @returns {HTMLElement} */
  inner(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }
}

/** @param {Region} annotation */
function region({ image, label }) {
  const element = document.createElement("img");
  Object.assign(element, { alt: "", src: address(image.path) });
  element.dataset.name = label;
  return element;
}

customElements.define("mini-annotatedimage", MiniAnnotatedImage);

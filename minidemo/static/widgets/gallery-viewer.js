// The viewer of a gallery: one item in the whole window.
import { readingDirection, say } from "../wire.js";

/** @typedef {import("./gallery-item.js").GalleryItem} GalleryItem */

const [BACK, ON] = readingDirection > 0 ? /** @type {const} */ (["←", "→"]) : /** @type {const} */ (["→", "←"]);

/**
 * Open the viewer in its gallery; `done` gets the index of the last item.
 * @param {HTMLElement & { items: GalleryItem[], label: string }} gallery
 * @param {number} index
 * @param {(index: number) => void} done
 */
export function view(gallery, index, done) {
  const viewer = new Viewer(gallery, done);
  gallery.append(viewer.dialog);
  viewer.dialog.showModal();
  viewer.show(index);
}

/** The dialog of the viewer. */
class Viewer {
  #index = 0;
  #items;
  #done;
  #figure = make("div", "viewer-picture");
  #caption = make("p", "viewer-caption");
  #count = make("span", "viewer-count");
  #link = Object.assign(make("a", "button quiet"), { download: "", textContent: say("download") });
  #buttons = [button("previous", BACK, say("viewer_previous")), button("next", ON, say("viewer_next"))];

  /** @param {HTMLElement & { items: GalleryItem[], label: string }} gallery @param {(index: number) => void} done */
  constructor({ items, label, dataset }, done) {
    this.#items = items;
    this.#done = done;
    this.dialog = make("dialog", "viewer");
    this.dialog.setAttribute("aria-label", label);
    this.#caption.setAttribute("role", "status");
    const bar = make("div", "viewer-bar");
    const close = button("close", "×", say("viewer_close"));
    bar.append(this.#count, ...this.#buttons);
    if (dataset.download !== undefined) bar.append(this.#link);
    bar.append(close);
    this.dialog.append(bar, this.#figure, this.#caption);
    for (const type of ["click", "keydown", "close"]) this.dialog.addEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.type === "close") return this.close();
    event.stopPropagation();
    if (event instanceof KeyboardEvent) return this.press(event);
    const action = target.closest("button")?.dataset.view;
    if (action === "previous") this.show(this.#index - 1);
    if (action === "next") this.show(this.#index + 1);
    if (action === "close" || target === this.dialog || target === this.#figure) this.dialog.close();
  }

  /** Go to another item with the arrows, which wind a focused video. @param {KeyboardEvent} event */
  press(event) {
    const last = this.#items.length - 1;
    const targets = { ArrowLeft: this.#index - readingDirection, ArrowRight: this.#index + readingDirection, Home: 0, End: last };
    const target = targets[/** @type {keyof typeof targets} */ (event.key)];
    if (target === undefined || event.target instanceof HTMLVideoElement) return;
    event.preventDefault();
    this.show(target);
  }

  /** @param {number} index */
  show(index) {
    const item = this.#items[index];
    if (!item) return;
    this.#index = index;
    this.#figure.replaceChildren(item.picture({ plays: true }));
    this.#caption.textContent = item.caption ?? "";
    this.#count.textContent = `${index + 1} / ${this.#items.length}`;
    this.#link.hidden = !item.link;
    this.#link.href = item.link;
    const [previous, next] = this.#buttons;
    previous?.setAttribute("aria-disabled", String(index === 0));
    next?.setAttribute("aria-disabled", String(index === this.#items.length - 1));
  }

  close() {
    this.dialog.remove();
    this.#done(this.#index);
  }
}

/** @param {string} action @param {string} text @param {string} name */
function button(action, text, name) {
  const element = Object.assign(make("button", "button quiet"), { type: "button", textContent: text });
  element.dataset.view = action;
  element.setAttribute("aria-label", name);
  return element;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} name */
function make(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

// Shows the pictures of a gallery one by one, as large as the window is.
import { readingDirection, say } from "../wire.js";

/** @typedef {import("./gallery-shot.js").Shot} Shot */

const [BACK, ON] = readingDirection > 0 ? /** @type {const} */ (["←", "→"]) : /** @type {const} */ (["→", "←"]);

/**
 * Open the viewer in its gallery; `done` is told which one was seen last.
 * @param {HTMLElement & { shots: Shot[], label: string }} gallery
 * @param {number} index
 * @param {(index: number) => void} done
 */
export function view(gallery, index, done) {
  const viewer = new Viewer(gallery, done);
  gallery.append(viewer.dialog);
  viewer.dialog.showModal();
  viewer.show(index);
}

class Viewer {
  #index = 0;
  #shots;
  #done;
  #figure = make("div", "viewer-picture");
  #words = make("p", "viewer-caption");
  #count = make("span", "viewer-count");
  #link = Object.assign(make("a", "button quiet"), { download: "", textContent: say("download") });
  #buttons = [button("previous", BACK, say("viewer_previous")), button("next", ON, say("viewer_next"))];

  /** @param {HTMLElement & { shots: Shot[], label: string }} gallery @param {(index: number) => void} done */
  constructor({ shots, label, dataset }, done) {
    this.#shots = shots;
    this.#done = done;
    this.dialog = make("dialog", "viewer");
    this.dialog.setAttribute("aria-label", label);
    this.#words.setAttribute("role", "status");
    const bar = make("div", "viewer-bar");
    const close = button("close", "×", say("viewer_close"));
    bar.append(this.#count, ...this.#buttons);
    if (dataset.download !== undefined) bar.append(this.#link);
    bar.append(close);
    this.dialog.append(bar, this.#figure, this.#words);
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

  /** The arrows go to another picture, but in a video they wind. @param {KeyboardEvent} event */
  press(event) {
    const last = this.#shots.length - 1;
    const places = { ArrowLeft: this.#index - readingDirection, ArrowRight: this.#index + readingDirection, Home: 0, End: last };
    const place = places[/** @type {keyof typeof places} */ (event.key)];
    if (place === undefined || event.target instanceof HTMLVideoElement) return;
    event.preventDefault();
    this.show(place);
  }

  /** @param {number} index */
  show(index) {
    const shot = this.#shots[index];
    if (!shot) return;
    this.#index = index;
    this.#figure.replaceChildren(shot.picture({ plays: true }));
    this.#words.textContent = shot.caption ?? "";
    this.#count.textContent = `${index + 1} / ${this.#shots.length}`;
    this.#link.hidden = !shot.link;
    this.#link.href = shot.link;
    const [previous, next] = this.#buttons;
    previous?.setAttribute("aria-disabled", String(index === 0));
    next?.setAttribute("aria-disabled", String(index === this.#shots.length - 1));
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

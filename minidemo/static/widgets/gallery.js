// A gallery: pictures and videos with captions, as an input or an output.
import { MiniField } from "../fields.js";
import { readingDirection, say } from "../wire.js";
import { Dragging } from "./gallery-drag.js";
import { accepts, GalleryItem } from "./gallery-item.js";
import { GalleryTools } from "./gallery-tools.js";

/** @typedef {import("./gallery-item.js").ItemData} ItemData */
/** @typedef {import("../wire.js").WireError} WireError */

/** A list of items, of which one is chosen. */
class MiniGallery extends MiniField {
  /** @type {GalleryItem[]} */
  #items = [];
  #chosen = 0;
  #dragging = new Dragging(this);
  #tools = new GalleryTools(this);
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  connectedCallback() {
    super.connectedCallback();
    if (this.edits) this.#dragging.start();
    document.addEventListener("paste", this);
    this.layOut();
    this.value = /** @type {ItemData[] | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#dragging.stop();
    document.removeEventListener("paste", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event instanceof ClipboardEvent) this.pasted(event);
    else if (event instanceof KeyboardEvent) this.pressed(event);
    else if (event.type === "click") this.clicked(target.closest("[data-do]"));
    else if (target === this.#tools.captionField) this.caption(event.type);
    else if (event.type === "change" && target === this.control) this.add([...(this.control.files ?? [])]);
  }

  /** Lay the items out as the author configures. */
  layOut() {
    const { columns, rows, fit } = this.dataset;
    const { style } = this.list;
    if (fit) this.style.setProperty("--fit", fit);
    if (columns && !this.large) style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    if (!rows || this.large) return;
    style.blockSize = "100%";
    style.gridAutoRows = `calc((100% - ${Number(rows) - 1} * var(--space-2)) / ${rows})`;
  }

  /** @param {HTMLElement | null} button */
  clicked(button) {
    const action = button?.dataset.do;
    if (action === "add") this.control.click();
    if (action === "remove") this.remove();
    if (action === "earlier") this.move(this.#chosen - 1);
    if (action === "later") this.move(this.#chosen + 1);
    if (action === "enlarge") this.enlarge();
    if (action !== "choose") return;
    const index = this.#items.findIndex((item) => item.button === button);
    const again = index === this.#chosen || !(this.edits || this.large);
    this.choose(index);
    if (again) this.enlarge();
  }

  /** Choose with the arrows, move with Shift, remove with Delete. @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.list.contains(/** @type {Node} */ (event.target)) || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#items.length - 1;
    const steps = { ArrowLeft: -readingDirection, ArrowRight: readingDirection, ArrowUp: -this.columns, ArrowDown: this.columns, Home: -last, End: last };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const next = Math.min(Math.max(this.#chosen + (step ?? 0), 0), last);
    if (step && event.shiftKey) this.move(next);
    else if (step) this.choose(next);
    else if (event.key === "Delete") this.remove();
    else return;
    event.preventDefault();
  }

  /** Whether the visitor can change the gallery. */
  get edits() {
    return this.dataset.edits !== undefined;
  }

  /** Whether one picture is shown large above the others. */
  get large() {
    return this.dataset.large !== undefined;
  }

  /** The number of items side by side. */
  get columns() {
    const [first, ...rest] = this.#items.map((item) => item.element.offsetTop);
    const below = rest.findIndex((top) => top !== first);
    return below < 0 ? this.#items.length : below + 1;
  }

  get items() {
    return this.#items;
  }

  get value() {
    const all = this.#items.flatMap(({ data }) => data ?? []);
    return all.length ? all : null;
  }

  set value(value) {
    for (const item of this.#items) item.drop();
    this.#items = (value ?? []).map((data) => new GalleryItem(data));
    this.#chosen = Math.min(Math.max(Number(this.dataset.start ?? 0), 0), Math.max(this.#items.length - 1, 0));
    this.tell("");
    this.draw();
  }

  /** Settles once all files are sent, also after an earlier failure; rejects if the server is away. */
  get ready() {
    for (const item of this.#items) if (!item.stored && !item.sending) this.send(item);
    return Promise.all(this.#items.map(({ sent }) => sent));
  }

  renew() {
    for (const item of this.#items) if (item.file) this.send(item);
  }

  get summary() {
    return `${this.label}: ${say("gallery_items", { count: this.#items.length })}`;
  }

  /** Add the files that are pictures or videos. @param {File[]} files */
  add(files) {
    const refused = files.find((file) => !this.takes(file));
    const fresh = files.filter((file) => this.takes(file)).map((file) => new GalleryItem(file));
    const focused = this.control === document.activeElement;
    this.control.value = "";
    if (fresh.length) {
      this.#chosen = this.#items.length;
      this.#items.push(...fresh);
      this.draw();
      if (focused) this.focus();
      this.tell(say("uploading"));
      this.fire("mini-input");
      for (const item of fresh) this.send(item);
    }
    if (refused) this.error = say("not_shown", { name: refused.name });
  }

  /** @param {File} file */
  takes(file) {
    return accepts(this.control.accept || "image/*,video/*", file);
  }

  /** Send a file after those before it: browsers have few connections to a server. @param {GalleryItem} item */
  async send(item) {
    this.#queue = item.send(this.#queue);
    try {
      await item.sent;
      if (!item.stored) return;
      const news = item.opened ? "picture_loaded" : "picture_unopened";
      this.tell(this.#items.some(({ sending }) => sending) ? say("uploading") : say(news, { name: item.name }));
      const { error } = this;
      this.fire("mini-change");
      this.error = error;
    } catch (error) {
      const { message, away } = /** @type {WireError} */ (error);
      if (!away) this.discard(item);
      this.tell("");
      this.error = away ? message : `${item.name}: ${message}`;
    }
  }

  /** @param {GalleryItem} item */
  discard(item) {
    item.drop();
    this.#items = this.#items.filter((other) => other !== item);
    this.#chosen = Math.min(this.#chosen, Math.max(this.#items.length - 1, 0));
    this.draw();
    this.fire("mini-change");
  }

  remove() {
    const item = this.#items[this.#chosen];
    if (!item || !this.edits) return;
    this.discard(item);
    if (this.#items.length) this.choose(this.#chosen);
    else this.control.focus();
  }

  /** Move the chosen item. @param {number} index */
  move(index) {
    const item = this.#items[this.#chosen];
    if (!item || !this.edits || index < 0 || index >= this.#items.length || index === this.#chosen) return;
    const focused = document.activeElement;
    this.#items.splice(this.#chosen, 1);
    this.#items.splice(index, 0, item);
    this.#chosen = index;
    this.draw();
    if (focused === item.button) item.button.focus();
    this.tell(say("moved", { position: index + 1, count: this.#items.length }));
    this.fire("mini-change");
  }

  /** @param {number} index */
  choose(index) {
    this.#chosen = index;
    this.draw();
    this.#items[index]?.button.focus();
  }

  /** @param {string} type */
  caption(type) {
    const item = this.#items[this.#chosen];
    if (!item) return;
    item.caption = this.#tools.captionField.value || null;
    this.describe();
    this.fire(type === "input" ? "mini-input" : "mini-change");
  }

  /** Show the chosen item in the window. */
  async enlarge() {
    if (this.dataset.views === undefined || !this.#items.length) return;
    const { view } = await import("./gallery-viewer.js");
    view(this, this.#chosen, (index) => this.choose(index));
  }

  /** Show the current state. */
  draw() {
    const chosen = this.#items[this.#chosen];
    this.describe();
    const elements = this.#items.map(({ element }) => element);
    const current = [...this.list.children];
    if (current.length !== elements.length || elements.some((element, i) => element !== current[i])) this.list.replaceChildren(...elements);
    this.inner(".stage").toggleAttribute("data-full", Boolean(chosen));
    const large = this.inner(".gallery-large");
    large.hidden = !this.large || !chosen;
    if (this.large && chosen) large.replaceChildren(chosen.picture(), chosen.captionText.cloneNode(true));
    for (const element of elements) element.draggable = this.edits;
    if (this.edits) this.#tools.show(this.#chosen, this.#items);
  }

  /** Show the names and captions. */
  describe() {
    const count = this.#items.length;
    this.#items.forEach((item, index) => item.showPosition(index, { count, chosen: index === this.#chosen }));
    const chosen = this.#items[this.#chosen];
    this.inner(".gallery-large").setAttribute("aria-label", `${say("enlarge")}: ${chosen?.caption || chosen?.name || ""}`);
  }

  /** Move an item with the mouse. @param {GalleryItem} item @param {number} index */
  moveItem(item, index) {
    this.#chosen = this.#items.indexOf(item);
    this.move(index);
  }

  /** @param {ClipboardEvent} event */
  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => this.takes(file));
    const first = document.querySelector("mini-gallery[data-edits]") === this;
    if (!files.length || !this.edits || event.defaultPrevented || !(first || this.contains(document.activeElement))) return;
    event.preventDefault();
    this.add(files);
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    const chosen = this.#items[this.#chosen];
    if (chosen) chosen.button.focus(options);
    else super.focus(options);
  }

  /** @param {string} message */
  tell(message) {
    if (this.edits) this.inner(".state").textContent = message;
  }

  /** @returns {HTMLElement} */
  get list() {
    return this.inner(".gallery-items");
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-gallery", MiniGallery);

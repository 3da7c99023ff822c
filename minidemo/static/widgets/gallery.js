// A gallery: pictures and videos, with captions; added, moved and removed, or those that came out.
import { MiniField } from "../fields.js";
import { readingDirection, say } from "../wire.js";
import { Dragging } from "./gallery-drag.js";
import { kindOf, Shot } from "./gallery-shot.js";

/** @typedef {import("./gallery-shot.js").Item} Item */
/** @typedef {import("../wire.js").WireError} WireError */

class MiniGallery extends MiniField {
  /** @type {Shot[]} */
  #shots = [];
  #chosen = 0;
  #dragging = new Dragging(this);
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  connectedCallback() {
    super.connectedCallback();
    if (this.edits) this.#dragging.start();
    document.addEventListener("paste", this);
    this.lay();
    this.value = /** @type {Item[] | null} */ (this.initial);
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
    else if (target === this.words) this.caption(event.type);
    else if (event.type === "change" && target === this.control) this.add([...(this.control.files ?? [])]);
  }

  /** Lay the pictures out as the author wishes. */
  lay() {
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
    const index = this.#shots.findIndex((shot) => shot.button === button);
    const again = index === this.#chosen || !(this.edits || this.large);
    this.choose(index);
    if (again) this.enlarge();
  }

  /** Arrows choose another picture; with Shift they move it, and Delete removes it. @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.list.contains(/** @type {Node} */ (event.target)) || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#shots.length - 1;
    const steps = { ArrowLeft: -readingDirection, ArrowRight: readingDirection, ArrowUp: -this.columns, ArrowDown: this.columns, Home: -last, End: last };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const next = Math.min(Math.max(this.#chosen + (step ?? 0), 0), last);
    if (step && event.shiftKey) this.move(next);
    else if (step) this.choose(next);
    else if (event.key === "Delete") this.remove();
    else return;
    event.preventDefault();
  }

  /** Whether the visitor can change it. */
  get edits() {
    return this.dataset.edits !== undefined;
  }

  /** Whether one picture is shown large above the others. */
  get large() {
    return this.dataset.large !== undefined;
  }

  /** How many stand side by side. */
  get columns() {
    const [first, ...rest] = this.#shots.map((shot) => shot.element.offsetTop);
    const below = rest.findIndex((top) => top !== first);
    return below < 0 ? this.#shots.length : below + 1;
  }

  get shots() {
    return this.#shots;
  }

  get value() {
    const items = this.#shots.flatMap(({ item }) => item ?? []);
    return items.length ? items : null;
  }

  set value(value) {
    for (const shot of this.#shots) shot.drop();
    this.#shots = (value ?? []).map((item) => new Shot(item));
    this.#chosen = Math.min(Math.max(Number(this.dataset.start ?? 0), 0), Math.max(this.#shots.length - 1, 0));
    this.tell("");
    this.draw();
  }

  /** Rejects if the server is away; what could not be sent for that is sent again. */
  get ready() {
    for (const shot of this.#shots) if (!shot.stored && !shot.sending) this.send(shot);
    return Promise.all(this.#shots.map(({ sent }) => sent));
  }

  renew() {
    for (const shot of this.#shots) if (shot.file) this.send(shot);
  }

  get summary() {
    return `${this.label}: ${say("shots", { count: this.#shots.length })}`;
  }

  /** Take the files that are pictures or videos. @param {File[]} files */
  add(files) {
    const refused = files.find((file) => !this.takes(file));
    const fresh = files.filter((file) => this.takes(file)).map((file) => new Shot(file));
    this.control.value = "";
    if (fresh.length) {
      this.#chosen = this.#shots.length;
      this.#shots.push(...fresh);
      this.draw();
      this.tell(say("uploading"));
      this.fire("mini-input");
      for (const shot of fresh) this.send(shot);
    }
    if (refused) this.error = say("not_shown", { name: refused.name });
  }

  /** @param {File} file */
  takes(file) {
    const kind = kindOf(file);
    const words = (this.control.accept || "image/*,video/*").split(",");
    return kind !== null && words.some((word) => word === `${kind}/*` || file.name.toLowerCase().endsWith(word));
  }

  /** Send a file after those before it: browsers have few connections to a server. @param {Shot} shot */
  async send(shot) {
    this.#queue = shot.send(this.#queue);
    try {
      await shot.sent;
      if (!shot.stored) return;
      this.tell(this.#shots.some(({ sending }) => sending) ? say("uploading") : say("picture_loaded", { name: shot.name }));
      const { error } = this;
      this.fire("mini-change");
      this.error = error;
    } catch (error) {
      const { message, away } = /** @type {WireError} */ (error);
      if (!away) this.discard(shot);
      this.tell("");
      this.error = away ? message : `${shot.name}: ${message}`;
    }
  }

  /** @param {Shot} shot */
  discard(shot) {
    shot.drop();
    this.#shots = this.#shots.filter((other) => other !== shot);
    this.#chosen = Math.min(this.#chosen, Math.max(this.#shots.length - 1, 0));
    this.draw();
    this.fire("mini-change");
  }

  remove() {
    const shot = this.#shots[this.#chosen];
    if (!shot || !this.edits) return;
    this.discard(shot);
    if (this.#shots.length) this.choose(this.#chosen);
    else this.control.focus();
  }

  /** Put the chosen one in another place. @param {number} index */
  move(index) {
    const shot = this.#shots[this.#chosen];
    if (!shot || !this.edits || index < 0 || index >= this.#shots.length || index === this.#chosen) return;
    const here = document.activeElement;
    this.#shots.splice(this.#chosen, 1);
    this.#shots.splice(index, 0, shot);
    this.#chosen = index;
    this.draw();
    if (here === shot.button) shot.button.focus();
    this.tell(say("moved", { position: index + 1, count: this.#shots.length }));
    this.fire("mini-change");
  }

  /** @param {number} index */
  choose(index) {
    this.#chosen = index;
    this.draw();
    this.#shots[index]?.button.focus();
  }

  /** @param {string} type */
  caption(type) {
    const shot = this.#shots[this.#chosen];
    if (!shot) return;
    shot.caption = this.words.value || null;
    this.describe();
    this.fire(type === "input" ? "mini-input" : "mini-change");
  }

  /** Show one alone, as large as the window is. */
  async enlarge() {
    if (this.dataset.views === undefined || !this.#shots.length) return;
    const { view } = await import("./gallery-viewer.js");
    view(this, this.#chosen, (index) => this.choose(index));
  }

  /** Bring what is seen up to date. */
  draw() {
    const chosen = this.#shots[this.#chosen];
    this.describe();
    const elements = this.#shots.map(({ element }) => element);
    const seen = [...this.list.children];
    if (seen.length !== elements.length || elements.some((element, i) => element !== seen[i])) this.list.replaceChildren(...elements);
    this.inner(".stage").toggleAttribute("data-full", Boolean(chosen));
    const large = this.inner(".shot-large");
    large.hidden = !this.large || !chosen;
    if (this.large && chosen) large.replaceChildren(chosen.picture(), chosen.words.cloneNode(true));
    for (const element of elements) element.draggable = this.edits;
    if (!this.edits) return;
    for (const name of ["enlarge", "earlier", "later", "remove"]) {
      const button = this.inner(`.tools > [data-do=${name}]`);
      if (button) button.hidden = !chosen;
    }
    this.inner("[data-do=earlier]").ariaDisabled = String(this.#chosen === 0);
    this.inner("[data-do=later]").ariaDisabled = String(this.#chosen === this.#shots.length - 1);
    this.words.hidden = !chosen;
    this.words.value = chosen?.caption ?? "";
  }

  /** Write the names and captions anew. */
  describe() {
    const count = this.#shots.length;
    this.#shots.forEach((shot, index) => shot.place(index, { count, chosen: index === this.#chosen }));
    const chosen = this.#shots[this.#chosen];
    this.inner(".shot-large").setAttribute("aria-label", `${say("enlarge")}: ${chosen?.caption || chosen?.name || ""}`);
  }

  /** Put one in another place, as the mouse does. @param {Shot} shot @param {number} index */
  carry(shot, index) {
    this.#chosen = this.#shots.indexOf(shot);
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
    const chosen = this.#shots[this.#chosen];
    if (chosen) chosen.button.focus(options);
    else super.focus(options);
  }

  /** @param {string} words */
  tell(words) {
    if (this.edits) this.inner(".state").textContent = words;
  }

  /** @returns {HTMLElement} */
  get list() {
    return this.inner(".shots");
  }

  /** Where the chosen one's caption is written. @returns {HTMLInputElement} */
  get words() {
    return this.inner(".shot-words");
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-gallery", MiniGallery);

// Files: chosen or dropped, sent one by one, and listed; or outputs to download.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { Entry } from "./file-entry.js";

/** @typedef {import("../types").FileData} FileData */

const DRAGS = ["dragenter", "dragleave", "drop"];

class MiniFile extends MiniField {
  /** @type {Entry[]} */
  #entries = [];

  connectedCallback() {
    super.connectedCallback();
    for (const type of DRAGS) this.addEventListener(type, this);
    this.value = /** @type {FileData | FileData[] | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of DRAGS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const action = event.type === "click" && target instanceof Element && target.closest("[data-do]");
    if (action) this.act(/** @type {HTMLElement} */ (action));
    else if (event.type === "change") this.choose([...(/** @type {HTMLInputElement} */ (target).files ?? [])]);
    else if (event instanceof DragEvent) this.inner(".stage")?.toggleAttribute("data-drag", event.type === "dragenter");
  }

  /** @param {HTMLElement} button */
  act(button) {
    const entry = this.#entries.find(({ element }) => element.contains(button));
    if (!entry || button.ariaDisabled === "true") return;
    const action = button.dataset.do;
    if (action === "retry") this.retry(entry);
    if (action === "remove") this.discard(entry);
    if (action === "up") this.move(this.#entries.indexOf(entry) - 1);
    if (action === "down") this.move(this.#entries.indexOf(entry));
  }

  /** Whether the visitor can choose files. */
  get edits() {
    return this.dataset.count !== undefined;
  }

  /** Whether the value is a list. */
  get several() {
    return this.dataset.several !== undefined;
  }

  get value() {
    const values = this.#entries.flatMap(({ value }) => (value ? [value] : []));
    if (this.several || values.length > 1) return values.length ? values : null;
    return values[0] ?? null;
  }

  set value(value) {
    for (const entry of this.#entries) entry.abort();
    const values = value ? [value].flat() : [];
    this.#entries = values.map((one) => this.entry(one));
    this.list.replaceChildren(...this.#entries.map(({ element }) => element));
    if (this.edits) this.control.value = "";
    this.tell("");
    this.update();
  }

  get problem() {
    const failed = this.#entries.find(({ failure, away }) => failure && !away);
    return failed ? `${failed.name}: ${failed.failure}` : "";
  }

  /** Rejects if the server is away; files that could not be sent for that are sent again. */
  get ready() {
    for (const entry of this.#entries) if (entry.away) entry.send();
    return Promise.all(this.#entries.map(({ sent }) => sent));
  }

  renew() {
    for (const entry of this.#entries) if (entry.file && !entry.failure) entry.send();
  }

  get summary() {
    return `${this.label}: ${this.#entries.map(({ name }) => name).join(", ")}`;
  }

  /** @param {File[]} files */
  choose(files) {
    this.inner(".stage")?.toggleAttribute("data-drag", false);
    const folder = this.dataset.count === "directory";
    const chosen = folder ? files.filter((file) => this.takes(file)).sort(byPath) : files;
    if (!files.length) return;
    if (!this.several) this.value = null;
    for (const file of this.several ? chosen : chosen.slice(0, 1)) this.add(file);
    this.control.value = "";
    const left = files.length - chosen.length;
    this.tell(left ? say("left_out", { count: left }) : this.busy ? say("uploading") : "");
    this.update();
    this.fire("mini-input");
  }

  /** @param {File} file */
  add(file) {
    const entry = this.entry(file);
    this.#entries.push(entry);
    this.list.append(entry.element);
    if (this.takes(file)) entry.send();
    else entry.fail(say("wrong_type", { types: this.dataset.types }));
  }

  /** Tell whether a file has an accepted type. @param {File} file */
  takes({ name }) {
    const endings = this.dataset.endings?.split(" ") ?? [""];
    return endings.some((ending) => name.toLowerCase().endsWith(ending));
  }

  /** @param {File | FileData} thing */
  entry(thing) {
    const changed = () => this.changed();
    return new Entry(thing, { edits: this.edits, moves: this.dataset.moves !== undefined, changed });
  }

  /** A file was sent, or could not be. */
  changed() {
    const stored = this.#entries.filter(({ value }) => value);
    const words = stored.length === 1 ? say("picture_loaded", { name: stored[0]?.name }) : say("files_loaded", { count: stored.length });
    this.tell(this.busy ? say("uploading") : stored.length ? words : "");
    const { error } = this;
    this.fire("mini-change");
    // errors of other files stay
    if (this.problem) this.error = error;
  }

  get busy() {
    return this.#entries.some(({ sending }) => sending);
  }

  /** @param {Entry} entry */
  retry(entry) {
    entry.send();
    this.tell(say("uploading"));
    entry.element.querySelector(/** @type {"button"} */ ("[data-do=remove]"))?.focus();
    this.fire("mini-input");
  }

  /** Take a file out of the list; the focus goes to its neighbour. @param {Entry} entry */
  discard(entry) {
    const index = this.#entries.indexOf(entry);
    entry.abort();
    entry.element.remove();
    this.#entries.splice(index, 1);
    const near = this.#entries[index] ?? this.#entries[index - 1];
    (near?.element.querySelector(/** @type {"button"} */ ("[data-do=remove]")) ?? this.control).focus();
    this.tell("");
    this.update();
    this.fire("mini-change");
  }

  /** Let a file change places with the one after it; that one is moved, so that the focus stays. @param {number} index */
  move(index) {
    const [first, second] = /** @type {[Entry, Entry]} */ (this.#entries.slice(index, index + 2));
    const focused = second.element.contains(document.activeElement);
    this.#entries.splice(index, 2, second, first);
    if (focused) second.element.after(first.element);
    else first.element.before(second.element);
    this.update();
    this.fire("mini-change");
  }

  /** Show what depends on how many files there are. */
  update() {
    const empty = this.inner(".empty");
    if (empty) empty.hidden = this.#entries.length > 0;
    this.list.hidden = !this.#entries.length;
    const last = this.#entries.length - 1;
    this.#entries.forEach(({ element }, index) => {
      element.querySelector("[data-do=up]")?.setAttribute("aria-disabled", String(index === 0));
      element.querySelector("[data-do=down]")?.setAttribute("aria-disabled", String(index === last));
    });
  }

  get list() {
    return this.inner(".files");
  }

  /** @param {string} words */
  tell(words) {
    const place = this.inner(".state");
    if (this.edits && place.textContent !== words) place.textContent = words;
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

/** @param {File} a @param {File} b */
function byPath(a, b) {
  return a.webkitRelativePath < b.webkitRelativePath ? -1 : 1;
}

customElements.define("mini-file", MiniFile);

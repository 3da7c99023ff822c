// A dropdown: a native list, or one with search, several choices or own entries.
import { MiniField } from "../fields.js";
import { parse, say, stringify } from "../wire.js";

/** One of the options of a native list; the value of each is JSON. */
export class MiniSelect extends MiniField {
  get value() {
    return parse(this.control.value || "null");
  }

  set value(value) {
    const chosen = stringify(value ?? null);
    const options = [...this.querySelectorAll("option")];
    const place = options.findIndex((option) => stringify(parse(option.value)) === chosen);
    if (place < 0 && value != null) this.control.append(new Option(String(value), chosen));
    /** @type {any} */ (this.control).selectedIndex = place < 0 && value != null ? options.length : place;
  }
}

/** A field that opens a list below it (the combobox pattern); what is chosen of several stands before it as chips. */
class MiniDropdown extends MiniField {
  /** The chosen items as JSON. @type {string[]} */
  #chosen = [];
  /** @type {HTMLElement | null} */
  #active = null;

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("focusout", this);
    this.addEventListener("mousedown", this);
    for (const { dataset } of this.options) dataset.value = stringify(parse(dataset.value ?? "null"));
    this.value = this.initial;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener("focusout", this);
    this.removeEventListener("mousedown", this);
  }

  get many() {
    return this.dataset.many !== undefined;
  }

  get value() {
    const values = this.#chosen.map((item) => parse(item));
    return this.many ? values : (values[0] ?? null);
  }

  set value(value) {
    const values = Array.isArray(value) ? value : value === null ? [] : [value];
    this.#chosen = values.map((item) => stringify(item));
    this.paint();
  }

  get summary() {
    return `${this.label}: ${this.#chosen.map((item) => this.name(item)).join(", ")}`;
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {Element} */ (event.target);
    if (this.control.readOnly || event.type === "change") return;
    if (event.type === "input") this.search();
    else if (event.type === "focusout") this.left(/** @type {FocusEvent} */ (event));
    else if (event.type === "mousedown") target.closest("[role=option]") && event.preventDefault();
    else if (event.type === "click") this.clicked(target);
    else if (event instanceof KeyboardEvent && target === this.control) this.key(event);
  }

  /** @param {Element} target */
  clicked(target) {
    const option = target.closest("[role=option]");
    const removed = target.closest("[data-remove]");
    if (option) this.choose(/** @type {HTMLElement} */ (option).dataset.value ?? "null");
    else if (removed) this.drop(/** @type {HTMLElement} */ (removed.parentElement).dataset.value ?? "");
    else if (target.closest(".combo")) this.open(true);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (by) this.move(by);
    else if (event.key === "Escape" && !this.list.hidden) this.open(false);
    else if (event.key === "Enter") return this.enter(event);
    else if (event.key === "Backspace" && !this.control.value && this.many) this.drop(this.#chosen.at(-1) ?? "");
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  enter(event) {
    const own = this.control.value.trim();
    const custom = this.dataset.custom !== undefined && own !== "";
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.#active && !this.list.hidden) this.choose(this.#active.dataset.value ?? "null");
    else if (custom && (this.many || stringify(own) !== this.#chosen[0])) this.choose(stringify(own));
    else this.fire("mini-submit");
  }

  /** Take a choice; one of several that is chosen already is given back. @param {string} item */
  choose(item) {
    if (this.many && this.#chosen.includes(item)) return this.drop(item);
    const limit = Number(this.dataset.maxChoices ?? Infinity);
    if (this.many && this.#chosen.length >= limit) {
      this.error = say("choose_no_more", { label: this.label, limit });
      return;
    }
    this.change(this.many ? [...this.#chosen, item] : [item]);
    if (!this.many) this.open(false);
  }

  /** @param {string} item */
  drop(item) {
    this.change(this.#chosen.filter((other) => other !== item));
    this.control.focus();
  }

  /** @param {string[]} chosen */
  change(chosen) {
    const same = chosen.join() === this.#chosen.join();
    this.#chosen = chosen;
    this.paint();
    if (same) return;
    this.fire("mini-input");
    this.fire("mini-change");
  }

  /** Show what is chosen: as chips, or in the field. */
  paint() {
    this.control.value = this.many ? "" : this.#chosen.map((item) => this.name(item)).join();
    for (const option of this.options) option.ariaSelected = String(this.#chosen.includes(option.dataset.value ?? ""));
    const chips = this.many ? this.#chosen.map((item) => chip(item, this.name(item), !this.control.readOnly)) : [];
    this.querySelector(".chips")?.replaceChildren(...chips);
    if (!this.list.hidden) this.filter("");
  }

  /** Return the label of a choice. @param {string} item */
  name(item) {
    const option = this.options.find(({ dataset }) => dataset.value === item);
    return option?.textContent ?? String(parse(item));
  }

  search() {
    this.error = "";
    this.open(true);
    this.filter(this.control.value);
    this.activate(this.control.value ? (this.visible[0] ?? null) : null);
  }

  /** Leave only the options that hold the text. @param {string} text */
  filter(text) {
    const query = text.trim().toLocaleLowerCase();
    for (const option of this.options) option.hidden = !option.textContent?.toLocaleLowerCase().includes(query);
  }

  /** @param {boolean} open */
  open(open) {
    if (this.list.hidden !== open) return;
    this.list.hidden = !open;
    this.control.ariaExpanded = String(open);
    this.filter("");
    this.activate(null);
    this.list.classList.remove("up");
    const { bottom, height } = this.list.getBoundingClientRect();
    this.list.classList.toggle("up", bottom > innerHeight && height < this.control.getBoundingClientRect().top);
    if (open && !this.many) this.control.select();
  }

  /** @param {FocusEvent} event */
  left(event) {
    if (this.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
    const own = this.control.value.trim();
    const known = this.options.find((option) => option.textContent === own)?.dataset.value;
    this.open(false);
    if (!own && !this.many) this.change([]);
    else if (own && (known || this.dataset.custom !== undefined)) this.choose(known ?? stringify(own));
    else this.paint();
  }

  /** @param {number} by */
  move(by) {
    this.open(true);
    const { visible } = this;
    const here = this.#active ? visible.indexOf(this.#active) : by < 0 ? 0 : -1;
    this.activate(visible.at((here + by) % visible.length) ?? null);
  }

  /** @param {HTMLElement | null} option */
  activate(option) {
    this.#active?.removeAttribute("data-active");
    this.#active = option;
    option?.setAttribute("data-active", "");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.control.setAttribute("aria-activedescendant", option.id);
    else this.control.removeAttribute("aria-activedescendant");
  }

  /** @returns {HTMLElement} */
  get list() {
    return /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
  }

  /** @returns {HTMLElement[]} */
  get options() {
    return [...this.querySelectorAll(/** @type {"div"} */ ("[role=option]"))];
  }

  get visible() {
    return this.options.filter((option) => !option.hidden);
  }
}

/** @param {string} item @param {string} name @param {boolean} removable */
function chip(item, name, removable) {
  const element = document.createElement("li");
  element.dataset.value = item;
  element.append(Object.assign(document.createElement("span"), { textContent: name }));
  if (!removable) return element;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.dataset.remove = "";
  button.ariaLabel = say("remove_choice", { label: name });
  element.append(button);
  return element;
}

customElements.define("mini-select", MiniSelect);
customElements.define("mini-dropdown", MiniDropdown);

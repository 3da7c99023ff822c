// The menu of reasons at the Flag button.

/** @typedef {import("./flag.js").MiniFlag} MiniFlag */

/** The menu of a Flag button; without reasons it has no element. */
export class FlagMenu {
  /** @param {MiniFlag} flag */
  constructor(flag) {
    this.flag = flag;
  }

  /** @returns {HTMLElement | null} */
  get element() {
    return this.flag.querySelector(".flag-press > [role=menu]");
  }

  /** @returns {HTMLButtonElement[]} */
  get items() {
    return [...this.flag.querySelectorAll(/** @type {"button"} */ (".flag-press [role=menuitem]"))];
  }

  /** Open the menu, upwards if there is no room below. @param {number} [index] the item to focus */
  open(index = 0) {
    const { element } = this;
    if (!element?.hidden) return;
    this.#setOpen(true);
    element.classList.remove("up");
    const { bottom, height } = element.getBoundingClientRect();
    element.classList.toggle("up", bottom > innerHeight && height < this.flag.button.getBoundingClientRect().top);
    this.items.at(index)?.focus();
  }

  /** Close the menu; the focus returns to the button. */
  close() {
    if (!this.element || this.element.hidden) return;
    this.#setOpen(false);
    this.flag.button.focus();
  }

  toggle() {
    if (this.element?.hidden) this.open();
    else this.close();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { items } = this;
    const index = items.indexOf(/** @type {any} */ (document.activeElement));
    if (index < 0) return this.#pressButton(event);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
    const numbered = items[Number(event.key) - 1];
    if (event.key === "Tab") return this.close();
    if (event.key === "Escape") this.close();
    else if (target !== undefined) items.at(target % items.length)?.focus();
    else if (numbered) this.flag.choose(numbered.dataset.option ?? "");
    else return undefined;
    return event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #pressButton(event) {
    const first = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (first === undefined || event.target !== this.flag.button || !this.element || !this.flag.enabled) return;
    event.preventDefault();
    this.open(first);
  }

  /** Close the menu when the focus leaves the flag. @param {FocusEvent} event */
  leave(event) {
    if (this.element?.hidden === false && !this.flag.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#setOpen(false);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.element?.toggleAttribute("hidden", !open);
    this.flag.button.setAttribute("aria-expanded", String(open));
  }
}

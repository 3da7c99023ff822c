// The Flag button: saves the run whose result is shown, once for each reason.
import { flag, say, WireError } from "./wire.js";

const EVENTS = ["click", "keydown", "focusout"];

/** What a press would save, and whether that run failed, or other inputs were typed since. */
/** @typedef {{ run: string | null, failed: boolean, outdated: boolean }} Outcome */

/** A button, with a menu of the reasons if there are any, and a line that tells what became of the flag. */
export class MiniFlag extends HTMLElement {
  /** @type {Outcome} */
  #outcome = { run: null, failed: false, outdated: false };
  /** The rows that flags were saved as, by run and reason. @type {Map<string, number>} */
  #rows = new Map();
  /** @type {string | null} */
  #retry = null;
  #saving = false;
  /** The run that the server has forgotten. @type {string | null} */
  #expired = null;

  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) this.key(event);
    else if (event instanceof FocusEvent) this.left(event);
    else if (event.target instanceof Element) this.press(event.target);
  }

  /** @param {Outcome} outcome */
  show(outcome) {
    const old = this.#outcome;
    if (Object.entries(outcome).every(([name, value]) => /** @type {any} */ (old)[name] === value)) return;
    this.#outcome = outcome;
    if (outcome.run !== old.run) this.recall();
    this.paint();
  }

  /** Say how the run was saved already, if it was. */
  recall() {
    const options = [null, ...this.items.map((item) => item.dataset.option ?? "")];
    const row = options.map((option) => this.#rows.get(key(this.#outcome.run, option))).find((saved) => saved !== undefined);
    this.tell(row === undefined ? "" : say("saved", { row }));
  }

  /** @param {Element} target */
  press(target) {
    const option = target.closest("[data-option]");
    if (option) this.choose(/** @type {HTMLElement} */ (option).dataset.option ?? "");
    else if (target.closest("[data-retry]")) this.again();
    else if (target.closest("[data-press]") && this.enabled) this.menu ? this.open(this.menu.hidden) : this.save(null);
  }

  /** @param {string} option */
  choose(option) {
    this.open(false);
    this.save(option);
  }

  again() {
    this.button.focus();
    this.save(this.#retry);
  }

  get enabled() {
    return this.button.getAttribute("aria-disabled") !== "true";
  }

  /** @returns {HTMLButtonElement} */
  get button() {
    return this.inner("press");
  }

  /** @returns {HTMLElement | null} */
  get menu() {
    return this.querySelector("[role=menu]");
  }

  /** @returns {HTMLButtonElement[]} */
  get items() {
    return [...this.querySelectorAll(/** @type {"button"} */ ("[role=menuitem]"))];
  }

  /** @param {string} name @returns {any} */
  inner(name) {
    return this.querySelector(`[data-${name}]`);
  }

  /** @param {boolean} open @param {number} [index] the item to focus; opens upwards where there is no room below */
  open(open, index = 0) {
    const { menu } = this;
    if (!menu || menu.hidden !== open) return;
    menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    menu.classList.remove("up");
    const { bottom, height } = menu.getBoundingClientRect();
    menu.classList.toggle("up", bottom > innerHeight && height < this.button.getBoundingClientRect().top);
    (open ? this.items.at(index) : this.button)?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { items } = this;
    const here = items.indexOf(/** @type {any} */ (document.activeElement));
    if (here < 0) return this.keyOnButton(event);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    const chosen = items[Number(event.key) - 1];
    if (event.key === "Escape") this.open(false);
    else if (event.key === "Tab") this.open(false);
    else if (target !== undefined) items.at(target % items.length)?.focus();
    else if (chosen) this.choose(chosen.dataset.option ?? "");
    else return undefined;
    return event.key === "Tab" || event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  keyOnButton(event) {
    const first = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (first === undefined || event.target !== this.button || !this.menu || !this.enabled) return;
    event.preventDefault();
    this.open(true, first);
  }

  /** @param {FocusEvent} event */
  left(event) {
    if (!this.menu || this.menu.hidden || this.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
    this.menu.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  /** Save a flag once, however often it is pressed. @param {string | null} option */
  async save(option) {
    const { run } = this.#outcome;
    if (!run || this.#saving || this.#rows.has(key(run, option))) return;
    this.#saving = true;
    this.tell(say("flag_saving"));
    this.paint();
    try {
      const { row } = await flag({ run, option });
      this.#rows.set(key(run, option), row);
      this.tell(say("saved", { row }));
    } catch (error) {
      this.notSaved(error, option);
    } finally {
      this.#saving = false;
      this.paint();
    }
  }

  /** @param {unknown} error @param {string | null} option */
  notSaved(error, option) {
    const { message, status } = error instanceof WireError ? error : new WireError(String(error));
    const expired = status === 410;
    if (expired) this.#expired = this.#outcome.run;
    this.tell(say("flag_not_saved"), expired ? say("flag_expired") : message);
    this.#retry = option;
    this.inner("retry").hidden = expired;
  }

  /** @param {string} words @param {string} [reason] why it could not be saved */
  tell(words, reason = "") {
    this.inner("told").textContent = words;
    this.inner("reason").textContent = reason;
    this.inner("retry").hidden = true;
  }

  paint() {
    const { run } = this.#outcome;
    const saved = this.items.map((item) => this.#rows.has(key(run, item.dataset.option ?? "")));
    this.items.forEach((item, index) => item.setAttribute("aria-disabled", String(saved[index])));
    const spent = this.menu ? saved.every(Boolean) : this.#rows.has(key(run, null));
    this.button.setAttribute("aria-disabled", String(!run || run === this.#expired || this.#saving || spent));
    this.inner("hint").textContent = spent ? "" : this.hint();
  }

  hint() {
    const { run, failed, outdated } = this.#outcome;
    if (!run) return say("flag_first");
    if (outdated) return say("flag_outdated");
    return say(failed ? "flag_failed_run" : "flag_hint");
  }
}

/** @param {string | null} run @param {string | null} option */
function key(run, option) {
  return JSON.stringify([run, option]);
}

customElements.define("mini-flag", MiniFlag);

// The Flag button: saves the run whose result is shown, once for each reason.
import { flag, say, undo, WireError } from "./wire.js";

const EVENTS = ["click", "keydown", "focusout", "flag-save", "flag-cancel"];

/** What a press would save, and whether that run failed, or other inputs were typed since. */
/** @typedef {{ run: string | null, failed: boolean, outdated: boolean }} Outcome */

/** What is said with a flag. @typedef {{ comment?: string | null, expected?: unknown[] | null }} Said */
/** @typedef {import("./flag-form.js").MiniFlagForm} MiniFlagForm */

/**
 * A button, with a menu of the reasons if there are any, a form if there is more to say, and a line that tells what
 * became of the flag.
 */
export class MiniFlag extends HTMLElement {
  /** @type {Outcome} */
  #outcome = { run: null, failed: false, outdated: false };
  /** The rows that flags were saved as, by run and reason. @type {Map<string, number>} */
  #rows = new Map();
  /** The flag that could not be saved. @type {{ run: string | null, option: string | null }} */
  #retry = { run: null, option: null };
  #saving = false;
  /** The run that the server has forgotten. @type {string | null} */
  #expired = null;
  /** The reason that the open form is about. @type {string | null} */
  #option = null;
  /** The flag that can be taken back. @type {{ run: string, option: string | null } | null} */
  #fresh = null;
  /** Ends the time to take it back. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
    clearTimeout(this.#timer);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) this.key(event);
    else if (event.type === "flag-save") this.submit();
    else if (event.type === "flag-cancel") this.close();
    else if (event instanceof FocusEvent) this.left(event);
    else if (event.target instanceof Element) this.press(event.target);
  }

  /** @param {Outcome} outcome */
  show(outcome) {
    const old = this.#outcome;
    if (Object.entries(outcome).every(([name, value]) => /** @type {any} */ (old)[name] === value)) return;
    this.#outcome = outcome;
    if (outcome.run !== old.run && this.dataset.streaming === undefined) this.recall();
    this.paint();
  }

  /** Say how the run was saved already, if it was; a form that is open was about another. */
  recall() {
    this.close();
    const options = [null, ...this.items.map((item) => item.dataset.option ?? "")];
    const row = options.map((option) => this.#rows.get(key(this.#outcome.run, option))).find((saved) => saved !== undefined);
    this.tell(row === undefined ? "" : say("saved", { row }));
  }

  /** @param {Element} target */
  press(target) {
    const option = target.closest("[data-option]");
    if (option) this.choose(/** @type {HTMLElement} */ (option).dataset.option ?? "");
    else if (target.closest("[data-undo]")) this.undo();
    else if (target.closest("[data-retry]")) this.again();
    else if (target.closest("[data-press]") && this.enabled) this.menu ? this.open(this.menu.hidden) : this.begin(null);
  }

  /** @param {string} option */
  choose(option) {
    this.open(false);
    this.begin(option);
  }

  again() {
    this.button.focus();
    if (this.form && !this.form.hidden) this.submit();
    else this.save(this.#retry.option, {}, this.#retry.run);
  }

  /** Save a flag, or ask first what more there is to say; pressed again, the button closes the form. @param {string | null} option */
  begin(option) {
    const { form } = this;
    const { run, failed } = this.#outcome;
    if (!form) return this.save(option);
    if (!run || this.#saving || this.#rows.has(key(run, option))) return undefined;
    if (!form.hidden && !this.menu) return this.close();
    this.#option = option;
    this.tell("");
    this.expand(true);
    const chosen = this.items.find((item) => item.dataset.option === option);
    return form.open({ run, failed, reason: chosen?.querySelector("span")?.textContent ?? "" });
  }

  /** Close the form; what was typed is kept for as long as the result is shown. */
  close() {
    if (!this.form || this.form.hidden) return;
    if (this.form.contains(document.activeElement)) this.button.focus();
    this.form.hidden = true;
    this.expand(false);
  }

  /** @param {boolean} open */
  expand(open) {
    if (!this.menu) this.button.setAttribute("aria-expanded", String(open));
  }

  /** Save the flag with what the form says, once that can be sent. */
  async submit() {
    const said = await this.form?.said();
    if (said && !this.form?.hidden) await this.save(this.#option, said);
  }

  get enabled() {
    return this.button.getAttribute("aria-disabled") !== "true";
  }

  /** @returns {HTMLButtonElement} */
  get button() {
    return this.inner("press");
  }

  /** @returns {MiniFlagForm | null} */
  get form() {
    return this.querySelector("mini-flag-form");
  }

  /** @returns {HTMLElement | null} */
  get menu() {
    return this.querySelector(".flag-press > [role=menu]");
  }

  /** @returns {HTMLButtonElement[]} */
  get items() {
    return [...this.querySelectorAll(/** @type {"button"} */ (".flag-press [role=menuitem]"))];
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

  /** Save a flag once, however often it is pressed. @param {string | null} option @param {Said} [said] */
  async save(option, said = {}, run = this.#outcome.run) {
    if (!run || this.#saving || this.#rows.has(key(run, option))) return;
    this.#saving = true;
    this.tell(say("flag_saving"));
    this.paint();
    try {
      this.saved({ run, option, ...(await flag({ run, option, ...said })) });
    } catch (error) {
      this.notSaved(error, { run, option });
    } finally {
      this.#saving = false;
      this.paint();
    }
  }

  /** @param {{ run: string, option: string | null, row: number, undo: number | null }} made */
  saved({ run, option, row, undo: seconds }) {
    this.#rows.set(key(run, option), row);
    if (run === this.#outcome.run) this.close();
    this.tell(say("saved", { row }));
    if (!seconds) return this.form?.forget(run);
    this.#fresh = { run, option };
    this.inner("undo").hidden = false;
    this.#timer = setTimeout(() => this.keep(), seconds * 1000);
    return undefined;
  }

  /** @param {unknown} error @param {{ run: string, option: string | null }} wanted */
  notSaved(error, wanted) {
    const { message, status, field } = refusal(error);
    const expired = status === 410;
    if (expired) this.#expired = wanted.run;
    if (this.form?.refuse(field, message)) return this.tell(say("flag_not_saved"));
    this.tell(say("flag_not_saved"), expired ? say("flag_expired") : message);
    this.#retry = wanted;
    this.inner("retry").hidden = expired;
    return undefined;
  }

  /** Take back the flag that was saved just now. */
  async undo() {
    const made = this.#fresh;
    if (!made || this.#saving) return;
    this.#saving = true;
    try {
      await undo({ run: made.run, option: made.option });
      this.#rows.delete(key(made.run, made.option));
      if (made !== this.#fresh) return;
      this.#fresh = null;
      this.tell(say("flag_undone"));
    } catch (error) {
      const { message, status } = refusal(error);
      if (status === 409 || status === 410) this.keep();
      this.inner("reason").textContent = `${say("flag_not_undone")} ${message}`;
    } finally {
      this.#saving = false;
      this.paint();
    }
  }

  /** Offer no longer to take a flag back; whoever was about to is left at the Flag button. */
  keep() {
    clearTimeout(this.#timer);
    if (this.#fresh) this.form?.forget(this.#fresh.run);
    this.#fresh = null;
    const button = this.inner("undo");
    if (button === document.activeElement) this.button.focus();
    button.hidden = true;
  }

  /** @param {string} words @param {string} [reason] why it could not be saved */
  tell(words, reason = "") {
    this.keep();
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

/** @param {unknown} error */
function refusal(error) {
  return error instanceof WireError ? error : new WireError(String(error));
}

/** @param {string | null} run @param {string | null} option */
function key(run, option) {
  return JSON.stringify([run, option]);
}

customElements.define("mini-flag", MiniFlag);

// The Flag button: saves the shown run, once for each reason.
import { FlagMenu } from "./flag-menu.js";
import { flag, say, undo, WireError } from "./wire.js";

const EVENTS = ["click", "keydown", "focusout", "flag-save", "flag-cancel"];

/**
 * The run to save, whether it failed or was stopped, and whether its inputs changed.
 * @typedef {{ run: string | null, failed: boolean, stopped: boolean, outdated: boolean }} Outcome
 */
/** A comment and corrections. @typedef {{ comment?: string | null, expected?: unknown[] | null }} FlagDetails */
/** @typedef {import("./flag-form.js").MiniFlagForm} MiniFlagForm */

/**
 * A button with an optional menu of reasons, an optional form for details, and the state of the flag.
 */
export class MiniFlag extends HTMLElement {
  /** @type {Outcome} */
  #outcome = { run: null, failed: false, stopped: false, outdated: false };
  /** Saved flags, by run and reason. @type {Set<string>} */
  #saved = new Set();
  /** The flag to try again. @type {{ run: string | null, option: string | null }} */
  #retry = { run: null, option: null };
  #saving = false;
  /** The run that the server no longer has. @type {string | null} */
  #expired = null;
  /** The reason of the open form. @type {string | null} */
  #option = null;
  /** The flag that can be undone. @type {{ run: string, option: string | null } | null} */
  #undoable = null;
  /** Ends the time to undo. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  menu = new FlagMenu(this);

  connectedCallback() {
    for (const type of EVENTS) this.addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of EVENTS) this.removeEventListener(type, this);
    clearTimeout(this.#timer);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) this.menu.press(event);
    else if (event.type === "flag-save") this.submit();
    else if (event.type === "flag-cancel") this.close();
    else if (event instanceof FocusEvent) this.menu.leave(event);
    else if (event.target instanceof Element) this.press(event.target);
  }

  /** @param {Outcome} outcome */
  show(outcome) {
    const old = this.#outcome;
    if (Object.entries(outcome).every(([name, value]) => /** @type {any} */ (old)[name] === value)) return;
    this.#outcome = outcome;
    if (outcome.run !== old.run && this.dataset.streaming === undefined) this.showSaved();
    this.paint();
  }

  /** Close the form of another run, and show whether this run is saved. */
  showSaved() {
    this.close();
    const options = [null, ...this.menu.items.map((item) => item.dataset.option ?? "")];
    const saved = options.some((option) => this.#saved.has(key(this.#outcome.run, option)));
    this.tell(saved ? say("saved") : "");
  }

  /** @param {Element} target */
  press(target) {
    const option = target.closest("[data-option]");
    if (option) this.choose(/** @type {HTMLElement} */ (option).dataset.option ?? "");
    else if (target.closest("[data-undo]")) this.undo();
    else if (target.closest("[data-retry]")) this.retry();
    else if (target.closest("[data-press]") && this.enabled) this.menu.element ? this.menu.toggle() : this.begin(null);
  }

  /** @param {string} option */
  choose(option) {
    this.menu.close();
    this.begin(option);
  }

  retry() {
    this.button.focus();
    if (this.form && !this.form.hidden) this.submit();
    else this.save(this.#retry.option, {}, this.#retry.run);
  }

  /** Save a flag, or open its form; a second press closes the form. @param {string | null} option */
  begin(option) {
    const { form } = this;
    const { run, failed } = this.#outcome;
    if (!form) return this.save(option);
    if (!run || this.#saving || this.#saved.has(key(run, option))) return undefined;
    if (!form.hidden && !this.menu.element) return this.close();
    this.#option = option;
    this.tell("");
    this.expand(true);
    const chosen = this.menu.items.find((item) => item.dataset.option === option);
    return form.open({ run, failed, reason: chosen?.querySelector("span")?.textContent ?? "" });
  }

  /** Close the form; its fields stay filled for this run. */
  close() {
    if (!this.form || this.form.hidden) return;
    if (this.form.contains(document.activeElement)) this.button.focus();
    this.form.hidden = true;
    this.expand(false);
  }

  /** @param {boolean} open */
  expand(open) {
    if (!this.menu.element) this.button.setAttribute("aria-expanded", String(open));
  }

  /** Save the flag with the details of the form, if they are valid. */
  async submit() {
    const details = await this.form?.details();
    if (details && !this.form?.hidden) await this.save(this.#option, details);
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

  /** @param {string} name @returns {any} */
  inner(name) {
    return this.querySelector(`[data-${name}]`);
  }

  /** Save a flag; a double click saves it once. @param {string | null} option @param {FlagDetails} [details] */
  async save(option, details = {}, run = this.#outcome.run) {
    if (!run || this.#saving || this.#saved.has(key(run, option))) return;
    this.#saving = true;
    this.tell(say("flag_saving"));
    this.paint();
    try {
      this.showFlagged({ run, option, ...(await flag({ run, option, ...details })) });
    } catch (error) {
      this.showRefusal(error, { run, option });
    } finally {
      this.#saving = false;
      this.paint();
    }
  }

  /** @param {{ run: string, option: string | null, undo: number | null }} flagged */
  showFlagged({ run, option, undo: seconds }) {
    this.#saved.add(key(run, option));
    if (run === this.#outcome.run) this.close();
    this.tell(say("saved"));
    if (!seconds) return this.form?.forget(run);
    this.#undoable = { run, option };
    this.inner("undo").hidden = false;
    this.#timer = setTimeout(() => this.endUndo(), seconds * 1000);
    return undefined;
  }

  /** @param {unknown} error @param {{ run: string, option: string | null }} attempt */
  showRefusal(error, attempt) {
    const { message, status, field } = wireError(error);
    const expired = status === 410;
    if (expired) this.#expired = attempt.run;
    if (this.form?.refuse(field, message)) return this.tell(say("flag_not_saved"));
    this.tell(say("flag_not_saved"), expired ? say("flag_expired") : message);
    this.#retry = attempt;
    this.inner("retry").hidden = expired;
    return undefined;
  }

  /** Undo the latest flag. */
  async undo() {
    const saved = this.#undoable;
    if (!saved || this.#saving) return;
    this.#saving = true;
    try {
      await undo({ run: saved.run, option: saved.option });
      this.#saved.delete(key(saved.run, saved.option));
      if (saved !== this.#undoable) return;
      this.#undoable = null;
      this.tell(say("flag_undone"));
    } catch (error) {
      const { message, status } = wireError(error);
      if (status === 409 || status === 410) this.endUndo();
      this.inner("reason").textContent = `${say("flag_not_undone")} ${message}`;
    } finally {
      this.#saving = false;
      this.paint();
    }
  }

  /** Hide the undo; its focus moves to the Flag button. */
  endUndo() {
    clearTimeout(this.#timer);
    if (this.#undoable) this.form?.forget(this.#undoable.run);
    this.#undoable = null;
    const button = this.inner("undo");
    if (button === document.activeElement) this.button.focus();
    button.hidden = true;
  }

  /** @param {string} message @param {string} [reason] the reason of a refusal */
  tell(message, reason = "") {
    this.endUndo();
    this.inner("message").textContent = message;
    this.inner("reason").textContent = reason;
    this.inner("retry").hidden = true;
  }

  paint() {
    const { run } = this.#outcome;
    const saved = this.menu.items.map((item) => this.#saved.has(key(run, item.dataset.option ?? "")));
    this.menu.items.forEach((item, index) => item.setAttribute("aria-disabled", String(saved[index])));
    const spent = this.menu.element ? saved.every(Boolean) : this.#saved.has(key(run, null));
    this.button.setAttribute("aria-disabled", String(!run || run === this.#expired || this.#saving || spent));
    this.inner("hint").textContent = spent ? "" : this.hint();
  }

  hint() {
    const { run, failed, stopped, outdated } = this.#outcome;
    if (!run) return say("flag_first");
    if (failed && !stopped) return say(outdated ? "flag_outdated_failure" : "flag_failed_run");
    if (outdated) return say("flag_outdated");
    return say(stopped ? "flag_stopped_run" : "flag_hint");
  }
}

/** @param {unknown} error */
function wireError(error) {
  return error instanceof WireError ? error : new WireError(String(error));
}

/** @param {string | null} run @param {string | null} option */
function key(run, option) {
  return JSON.stringify([run, option]);
}

customElements.define("mini-flag", MiniFlag);

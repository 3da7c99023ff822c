// The overlays of the grid: the field of a cell, and the menu of allowed actions.
import { say } from "../../wire.js";
import * as tables from "./table.js";

/** @typedef {import("./cells.js").Kind} Kind */

const DAY = /^(\d{4}-\d\d-\d\d)?$/;

export class Editor {
  /** @type {HTMLInputElement | HTMLTextAreaElement | null} */
  #field = null;
  #before = "";
  /** Whether the visitor began by typing, so that the arrows lead on to the next cell. */
  isQuick = false;

  /** @param {HTMLElement} place the scrolling element, with which it scrolls */
  constructor(place) {
    this.place = place;
  }

  get isOpen() {
    return this.#field !== null;
  }

  /** @param {Event} event */
  holds(event) {
    return this.#field !== null && event.target === this.#field;
  }

  /** `typed` is what the visitor began with, which replaces the text. @param {HTMLElement} cell @param {{ kind: Kind, text: string, label: string, typed?: string | undefined }} what */
  open(cell, { kind, text, label, typed }) {
    const day = kind === "date" && typed === undefined && DAY.test(text);
    const field = document.createElement(day ? "input" : "textarea");
    if (field instanceof HTMLInputElement) field.type = "date";
    else field.rows = 1;
    field.className = "cell-editor";
    field.ariaLabel = label;
    field.autocomplete = "off";
    field.spellcheck = kind === "text" || kind === "markdown";
    if (kind === "number") field.inputMode = "decimal";
    field.value = typed ?? text;
    this.#before = text;
    this.isQuick = typed !== undefined;
    this.#field = field;
    field.style.insetBlockStart = `${cell.offsetTop}px`;
    field.style.left = `${cell.offsetLeft + /** @type {HTMLElement} */ (cell.offsetParent).offsetLeft}px`;
    field.style.minInlineSize = `${cell.offsetWidth}px`;
    field.style.minBlockSize = `${cell.offsetHeight}px`;
    this.place.append(field);
    field.focus({ preventScroll: true });
    if (!day) /** @type {HTMLTextAreaElement} */ (field).setSelectionRange(field.value.length, field.value.length);
  }

  /** Put a line end where the visitor is. */
  breakLine() {
    if (this.#field instanceof HTMLTextAreaElement) this.#field.setRangeText("\n", this.#field.selectionStart, this.#field.selectionEnd, "end");
  }

  /** Close the field; give what was written, or null where that is what was there. @returns {string | null} */
  close() {
    const field = this.#field;
    if (!field) return null;
    this.#field = null;
    const text = field.value;
    field.remove();
    return text === this.#before ? null : text;
  }
}

/** @typedef {{ words: string, act: () => void }} Item */

export class Menu {
  /** @type {Item[]} */
  #items = [];
  /** @type {() => void} */
  #left = () => {};

  /** @param {HTMLElement} element @param {() => void} left called when it closes without a choice */
  constructor(element, left) {
    this.element = element;
    this.#left = left;
    element.addEventListener("keydown", this);
    element.addEventListener("click", this);
    element.addEventListener("focusout", this);
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {Item[]} items @param {{ left: number, top: number }} place in the window */
  open(items, { left, top }) {
    this.#items = items;
    this.element.replaceChildren(...items.map(({ words }) => entry(words)));
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
    this.element.style.insetBlockStart = `${Math.max(4, Math.min(top, innerHeight - height - 4))}px`;
    this.#buttons[0]?.focus({ preventScroll: true });
  }

  close() {
    this.element.hidden = true;
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) this.#key(event);
    else if (event.type === "click") this.#choose(/** @type {Element} */ (event.target).closest("[role=menuitem]"));
    else if (!this.element.contains(/** @type {Node | null} */ (/** @type {FocusEvent} */ (event).relatedTarget))) this.close();
  }

  get #buttons() {
    return /** @type {HTMLElement[]} */ ([...this.element.children]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    const buttons = this.#buttons;
    const here = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) buttons.at(to % buttons.length)?.focus();
    else if (event.key === "Enter" || event.key === " ") this.#choose(buttons[here] ?? null);
    else if (event.key === "Escape" || event.key === "Tab") {
      this.close();
      this.#left();
    } else return;
    event.preventDefault();
  }

  /** @param {Element | null} chosen */
  #choose(chosen) {
    const item = this.#items[this.#buttons.indexOf(/** @type {HTMLElement} */ (chosen))];
    if (!item) return;
    this.close();
    item.act();
  }
}

/** @param {string} words */
function entry(words) {
  const button = document.createElement("button");
  button.type = "button";
  button.role = "menuitem";
  button.tabIndex = -1;
  button.textContent = words;
  return button;
}

/** @typedef {import("../dataframe.js").MiniDataframe} MiniDataframe */

/** Add a row before a visible position. @param {MiniDataframe} host @param {number} place */
export function insertRow(host, place) {
  const { table, grid } = host;
  if (!table || !host.grows("rows", 1)) return;
  const at = place < host.rows ? host.rowAt(place) : table.wire.data.length;
  host.change(tables.insertRows(table, at));
  grid.go({ row: host.placeOf(at), column: grid.selection.active.column });
}

/** @param {MiniDataframe} host @param {number} column */
export function insertColumn(host, column) {
  if (!host.table || !host.grows("columns", 1)) return;
  host.change(tables.insertColumn(host.table, column, host.settings));
  host.grid.go({ row: -1, column });
}

/** @param {MiniDataframe} host */
export function removeRows(host) {
  const { top, bottom } = host.grid.selection.range;
  const rows = new Set(Array.from({ length: bottom - top + 1 }, (_, index) => host.rowAt(top + index)));
  if (host.table && host.grows("rows", -rows.size)) host.change(tables.removeRows(host.table, rows));
  host.grid.go({ row: top, column: host.grid.selection.active.column });
}

/** @param {MiniDataframe} host */
export function removeColumns(host) {
  const { top, left, right } = host.grid.selection.range;
  const columns = new Set(Array.from({ length: right - left + 1 }, (_, index) => left + index));
  if (host.table && host.grows("columns", -columns.size)) host.change(tables.removeColumns(host.table, columns));
  host.grid.go({ row: top, column: left });
}

/** @param {MiniDataframe} host @param {number} column @param {string} header */
export function rename(host, column, header) {
  if (host.table && host.canRename) host.change(tables.rename(host.table, column, header));
}

/** @param {MiniDataframe} host @returns {Item[]} */
export function items(host) {
  const { active, range } = host.grid.selection;
  const { column } = active;
  const rows = Math.max(range.bottom - range.top + 1, 0);
  const columns = range.right - range.left + 1;
  return [
    { able: host.grows("rows", 1), words: say("sheet_row_above"), act: () => insertRow(host, range.top) },
    { able: host.grows("rows", 1), words: say("sheet_row_below"), act: () => insertRow(host, Math.max(range.bottom, -1) + 1) },
    { able: rows > 0 && host.grows("rows", -rows), words: say(rows > 1 ? "sheet_rows_remove" : "sheet_row_remove", { count: rows }), act: () => removeRows(host) },
    { able: host.grows("columns", 1), words: say("sheet_column_before"), act: () => insertColumn(host, range.left) },
    { able: host.grows("columns", 1), words: say("sheet_column_after"), act: () => insertColumn(host, range.right + 1) },
    { able: host.grows("columns", -columns), words: say(columns > 1 ? "sheet_columns_remove" : "sheet_column_remove", { count: columns }), act: () => removeColumns(host) },
    { able: host.canRename, words: say("sheet_column_rename"), act: () => renamed(host, column) },
    { able: true, words: say("sheet_sort_up"), act: () => sorted(host, column, false) },
    { able: true, words: say("sheet_sort_down"), act: () => sorted(host, column, true) },
    { able: host.sorted(column) !== null, words: say("sheet_sort_not"), act: () => sorted(host, -1) },
  ].filter(({ able }) => able);
}

/** @param {MiniDataframe} host @param {number} column @param {boolean} [descending] */
function sorted(host, column, descending) {
  host.sort(column, descending);
  host.grid.focus();
}

/** @param {MiniDataframe} host @param {number} column */
function renamed(host, column) {
  host.grid.go({ row: -1, column });
  host.grid.edit();
}

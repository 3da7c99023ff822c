// Keys, mouse and clipboard in the grid.
import { readingDirection } from "../../wire.js";
import { fromText, toText } from "./cells.js";

/** @typedef {import("./grid.js").Grid} Grid */

const EVENTS = "keydown mousedown mouseover click dblclick contextmenu change copy cut paste focusin focusout scroll".split(" ");

export class Gestures {
  /** Whether the next Tab leaves the grid. */
  #leaving = false;
  #dragging = false;

  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    for (const type of EVENTS) grid.scroller.addEventListener(type, this);
  }

  stop() {
    for (const type of EVENTS) this.grid.scroller.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { grid } = this;
    if (event.type === "scroll") grid.draw();
    else if (grid.editor.holds(event)) this.#writing(event);
    else if (event instanceof KeyboardEvent) this.#key(event);
    else if (event instanceof ClipboardEvent) this.#clipboard(event);
    else if (event.type === "focusin") grid.visit();
    else if (event.type === "change") this.#ticked(event);
    else if (event instanceof MouseEvent) this.#mouse(event);
  }

  /** In an open field. @param {Event} event */
  #writing(event) {
    const { grid } = this;
    if (event.type === "focusout") grid.settle();
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    const { key, altKey, shiftKey } = event;
    if (key === "Escape") grid.editor.close();
    else if (key === "Enter" && altKey) return grid.editor.breakLine();
    else if (key === "Enter" || key === "Tab" || (key.startsWith("Arrow") && grid.editor.isQuick)) grid.settle();
    else return event.stopPropagation();
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) return grid.focus();
    event.stopPropagation();
    if (key.startsWith("Arrow")) return this.#key(event);
    if (key === "Enter") this.#move(shiftKey ? -1 : 1, 0, false);
    if (key !== "Tab" || grid.selection.step(shiftKey ? -1 : 1)) event.preventDefault();
    grid.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const does = action(event);
    const leaving = this.#leaving;
    if (event.key !== "Shift") this.#leaving = false;
    if (!does || (does.act === "tab" && leaving) || !this.#does(does)) return;
    event.preventDefault();
  }

  /** Do what a key says; false leaves it to the browser. @param {NonNullable<Action>} does */
  #does(does) {
    const { grid } = this;
    const { host, selection } = grid;
    const { row, column } = selection.active;
    if (does.act === "move") this.#move(does.rows, does.columns * readingDirection, does.extend);
    else if (does.act === "page") grid.go({ row: Math.max(row + does.rows * grid.view.page, 0), column }, does.extend);
    else if (does.act === "home") grid.go({ row: does.all ? 0 : row, column: 0 }, does.extend);
    else if (does.act === "end") grid.go({ row: does.all ? Infinity : row, column: Infinity }, does.extend);
    else if (does.act === "all") this.#all();
    else if (does.act === "tab") return this.#tab(does.by);
    else if (does.act === "leave") return (this.#leaving = host.writes) && false;
    else if (does.act === "menu") return host.openMenu(corner(grid.here));
    else if (does.act === "enter") this.#enter();
    else return host.writes && this.#write(does);
    return true;
  }

  /** @param {NonNullable<Action>} does */
  #write(does) {
    const { grid } = this;
    if (does.act === "undo" || does.act === "redo") grid.host.turn(does.act === "redo");
    else if (does.act === "clear") this.#clear();
    else if (does.act === "edit") grid.edit();
    else if (does.act === "toggle" && grid.isAtBox) grid.toggle();
    else if (does.act === "toggle") grid.edit(" ");
    else if (does.act === "type") grid.edit(does.text);
    return true;
  }

  /** @param {number} rows @param {number} columns @param {boolean} extend */
  #move(rows, columns, extend) {
    const { row, column } = this.grid.selection.active;
    const least = extend || (rows === -Infinity && row > 0) ? 0 : -1;
    this.grid.go({ row: Math.max(row + rows, Math.min(least, row)), column: column + columns }, extend);
  }

  #all() {
    this.grid.selection.all();
    this.grid.view.mark();
  }

  /** @param {1 | -1} by */
  #tab(by) {
    const { host, selection } = this.grid;
    if (!host.writes || !selection.step(by)) return false;
    this.grid.focus();
    return true;
  }

  #enter() {
    const { grid } = this;
    const { row, column } = grid.selection.active;
    if (row < 0) grid.host.sort(column);
    else if (!grid.host.canWrite(column)) this.#move(1, 0, false);
    else if (grid.isAtBox) grid.toggle();
    else grid.edit();
  }

  #clear() {
    this.grid.host.write(this.#selected().flatMap((row) => row.map((cell) => ({ ...cell, text: "" }))));
  }

  /** The selected cells, row by row. */
  #selected() {
    const { top, bottom, left, right } = this.grid.selection.range;
    const columns = Array.from({ length: right - left + 1 }, (_, index) => left + index);
    return Array.from({ length: bottom - top + 1 }, (_, index) => columns.map((column) => ({ place: top + index, column })));
  }

  /** @param {ClipboardEvent} event */
  #clipboard(event) {
    const { host, selection } = this.grid;
    event.preventDefault();
    if (event.type === "paste") return host.paste(fromText(event.clipboardData?.getData("text/plain") ?? ""), selection.range);
    const header = selection.active.row < 0 ? [[host.textAt(-1, selection.active.column)]] : null;
    const text = toText(header ?? this.#selected().map((row) => row.map(({ place, column }) => host.textAt(place, column))));
    event.clipboardData?.setData("text/plain", text);
    if (event.type === "cut" && host.writes) this.#clear();
  }

  /** @param {Event} event */
  #ticked({ target }) {
    const place = this.grid.view.placeOf(target);
    if (place) this.grid.host.write([{ place: place.row, column: place.column, text: String(/** @type {HTMLInputElement} */ (target).checked) }]);
  }

  /** @param {MouseEvent} event */
  #mouse(event) {
    const place = this.grid.view.placeOf(event.target);
    if (event.type === "mousedown") this.#dragging = false;
    if (!place) return;
    if (event.type === "mousedown" && event.button === 0) this.#press(event, place);
    else if (event.type === "mouseover" && this.#dragging && event.buttons === 1 && place.row >= 0) this.grid.go(place, true);
    else if (event.type === "dblclick" && place.row >= 0) this.grid.edit();
    else if (event.type === "click") this.#click(event, place);
    else if (event.type === "contextmenu" && this.grid.host.writes) this.#context(event, place);
  }

  /** @param {MouseEvent} event @param {import("./grid.js").Place} place */
  #press(event, place) {
    const { grid } = this;
    this.touched = event.detail === 1 && grid.selection.isAt(place.row, place.column) && grid.here === document.activeElement;
    this.#dragging = place.row >= 0;
    if (place.column < 0) {
      grid.selection.go({ row: place.row, column: Infinity });
      grid.selection.anchor = { row: place.row, column: 0 };
      grid.focus();
    } else grid.go(place, event.shiftKey && place.row >= 0);
    event.preventDefault();
  }

  /** A second tap on a cell opens it. @param {MouseEvent} event @param {import("./grid.js").Place} place */
  #click(event, place) {
    if (event.target instanceof HTMLInputElement && !this.grid.host.canWrite(place.column)) event.preventDefault();
    if (place.row < 0 && place.column >= 0) this.grid.host.sort(place.column);
    else if (this.touched && /** @type {PointerEvent} */ (event).pointerType === "touch") this.grid.edit();
  }

  /** @param {MouseEvent} event @param {import("./grid.js").Place} place */
  #context(event, { row, column }) {
    if (!this.grid.selection.has(row, column)) this.grid.go({ row, column });
    if (this.grid.host.openMenu({ left: event.clientX, top: event.clientY })) event.preventDefault();
  }
}

/** @param {HTMLElement | null} cell */
function corner(cell) {
  const { left = 0, bottom: top = 0 } = cell?.getBoundingClientRect() ?? {};
  return { left, top };
}

/**
 * `rows` and `columns` are how far to go (Infinity: to the end), `extend` keeps the other end of the selection.
 * @typedef {{ act: "move", rows: number, columns: number, extend: boolean }
 *   | { act: "page", rows: 1 | -1, extend: boolean }
 *   | { act: "home" | "end", all: boolean, extend: boolean }
 *   | { act: "tab", by: 1 | -1 }
 *   | { act: "edit" | "enter" | "clear" | "toggle" | "all" | "leave" | "menu" | "undo" | "redo" }
 *   | { act: "type", text: string }
 *   | null} Action
 */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @typedef {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">} Pressed */

/** @param {Pressed} pressed @returns {Action} */
export function action(pressed) {
  const { key, shiftKey: extend, altKey, isComposing } = pressed;
  const control = pressed.ctrlKey || pressed.metaKey;
  if (isComposing || altKey) return null;
  const arrow = ARROWS[key];
  if (arrow) return { act: "move", rows: leap(arrow[0], control), columns: leap(arrow[1], control), extend };
  if (key === "PageDown" || key === "PageUp") return { act: "page", rows: key === "PageDown" ? 1 : -1, extend };
  if (key === "Home" || key === "End") return { act: key === "Home" ? "home" : "end", all: control, extend };
  if (control) return withControl(key.toLowerCase(), extend);
  if (key === "Tab") return { act: "tab", by: extend ? -1 : 1 };
  if (key === "F10" && extend) return { act: "menu" };
  return ALONE[key] ?? (key.length === 1 ? { act: "type", text: key } : null);
}

/** @type {Record<string, Action>} */
const ALONE = {
  Enter: { act: "enter" },
  F2: { act: "edit" },
  Delete: { act: "clear" },
  Backspace: { act: "clear" },
  Escape: { act: "leave" },
  ContextMenu: { act: "menu" },
  " ": { act: "toggle" },
};

/** @param {string} key @param {boolean} shift @returns {Action} */
function withControl(key, shift) {
  if (key === "a") return { act: "all" };
  if (key === "z") return { act: shift ? "redo" : "undo" };
  return key === "y" ? { act: "redo" } : null;
}

/** @param {number} by @param {boolean} control */
function leap(by, control) {
  return by && control ? by * Infinity : by;
}

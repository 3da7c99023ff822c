// The grid: the cells of the table, their selection, and the field to edit them.
import { write } from "./cells.js";
import { Gestures } from "./gestures.js";
import { Editor, rename } from "./overlays.js";
import { paintCell, paintHeader, widths } from "./paint.js";
import { View } from "./view.js";

/** @typedef {import("../dataframe.js").MiniDataframe} MiniDataframe */

/** More rows than this are not wrapped, for then each must be as high as the others. */
const WRAPPED = 1000;

export class Grid {
  selection = new Selection();
  /** Whether the visitor has been here: before, no cell is selected. */
  #visited = false;
  /** The cell with the open field. @type {Place} */
  #editing = { row: 0, column: 0 };
  #width = 0;

  /** @param {MiniDataframe} host */
  constructor(host) {
    this.host = host;
    /** @type {HTMLElement} */
    this.scroller = host.inner(".sheet-body");
    /** @type {HTMLTableElement} */
    this.element = host.inner("table");
    this.element.role = "grid";
    this.element.setAttribute("aria-multiselectable", "true");
    this.element.setAttribute("aria-readonly", String(!host.writes));
    this.scroller.tabIndex = -1;
    const { max_height: high } = host.settings;
    this.scroller.style.maxBlockSize = typeof high === "number" ? `${high}px` : high;
    this.view = new View(this.scroller, this.element, this);
    this.editor = new Editor(this.scroller);
    this.gestures = new Gestures(this);
    this.observer = new ResizeObserver(() => this.#resized());
    this.observer.observe(this.scroller);
  }

  stop() {
    this.observer.disconnect();
    this.gestures.stop();
  }

  /** Draw the table anew, of whatever size it is. */
  reset() {
    const { host } = this;
    const { wire } = host.table ?? { wire: { headers: [], data: [], metadata: null } };
    const { pinned, numbered, wrap, column_widths: given } = host.settings;
    const columns = wire.headers.length;
    const wraps = wrap && host.rows <= WRAPPED;
    this.element.hidden = host.table === null;
    this.element.classList.toggle("wrap", wraps);
    this.selection.resize(host.rows, columns);
    this.#width = this.scroller.clientWidth;
    const shape = { rows: host.rows, columns, pinned: Math.min(pinned, columns), numbered, wrap: wraps, widths: [] };
    this.#keepingFocus(() => this.view.reset({ ...shape, widths: host.table ? widths(host.table, given, this.scroller, numbered) : [] }));
  }

  refresh() {
    this.#keepingFocus(() => this.view.refresh());
  }

  draw() {
    this.#keepingFocus(() => this.view.draw());
  }

  /** Go to a cell, and show it. @param {Place} place @param {boolean} [extend] */
  go(place, extend = false) {
    this.selection.go(place, extend);
    this.focus();
  }

  focus() {
    const { row, column } = this.selection.active;
    this.view.reveal(row, column);
    this.view.mark();
    (this.view.cellAt(row, column) ?? this.scroller).focus({ preventScroll: true });
  }

  /** The visitor is here. */
  visit() {
    if (this.#visited) return;
    this.#visited = true;
    this.view.mark();
  }

  /** The cell where the visitor is. */
  get here() {
    const { row, column } = this.selection.active;
    return this.view.cellAt(row, column);
  }

  get isAtBox() {
    const { row, column } = this.selection.active;
    const value = this.host.table?.wire.data[this.host.rowAt(row)]?.[column];
    return row >= 0 && this.host.table?.kinds[column] === "bool" && typeof value !== "string";
  }

  /** Tick the box where the visitor is, or take the tick away. */
  toggle() {
    const { row, column } = this.selection.active;
    const value = this.host.table?.wire.data[this.host.rowAt(row)]?.[column];
    this.host.write([{ place: row, column, text: String(value !== true) }]);
  }

  /** Open the field to write in the cell, or the header, where the visitor is. @param {string} [typed] */
  edit(typed) {
    const { host } = this;
    const { row, column } = this.selection.active;
    const able = row < 0 ? host.canRename : host.canWrite(column) && !this.isAtBox;
    if (!able || !host.table || this.editor.isOpen) return;
    this.view.reveal(row, column);
    const cell = this.here;
    if (!cell) return;
    const at = host.rowAt(row);
    const text = write(row < 0 ? host.table.wire.headers[column] : host.table.wire.data[at]?.[column]);
    const kind = row < 0 ? "text" : (host.table.kinds[column] ?? "text");
    this.#editing = { row, column };
    this.editor.open(cell, { kind, text, typed, label: row < 0 ? host.headerName(column) : host.cellName(at, column) });
  }

  settle() {
    const text = this.editor.close();
    const { row, column } = this.#editing;
    if (text === null) return;
    if (row < 0) rename(this.host, column, text);
    else this.host.write([{ place: row, column, text }]);
  }

  /** @param {HTMLTableCellElement} cell @param {number} row @param {number} column */
  cell(cell, row, column) {
    const { table, settings } = this.host;
    const at = this.host.rowAt(row);
    if (!table || column < 0) {
      cell.textContent = String(at + 1);
      return;
    }
    const { data, metadata } = table.wire;
    paintCell(cell, data[at]?.[column] ?? null, {
      kind: table.kinds[column] ?? "text",
      shown: metadata?.display_value?.[at]?.[column],
      looks: metadata?.styling?.[at]?.[column],
      label: () => this.host.cellName(at, column),
      edits: this.host.canWrite(column),
      lineBreaks: settings.line_breaks,
      maxChars: settings.max_chars,
    });
  }

  /** @param {HTMLTableCellElement} cell @param {number} column */
  header(cell, column) {
    const { table } = this.host;
    if (table) paintHeader(cell, write(table.wire.headers[column]), this.host.sorted(column), table.kinds[column] ?? "text");
  }

  /** @param {HTMLTableCellElement} cell @param {number} row @param {number} column */
  mark(cell, row, column) {
    if (column < 0) return;
    const stop = this.selection.isAt(row, column) ? 0 : -1;
    if (cell.getAttribute("tabindex") !== String(stop)) cell.tabIndex = stop;
    const selected = String(this.#visited && this.selection.has(row, column));
    if (row >= 0 && cell.ariaSelected !== selected) cell.ariaSelected = selected;
  }

  /** The cell that has the focus may be drawn for another row, or not at all. @param {() => void} work */
  #keepingFocus(work) {
    const held = this.element.contains(document.activeElement);
    work();
    if (held && document.activeElement !== this.here) (this.here ?? this.scroller).focus({ preventScroll: true });
  }

  #resized() {
    if (this.scroller.clientWidth === this.#width) this.draw();
    else this.reset();
  }
}

/** The current cell and the selection; row -1 is the header. */
/** @typedef {{ row: number, column: number }} Place */

export class Selection {
  /** @type {Place} */
  active = { row: 0, column: 0 };
  /** The other corner of what is selected. @type {Place} */
  anchor = { row: 0, column: 0 };
  #rows = 0;
  #columns = 0;

  /** The table has another size now. @param {number} rows @param {number} columns */
  resize(rows, columns) {
    this.#rows = rows;
    this.#columns = columns;
    this.active = this.#within(this.active);
    this.anchor = this.#within(this.anchor);
  }

  /** @param {Place} place @param {boolean} [extend] keep the other corner */
  go(place, extend = false) {
    this.active = this.#within(place);
    if (!extend) this.anchor = this.active;
  }

  all() {
    this.anchor = { row: 0, column: 0 };
    this.active = this.#within({ row: this.#rows - 1, column: this.#columns - 1 });
  }

  /** Go to the next cell in reading order; false at the end, where there is none. @param {1 | -1} by */
  step(by) {
    const { row, column } = this.active;
    const at = row * this.#columns + column + by;
    if (at < -this.#columns || at >= this.#rows * this.#columns) return false;
    const next = Math.floor(at / this.#columns);
    this.go({ row: next, column: at - next * this.#columns });
    return true;
  }

  /** The selected rows and columns, from and to; none is selected in the header. */
  get range() {
    const { active, anchor } = this;
    return {
      top: Math.max(0, Math.min(active.row, anchor.row)),
      bottom: Math.max(active.row, anchor.row),
      left: Math.min(active.column, anchor.column),
      right: Math.max(active.column, anchor.column),
    };
  }

  /** @param {number} row @param {number} column */
  has(row, column) {
    const { top, bottom, left, right } = this.range;
    return row >= top && row <= bottom && column >= left && column <= right;
  }

  /** @param {number} row @param {number} column */
  isAt(row, column) {
    return row === this.active.row && column === this.active.column;
  }

  /** @param {Place} place @returns {Place} */
  #within({ row, column }) {
    return {
      row: Math.max(-1, Math.min(row, this.#rows - 1)),
      column: Math.max(0, Math.min(column, this.#columns - 1)),
    };
  }
}

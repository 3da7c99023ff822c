// A table to read, or to edit like a spreadsheet.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { complaint, copy, isWrong, read, toText, write } from "./dataframe/cells.js";
import { Grid } from "./dataframe/grid.js";
import * as overlays from "./dataframe/overlays.js";
import * as tables from "./dataframe/table.js";

/** @typedef {import("./dataframe/table.js").Table} Table */
/** @typedef {import("./dataframe/table.js").Wire} Wire */
/** @typedef {import("./dataframe/table.js").Settings} Settings */
/** @typedef {import("./dataframe/cells.js").Cell} Cell */

/** Tables with fewer cells than this are compared by what is in them, larger ones by which they are. */
const SMALL = 5000;
/** @type {WeakMap<Wire, number>} */
const stamps = new WeakMap();
let stamp = 0;

export class MiniDataframe extends MiniField {
  /** @type {tables.History<Table | null>} */
  #history = new tables.History(/** @type {Table | null} */ (null));
  /** @type {tables.Sorting} */
  #sorting = null;
  /** @type {number[] | null} */
  #order = null;
  #query = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #searching;
  settings = /** @type {Settings} */ ({});
  grid = /** @type {Grid} */ (/** @type {unknown} */ (null));
  menu = /** @type {overlays.Menu} */ (/** @type {unknown} */ (null));

  connectedCallback() {
    super.connectedCallback();
    this.settings = JSON.parse(this.dataset.settings ?? "{}");
    this.grid = new Grid(this);
    this.menu = new overlays.Menu(this.inner("[role=menu]"), () => this.grid.focus());
    this.value = /** @type {Wire | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#searching);
    this.grid.stop();
  }

  get writes() {
    return this.dataset.writes !== undefined;
  }

  get table() {
    return this.#history.now;
  }

  /** @returns {Wire | null} */
  get value() {
    this.grid.settle();
    return this.table?.wire ?? null;
  }

  set value(value) {
    this.#history = new tables.History(value ? tables.open(value, this.settings) : this.writes ? tables.blank(this.settings) : null);
    this.#sorting = null;
    this.search("");
  }

  get fingerprint() {
    const { value } = this;
    if (!value || value.data.length * value.headers.length < SMALL) return value;
    if (!stamps.has(value)) stamps.set(value, stamp++);
    return { stamp: stamps.get(value) };
  }

  get problem() {
    this.grid.settle();
    const { table } = this;
    if (!table || !this.writes) return "";
    for (const [column, kind] of table.kinds.entries()) {
      const row = ["number", "bool", "date"].includes(kind) ? table.wire.data.findIndex((cells) => isWrong(kind, cells[column] ?? null)) : -1;
      if (row >= 0) return complaint(kind, this.cellName(row, column));
    }
    return "";
  }

  get summary() {
    return this.table ? `${this.label}: ${this.size}` : "";
  }

  get size() {
    const { data = [], headers = [] } = this.table?.wire ?? {};
    const seen = this.#order && this.#order.length < data.length ? "sheet_size_found" : "sheet_size";
    const values = { rows: data.length, columns: headers.length, found: this.#order?.length ?? 0 };
    return say(seen, Object.fromEntries(Object.entries(values).map(([key, count]) => [key, count.toLocaleString("en")])));
  }

  /** The number of visible rows. */
  get rows() {
    return this.#order?.length ?? this.table?.wire.data.length ?? 0;
  }

  /** Return the row at a visible position. @param {number} place */
  rowAt(place) {
    return this.#order ? (this.#order[place] ?? (this.table?.wire.data.length ?? 0) + place - this.#order.length) : place;
  }

  /** Return the visible position of a row, or -1. @param {number} row */
  placeOf(row) {
    return this.#order ? this.#order.indexOf(row) : row;
  }

  /** The text of a cell, or of a header (-1), where it is seen. @param {number} place @param {number} column */
  textAt(place, column) {
    const { headers = [], data = [] } = this.table?.wire ?? {};
    return write(place < 0 ? headers[column] : data[this.rowAt(place)]?.[column]);
  }

  /** @param {number} column */
  headerName(column) {
    return say("sheet_header", { label: this.label, header: write(this.table?.wire.headers[column]) });
  }

  /** Return the name of a cell for messages. @param {number} row @param {number} column */
  cellName(row, column) {
    return say("sheet_cell", { label: this.label, row: row + 1, header: write(this.table?.wire.headers[column]) });
  }

  /** @param {Event} event */
  handleEvent(event) {
    const action = event.type === "click" && event.target instanceof Element && event.target.closest("[data-do]");
    if (action) this.act(/** @type {HTMLElement} */ (action).dataset.do ?? "");
    else if (event.target instanceof HTMLInputElement && event.target.type === "search") this.searched(event);
  }

  /** @param {string} action */
  act(action) {
    const { bottom, right } = this.grid.selection.range;
    if (action === "row") overlays.insertRow(this, this.rows ? Math.max(bottom, 0) + 1 : 0);
    if (action === "column") overlays.insertColumn(this, right + 1);
    if (action === "menu") this.openMenu(this.inner("[data-do=menu]").getBoundingClientRect());
    if (action === "copy") this.copyAll();
    if (action === "fullscreen") document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen().catch(() => {});
    if (action === "keep") this.change(this.#order && this.table && tables.keepRows(this.table, this.#order));
  }

  /** @param {Event} event */
  searched(event) {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    clearTimeout(this.#searching);
    if (event.type === "input") this.#searching = setTimeout(() => this.search(value), 120);
    if (event instanceof KeyboardEvent && event.key === "Enter" && !event.ctrlKey && !event.metaKey) this.search(value);
  }

  /** Show only the rows that hold a text. @param {string} query */
  search(query) {
    const field = this.inner("[type=search]");
    if (field && field.value !== query) field.value = query;
    this.#query = query;
    this.arrange();
  }

  /** Sort by a column: up, down, and as it was. @param {number} column @param {boolean} [descending] */
  sort(column, descending) {
    this.#sorting = column < 0 ? null : descending === undefined ? tables.next(this.#sorting, column) : { column, descending };
    this.arrange();
  }

  /** @param {number} column */
  sorted(column) {
    return this.#sorting?.column !== column ? null : this.#sorting.descending ? "descending" : "ascending";
  }

  /** Find out which rows are seen, and draw them. */
  arrange() {
    this.#order = this.table && tables.arrange(this.table.wire.data, this.#sorting, this.#query);
    this.paint();
  }

  paint() {
    this.grid.reset();
    this.inner(".sheet-hint").hidden = this.table !== null;
    this.inner(".sheet-size").textContent = this.table ? this.size : "";
    for (const [what, able] of Object.entries({ row: this.grows("rows", 1), column: this.grows("columns", 1), keep: this.#order !== null && this.#query !== "" })) {
      const button = this.inner(`[data-do=${what}]`);
      if (button) button.disabled = !able;
    }
  }

  /** Whether the visitor may add, or take away, so many rows or columns. @param {"rows" | "columns"} what @param {number} by */
  grows(what, by) {
    const { table, settings } = this;
    const [least, most] = settings[what];
    const count = (what === "rows" ? table?.wire.data.length : table?.wire.headers.length) ?? 0;
    if (!this.writes || (what === "columns" && settings.static_columns.length)) return false;
    return count + by >= Math.max(least, what === "columns" ? 1 : 0) && count + by <= (most ?? Infinity);
  }

  get canRename() {
    const [least, most] = this.settings.columns;
    return this.writes && least !== most && !this.settings.static_columns.length;
  }

  /** Whether the visitor may write in a column. @param {number} column */
  canWrite(column) {
    return this.writes && !this.settings.static_columns.includes(column);
  }

  /** @param {Table | null} table */
  change(table) {
    if (!table || table === this.table) return;
    const before = this.table?.wire;
    const columns = table.wire.headers.length !== before?.headers.length;
    this.#history.push(table);
    if (columns) this.#sorting = null;
    if (columns || table.wire.data.length !== before?.data.length || table.wire.headers !== before.headers) this.arrange();
    else this.grid.refresh();
    this.fire("mini-input");
    this.fire("mini-change");
  }

  /** @param {boolean} forth */
  turn(forth) {
    if (!this.writes || !this.#history.turn(forth)) return;
    this.arrange();
    this.fire("mini-input");
    this.fire("mini-change");
  }

  /** Write texts into cells, as they are seen. @param {{ place: number, column: number, text: string }[]} texts @param {Table | null} [table] */
  write(texts, table = this.table) {
    if (!table) return;
    const able = texts.filter(({ column }) => this.canWrite(column) && column < table.kinds.length);
    const changes = able.map(({ place, column, text }) => ({ row: this.rowAt(place), column, value: read(table.kinds[column] ?? "text", text) }));
    const real = changes.filter(({ row, column, value }) => row < table.wire.data.length && table.wire.data[row]?.[column] !== value);
    this.change(real.length ? tables.setCells(table, real) : table);
    const wrong = changes.find(({ column, value }) => isWrong(table.kinds[column] ?? "text", value));
    if (wrong) this.error = complaint(table.kinds[wrong.column] ?? "text", this.cellName(wrong.row, wrong.column));
  }

  /** Write rows of texts from the corner of a selection on; one text fills all of it. @param {string[][]} rows @param {{ top: number, bottom: number, left: number, right: number }} range */
  paste(rows, { top, bottom, left, right }) {
    if (!this.writes || !this.table) return;
    const one = rows.length === 1 && rows[0]?.length === 1 ? (rows[0][0] ?? "") : null;
    const texts = [];
    for (let row = 0; row < (one === null ? rows.length : bottom - top + 1); row++) {
      const cells = one === null ? (rows[row] ?? []) : Array.from({ length: right - left + 1 }, () => one);
      for (const [column, text] of cells.entries()) texts.push({ place: top + row, column: left + column, text });
    }
    const wide = left + Math.max(...rows.map((cells) => cells.length));
    this.write(texts, this.#grown(top + rows.length - this.rows, wide - this.table.kinds.length));
    this.grid.selection.go({ row: top, column: left });
    if (one === null) this.grid.selection.go({ row: top + rows.length - 1, column: wide - 1 }, true);
    this.grid.focus();
  }

  /** The table with so many rows and columns more, as far as there may be so many. @param {number} rows @param {number} columns */
  #grown(rows, columns) {
    let table = /** @type {Table} */ (this.table);
    const able = rows > 0 ? Math.min(rows, (this.settings.rows[1] ?? Infinity) - table.wire.data.length) : 0;
    if (able > 0 && this.grows("rows", able)) table = tables.insertRows(table, table.wire.data.length, able);
    for (let more = 1; more <= columns && this.grows("columns", more); more++) table = tables.insertColumn(table, table.kinds.length, this.settings);
    return table;
  }

  /** Open the menu; false where there is nothing in it. @param {{ left: number, top: number }} place */
  openMenu(place) {
    if (!this.table) return false;
    this.menu.open(overlays.items(this), place);
    return true;
  }

  /** Copy the whole table, headers and all, as it is seen. */
  copyAll() {
    const { headers = [] } = this.table?.wire ?? {};
    const rows = Array.from({ length: this.rows }, (_, place) => headers.map((_, column) => this.textAt(place, column)));
    const done = this.table !== null && copy(toText([headers.map(write), ...rows]));
    if (this.table) this.inner(".sheet-size").textContent = say(done ? "copied" : "copy_by_key");
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    if (this.table) this.grid.focus();
    else super.focus(options);
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-dataframe", MiniDataframe);

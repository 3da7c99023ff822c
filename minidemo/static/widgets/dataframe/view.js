// The visible part of a table of any size.
import { readingDirection } from "../../wire.js";
import { margin } from "./paint.js";

/** @typedef {{ rows: number, columns: number, widths: number[], pinned: number, numbered: boolean, wrap: boolean }} Shape */
/**
 * @typedef {object} Painter
 * @property {(cell: HTMLTableCellElement, row: number, column: number) => void} cell
 * @property {(cell: HTMLTableCellElement, column: number) => void} header
 * @property {(cell: HTMLTableCellElement, row: number, column: number) => void} mark
 */

/** So many rows, and so many pixels of columns, are drawn beyond each edge. */
const BEYOND = 6;
const BESIDE = 300;
/** Up to so many columns are all drawn. */
const FEW = 40;
/** No browser takes an element that is much higher; longer tables scroll faster. */
const HIGHEST = 12_000_000;

export class View {
  /** @type {Map<number, HTMLTableRowElement>} */
  #rows = new Map();
  /** @type {HTMLTableRowElement[]} */
  #spare = [];
  /** The columns that are drawn, in order. @type {number[]} */
  #columns = [];
  /** The start of each column in pixels, and the end of the last. @type {number[]} */
  #edges = [0];
  /** @type {Shape} */
  #shape = { rows: 0, columns: 0, widths: [], pinned: 0, numbered: false, wrap: false };
  #height = 36;
  #head = 36;
  #body = document.createElement("tbody");
  #above = pad();
  #below = pad();

  /** @param {HTMLElement} scroller @param {HTMLTableElement} grid @param {Painter} painter */
  constructor(scroller, grid, painter) {
    this.scroller = scroller;
    this.grid = grid;
    this.painter = painter;
  }

  /** Draw a table of another shape. @param {Shape} shape */
  reset(shape) {
    this.#shape = shape;
    this.#edges = [0];
    for (const width of shape.widths) this.#edges.push((this.#edges.at(-1) ?? 0) + width);
    this.#columns = [];
    this.grid.ariaRowCount = String(shape.rows + 1);
    this.grid.ariaColCount = String(shape.columns + this.#shift);
    this.grid.style.inlineSize = `${this.#total + this.#margin}px`;
    this.draw();
    const row = this.#rows.values().next().value;
    this.#height = row?.getBoundingClientRect().height || this.#height;
    this.#head = this.grid.tHead?.getBoundingClientRect().height || this.#head;
    this.draw();
  }

  refresh() {
    for (const [row, element] of this.#rows) this.#fill(element, row);
  }

  mark() {
    for (const [row, element] of this.#rows) this.#each(element, (cell, column) => this.painter.mark(cell, row, column));
    const head = this.grid.tHead?.rows[0];
    if (head) this.#each(head, (cell, column) => this.painter.mark(cell, -1, column));
  }

  draw() {
    const { scrollTop, scrollLeft } = this.scroller;
    const columns = this.#visibleColumns();
    const { first, last, above } = this.#visibleRows();
    const others = columns.length !== this.#columns.length || columns.some((column, at) => column !== this.#columns[at]);
    if (others) this.#setColumns(columns);
    this.#drawRows(first, last);
    const left = this.#whole - above - (last - first) * this.#height;
    this.#above.style.blockSize = `${this.#shape.wrap ? 0 : above}px`;
    this.#below.style.blockSize = `${this.#shape.wrap ? 0 : Math.max(left, 0)}px`;
    if (others) this.scroller.scrollTo({ top: scrollTop, left: scrollLeft, behavior: "instant" });
  }

  /** The drawn cell of a row (-1: the header) and a column. @param {number} row @param {number} column @returns {HTMLElement | null} */
  cellAt(row, column) {
    const element = row < 0 ? this.grid.tHead?.rows[0] : this.#rows.get(row);
    return element?.querySelector(`[aria-colindex="${column + 1 + this.#shift}"]`) ?? null;
  }

  /** The row and the column of an element in the grid; the column of a row's number is -1. @param {EventTarget | null} target */
  placeOf(target) {
    const cell = target instanceof Element ? target.closest("td, th") : null;
    const element = cell?.parentElement;
    if (!cell?.ariaColIndex || !element || !this.grid.contains(cell)) return null;
    return { row: Number(element.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 1 - this.#shift };
  }

  /** The number of visible rows. */
  get page() {
    return Math.max(1, Math.floor((this.scroller.clientHeight - this.#head) / this.#height) - 1);
  }

  /** Scroll as little as needed to show a cell. @param {number} row @param {number} column */
  reveal(row, column) {
    const { scroller } = this;
    const room = scroller.clientHeight - this.#head;
    const top = this.#top;
    if (this.#shape.wrap) this.cellAt(row, column)?.scrollIntoView({ block: "nearest" });
    else if (row >= 0 && row * this.#height < top) this.#scrollTo(row * this.#height);
    else if (row >= 0 && (row + 1) * this.#height > top + room) this.#scrollTo((row + 1) * this.#height - room);
    const fixed = this.#margin + (this.#edges[this.#shape.pinned] ?? 0);
    const from = (this.#edges[column] ?? 0) + this.#margin;
    const to = (this.#edges[column + 1] ?? 0) + this.#margin;
    const start = readingDirection * scroller.scrollLeft;
    const beyond = Math.min(from - fixed - start, 0) || Math.max(to - start - scroller.clientWidth, 0);
    if (column >= this.#shape.pinned) scroller.scrollLeft += readingDirection * beyond;
    this.draw();
  }

  /** The number of columns before the first: one for the row numbers, or none. */
  get #shift() {
    return Number(this.#shape.numbered);
  }

  get #margin() {
    return this.#shape.numbered ? margin(this.#shape.rows) : 0;
  }

  get #total() {
    return this.#edges.at(-1) ?? 0;
  }

  /** The height of all rows, up to the browser's limit. */
  get #whole() {
    return Math.min(this.#shape.rows * this.#height, HIGHEST);
  }

  /** Pixels of rows for one scrolled pixel. */
  get #pace() {
    const room = this.scroller.clientHeight - this.#head;
    const all = this.#shape.rows * this.#height;
    return all > HIGHEST ? (all - room) / (HIGHEST - room) : 1;
  }

  /** The scroll position in pixels of rows. */
  get #top() {
    return this.scroller.scrollTop * this.#pace;
  }

  /** @param {number} top */
  #scrollTo(top) {
    this.scroller.scrollTop = top / this.#pace;
  }

  #visibleRows() {
    const { rows, wrap } = this.#shape;
    if (wrap) return { first: 0, last: rows, above: 0 };
    const top = this.#top;
    const first = Math.max(0, Math.min(Math.floor(top / this.#height) - BEYOND, rows - 1));
    const last = Math.min(rows, Math.ceil((top + this.scroller.clientHeight) / this.#height) + BEYOND);
    return { first, last, above: Math.max(0, this.scroller.scrollTop - (top - first * this.#height)) };
  }

  #visibleColumns() {
    const { columns, pinned } = this.#shape;
    const all = Array.from({ length: columns }, (_, column) => column);
    if (columns <= FEW) return all;
    const { scrollLeft, clientWidth } = this.scroller;
    const start = readingDirection * scrollLeft;
    return all.filter((column) => {
      const [from = 0, to = 0] = this.#edges.slice(column, column + 2);
      return column < pinned || (to > start - BESIDE && from < start + clientWidth + BESIDE);
    });
  }

  /** @param {number} first @param {number} last */
  #drawRows(first, last) {
    for (const [row, element] of this.#rows) {
      if (row >= first && row < last) continue;
      this.#rows.delete(row);
      this.#spare.push(element);
    }
    /** @type {Element} */
    let before = this.#above;
    for (let row = first; row < last; row++) {
      let element = this.#rows.get(row);
      if (!element) {
        element = this.#spare.shift() ?? this.#makeRow();
        this.#rows.set(row, element);
        this.#fill(element, row);
      }
      if (before.nextElementSibling !== element) before.after(element);
      before = element;
    }
    for (const element of this.#spare) element.remove();
  }

  /** @param {HTMLTableRowElement} element @param {number} row */
  #fill(element, row) {
    element.ariaRowIndex = String(row + 2);
    this.#each(element, (cell, column) => {
      this.painter.cell(cell, row, column);
      if (column >= 0) this.painter.mark(cell, row, column);
    });
  }

  /** @param {HTMLTableRowElement} element @param {(cell: HTMLTableCellElement, column: number) => void} visit */
  #each(element, visit) {
    const { cells } = element;
    const at = this.#columns;
    let next = 0;
    for (const cell of cells) {
      if (cell.dataset.gap !== undefined) continue;
      visit(cell, cell.dataset.number === undefined ? (at[next++] ?? 0) : -1);
    }
  }

  /** @param {number[]} columns */
  #setColumns(columns) {
    this.#columns = columns;
    this.#rows.clear();
    this.#spare = [];
    const head = document.createElement("thead");
    head.append(this.#makeRow("th"));
    const row = head.rows[0];
    if (row) {
      row.ariaRowIndex = "1";
      this.#each(row, (cell, column) => column >= 0 && this.painter.header(cell, column));
      this.#each(row, (cell, column) => column >= 0 && this.painter.mark(cell, -1, column));
    }
    this.#body = document.createElement("tbody");
    this.#body.append(this.#above, this.#below);
    this.grid.replaceChildren(this.#group(), head, this.#body);
  }

  #group() {
    const group = document.createElement("colgroup");
    const add = (/** @type {number} */ width) => {
      const col = document.createElement("col");
      col.style.inlineSize = `${width}px`;
      group.append(col);
    };
    if (this.#shape.numbered) add(this.#margin);
    this.#parts((column) => add(this.#shape.widths[column] ?? 0), add);
    return group;
  }

  /** Call `drawn` for the drawn columns, and `gap` for the others. @param {(column: number) => void} drawn @param {(width: number) => void} gap */
  #parts(drawn, gap) {
    let end = 0;
    for (const column of this.#columns) {
      if (column > end) gap((this.#edges[column] ?? 0) - (this.#edges[end] ?? 0));
      drawn(column);
      end = column + 1;
    }
    if (end < this.#shape.columns) gap(this.#total - (this.#edges[end] ?? 0));
  }

  #makeRow(tag = "td") {
    const row = document.createElement("tr");
    const add = (/** @type {string} */ name, /** @type {string} */ mark) => {
      const cell = document.createElement(name);
      cell.dataset[mark] = "";
      row.append(cell);
      return cell;
    };
    if (this.#shape.numbered) {
      const number = add("th", "number");
      number.setAttribute("aria-colindex", "1");
      if (tag === "td") number.setAttribute("scope", "row");
      else number.textContent = "#";
    }
    this.#parts(
      (column) => {
        const cell = add(tag, "cell");
        cell.setAttribute("aria-colindex", String(column + 1 + this.#shift));
        if (tag === "th") cell.setAttribute("scope", "col");
        if (column >= this.#shape.pinned) return;
        cell.dataset.pinned = "";
        cell.style.insetInlineStart = `${(this.#edges[column] ?? 0) + this.#margin}px`;
      },
      () => add("td", "gap").setAttribute("aria-hidden", "true"),
    );
    return row;
  }
}

/** Return a row in place of undrawn ones. */
function pad() {
  const row = document.createElement("tr");
  row.setAttribute("aria-hidden", "true");
  row.dataset.gap = "";
  row.append(document.createElement("td"));
  return row;
}

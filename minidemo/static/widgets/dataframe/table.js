// The table: each edit makes a new one, which shares the unchanged rows.
import { write } from "./cells.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./cells.js").Kind} Kind */
/** @typedef {string | { category: Cell[], ordered?: boolean } | null} Dtype */
/** @typedef {string | number | bigint | null} Header */
/** @typedef {{ dtypes?: Dtype[], display_value?: string[][], styling?: string[][] }} Metadata */
/** @typedef {{ headers: Header[], data: Cell[][], metadata: Metadata | null }} Wire */
/** @typedef {{ wire: Wire, kinds: Kind[] }} Table */
/** @typedef {[number, number | null]} Limits */
/**
 * The options of the author.
 * @typedef {object} Settings
 * @property {string | string[]} datatype
 * @property {(number | string)[]} column_widths
 * @property {boolean} line_breaks
 * @property {number | null} max_chars
 * @property {number | string} max_height
 * @property {"none" | "search" | "filter"} show_search
 * @property {number[]} static_columns
 * @property {boolean} wrap
 * @property {boolean} numbered
 * @property {number} pinned
 * @property {{ headers: Header[], rows: number }} blank
 * @property {Limits} rows
 * @property {Limits} columns
 */

const DECLARED = ["number", "bool", "date", "markdown", "html"];
const NUMERIC = /^(u?int|float)\d/i;

/** An empty table. @param {Settings} settings @returns {Table} */
export function blank(settings) {
  const { headers, rows } = settings.blank;
  const data = Array.from({ length: rows }, () => headers.map(() => null));
  return open({ headers: [...headers], data, metadata: null }, settings);
}

/** @param {Wire} wire @param {Settings} settings @returns {Table} */
export function open(wire, settings) {
  return { wire, kinds: wire.headers.map((_, column) => kindOf(wire, column, declared(settings, column))) };
}

/** @param {Settings} settings @param {number} column */
function declared({ datatype }, column) {
  return typeof datatype === "string" ? datatype : (datatype[column] ?? "auto");
}

/** @param {Wire} wire @param {number} column @param {string} kind @returns {Kind} */
function kindOf({ data, metadata }, column, kind) {
  if (DECLARED.includes(kind)) return /** @type {Kind} */ (kind);
  const dtype = metadata?.dtypes?.[column];
  if (typeof dtype === "string") {
    if (NUMERIC.test(dtype)) return "number";
    if (/^bool/.test(dtype)) return "bool";
    return /^date/.test(dtype) ? "date" : "text";
  }
  return (!dtype && held(data, column)) || (kind === "auto" ? "auto" : "text");
}

/** Return the kind of a column whose cells are all numbers, or all true or false. @param {Cell[][]} data @param {number} column @returns {Kind | null} */
function held(data, column) {
  /** @type {Kind | null} */
  let found = null;
  for (const row of data) {
    const cell = row[column];
    if (cell == null) continue;
    const kind = typeof cell === "boolean" ? "bool" : typeof cell === "string" ? null : "number";
    if (!kind || (found && found !== kind)) return null;
    found = kind;
  }
  return found;
}

/** @param {Table} table @param {{ row: number, column: number, value: Cell }[]} changes @returns {Table} */
export function setCells(table, changes) {
  const data = [...table.wire.data];
  const fresh = new Set();
  for (const { row, column, value } of changes) {
    const before = data[row];
    if (!before) continue;
    const cells = fresh.has(row) ? before : [...before];
    fresh.add(row);
    cells[column] = value;
    data[row] = cells;
  }
  return edited(table, { data });
}

/** @param {Table} table @param {number} at @param {number} count */
export function insertRows(table, at, count = 1) {
  const data = [...table.wire.data];
  data.splice(at, 0, ...Array.from({ length: count }, () => table.wire.headers.map(() => null)));
  return edited(table, { data });
}

/** @param {Table} table @param {Set<number>} rows */
export function removeRows(table, rows) {
  return edited(table, { data: table.wire.data.filter((_, row) => !rows.has(row)) });
}

/** Leave only some rows, in their order in the table. @param {Table} table @param {Iterable<number>} rows */
export function keepRows(table, rows) {
  const kept = new Set(rows);
  return edited(table, { data: table.wire.data.filter((_, row) => kept.has(row)) });
}

/** @param {Table} table @param {number} at @param {Settings} settings @returns {Table} */
export function insertColumn(table, at, settings) {
  const kind = declared(settings, table.kinds.length);
  const fresh = /** @type {Kind} */ (kind === "str" ? "text" : kind);
  const data = table.wire.data.map((row) => put(row, at, null));
  const headers = put(table.wire.headers, at, vacant(table.wire.headers));
  return { ...edited(table, { data, headers }, (list, none) => put(list, at, none)), kinds: put(table.kinds, at, fresh) };
}

/** @param {Table} table @param {Set<number>} columns @returns {Table} */
export function removeColumns(table, columns) {
  const rest = /** @type {<T>(list: T[]) => T[]} */ ((list) => list.filter((_, column) => !columns.has(column)));
  const data = table.wire.data.map(rest);
  return { ...edited(table, { data, headers: rest(table.wire.headers) }, rest), kinds: rest(table.kinds) };
}

/** @param {Table} table @param {number} column @param {string} header */
export function rename(table, column, header) {
  return edited(table, { headers: table.wire.headers.map((old, at) => (at === column ? header : old)) });
}

/**
 * A table without the text and looks that a Styler gave to its cells, and with the types of its columns.
 * @param {Table} table @param {Partial<Wire>} parts @param {(dtypes: Dtype[], none: null) => Dtype[]} [shift] @returns {Table}
 */
function edited({ wire, kinds }, parts, shift = (dtypes) => dtypes) {
  const dtypes = wire.metadata?.dtypes;
  return { wire: { ...wire, ...parts, metadata: dtypes ? { dtypes: shift(dtypes, null) } : null }, kinds };
}

/** @template T @param {T[]} list @param {number} at @param {T} item @returns {T[]} */
function put(list, at, item) {
  return [...list.slice(0, at), item, ...list.slice(at)];
}

/** A number that no column is called by yet. @param {Header[]} headers */
function vacant(headers) {
  let number = headers.length + 1;
  while (headers.some((header) => String(header) === String(number))) number++;
  return String(number);
}

/** The tables that there were, for undo and redo. @template T */
export class History {
  /** @type {T[]} */
  #past = [];
  /** @type {T[]} */
  #future = [];

  /** @param {T} now */
  constructor(now) {
    this.now = now;
  }

  /** @param {T} next */
  push(next) {
    this.#past = [...this.#past.slice(-99), this.now];
    this.#future = [];
    this.now = next;
  }

  /** Go back, or forth again; false if there is nothing. @param {boolean} forth */
  turn(forth) {
    const [from, to] = forth ? [this.#future, this.#past] : [this.#past, this.#future];
    const found = from.pop();
    if (found === undefined) return false;
    to.push(this.now);
    this.now = found;
    return true;
  }
}

/** @typedef {{ column: number, descending: boolean } | null} Sorting */

/** Return the numbers of the visible rows; null for all in their order. @param {Cell[][]} data @param {Sorting} sorting @param {string} query @returns {number[] | null} */
export function arrange(data, sorting, query) {
  const wanted = query.trim().toLocaleLowerCase();
  if (!sorting && !wanted) return null;
  const rows = [...data.keys()];
  const found = wanted ? rows.filter((row) => holds(data[row], wanted)) : rows;
  return sorting ? ordered(data, found, sorting) : found;
}

/** The next of the three states: up, down, as it was. @param {Sorting} sorting @param {number} column @returns {Sorting} */
export function next(sorting, column) {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? null : { column, descending: true };
}

/** @param {Cell[] | undefined} cells @param {string} wanted */
function holds(cells, wanted) {
  return cells?.some((cell) => write(cell).toLocaleLowerCase().includes(wanted));
}

/**
 * Numbers by their size, before text in the order of the language; what is missing comes last, whichever the direction.
 * @param {Cell[][]} data @param {number[]} rows @param {{ column: number, descending: boolean }} sorting
 */
function ordered(data, rows, { column, descending }) {
  const keys = new Map(rows.map((row) => [row, key(data[row]?.[column])]));
  const collator = new Intl.Collator();
  const sign = descending ? -1 : 1;
  return rows.sort((left, right) => {
    const a = keys.get(left) ?? null;
    const b = keys.get(right) ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === "string" && typeof b === "string") return sign * collator.compare(a, b);
    if (typeof a === "string" || typeof b === "string") return sign * (typeof a === "string" ? 1 : -1);
    return a < b ? -sign : a > b ? sign : 0;
  });
}

/** @param {Cell | undefined} value @returns {string | number | bigint | null} */
function key(value) {
  if (value == null || value === "NaN") return null;
  if (value === "Infinity" || value === "-Infinity" || typeof value === "boolean") return Number(value);
  return value;
}

// One cell: from typed text to its value, and back.
import { parseNumber, say } from "../../wire.js";

/** @typedef {string | number | bigint | boolean | null} Cell */
/** @typedef {"text" | "number" | "bool" | "date" | "markdown" | "html" | "auto"} Kind */

const NAMED = /^(NaN|-?Infinity)$/;
const GROUPED = /^[-+\u2212]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const DATE = /^[+-]?\d{4,6}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const TRUE = /^(true|yes|1)$/i;
const FALSE = /^(false|no|0)$/i;

/** Read what was typed or pasted; what is not of the column's kind stays text, and is wrong. @param {Kind} kind @param {string} text @returns {Cell} */
export function read(kind, text) {
  if (text === "") return null;
  if (kind === "number") return number(text) ?? text;
  if (kind === "bool") return TRUE.test(text.trim()) ? true : FALSE.test(text.trim()) ? false : text;
  if (kind === "date") return text.trim();
  if (kind === "auto") return auto(text);
  return text;
}

/** Whether a value is not of its column's kind. @param {Kind} kind @param {Cell | undefined} value */
export function isWrong(kind, value) {
  if (value === null) return false;
  if (kind === "number") return typeof value !== "number" && typeof value !== "bigint" && !NAMED.test(String(value));
  if (kind === "bool") return typeof value !== "boolean";
  if (kind === "date") return typeof value !== "string" || !DATE.test(value);
  return false;
}

/** @param {Cell | undefined} value */
export function write(value) {
  return value == null ? "" : String(value);
}

/** Return the error of a cell. @param {Kind} kind @param {string} label */
export function complaint(kind, label) {
  const key = { number: "must_be_number", bool: "must_be_bool", date: "must_be_day" }[String(kind)];
  return say(key ?? "refused", { label });
}

/** @param {string} text */
function number(text) {
  const plain = GROUPED.test(text.trim()) ? text.replaceAll(",", "") : text;
  return parseNumber(plain);
}

/** @param {string} text */
function auto(text) {
  if (/^(true|false)$/i.test(text.trim())) return /true/i.test(text);
  const found = parseNumber(text);
  return found == null || typeof found === "string" ? text : found;
}

/** @param {string[][]} rows */
export function toText(rows) {
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

/** @param {string} text @returns {string[][]} */
export function fromText(text) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g;
  for (const [, quoted, plain = "", end] of text.matchAll(cell)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (!end) break;
    if (end !== "\t") rows.push([]);
  }
  const last = rows.at(-1) ?? [];
  if (rows.length > 1 && last.length < 2 && !last[0]) rows.pop();
  return rows;
}

/** Put a text into the clipboard, as a press of Ctrl+C would: that works without https too. @param {string} text */
export function copy(text) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", put, { capture: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  return done;
}

/** @param {string} text */
function quote(text) {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

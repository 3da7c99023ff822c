// The look of a cell: text, a number, a checkbox, and the colours of a Styler.
import { isWrong, write } from "./cells.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./cells.js").Kind} Kind */
/** @typedef {{ kind: Kind, shown: string | undefined, looks: string | undefined, label: () => string, edits: boolean, lineBreaks: boolean, maxChars: number | null }} Manner */

const LOOKS = ["color", "background-color", "font-weight"];
/** The ink that is read on each background. @type {Map<string, string>} */
const inks = new Map();

/** @param {HTMLTableCellElement} cell @param {Cell} value @param {Manner} manner */
export function paintCell(cell, value, manner) {
  const { kind, looks } = manner;
  if (cell.dataset.kind !== kind) cell.dataset.kind = kind;
  if (looks !== undefined || cell.hasAttribute("style")) dress(cell, looks ?? "");
  const wrong = isWrong(kind, value);
  if (wrong !== cell.hasAttribute("aria-invalid")) cell.toggleAttribute("aria-invalid", wrong);
  if (wrong) cell.setAttribute("aria-invalid", "true");
  if (kind === "bool" && !wrong) return tick(cell, value, manner);
  const text = manner.shown ?? write(value);
  if (kind === "markdown") cell.replaceChildren(...markdown(text, manner.lineBreaks));
  else if (kind === "html") cell.replaceChildren(...html(text));
  else letter(cell, text, manner.maxChars);
}

/** @param {HTMLTableCellElement} cell @param {string} text @param {number | null} most */
function letter(cell, text, most) {
  const letters = most !== null && text.length > most ? `${text.slice(0, most)}…` : text;
  if (letters !== text) cell.title = text;
  else if (cell.title) cell.removeAttribute("title");
  const only = cell.firstChild;
  if (only instanceof Text && only === cell.lastChild) only.data = letters;
  else cell.textContent = letters;
}

/** @param {HTMLTableCellElement} cell @param {Cell} value @param {Manner} manner */
function tick(cell, value, { label, edits }) {
  const found = cell.firstElementChild;
  const box = found instanceof HTMLInputElement ? found : document.createElement("input");
  box.type = "checkbox";
  box.tabIndex = -1;
  box.checked = value === true;
  box.toggleAttribute("data-none", value === null);
  box.ariaReadOnly = String(!edits);
  box.ariaLabel = label();
  if (box !== found) cell.replaceChildren(box);
}

/** Take over the colours and the weight; no other look, whatever it says. @param {HTMLTableCellElement} cell @param {string} looks */
function dress(cell, looks) {
  for (const name of LOOKS) cell.style.removeProperty(name);
  for (const look of looks.split(";")) {
    const [name = "", value = ""] = look.split(":").map((part) => part.trim());
    if (LOOKS.includes(name)) cell.style.setProperty(name, value);
  }
  const { backgroundColor, color } = cell.style;
  if (backgroundColor && !color) cell.style.color = ink(backgroundColor);
}

/** Dark on light colours and light on dark ones, in either theme. @param {string} background */
function ink(background) {
  const known = inks.get(background);
  if (known) return known;
  const probe = document.createElement("span");
  probe.style.color = background;
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0, alpha = 1] = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [];
  probe.remove();
  const light = 0.299 * red + 0.587 * green + 0.114 * blue > 140;
  const found = alpha < 0.5 ? "inherit" : light ? "#1a1d21" : "#fff";
  inks.set(background, found);
  return found;
}

/** @param {HTMLTableCellElement} cell @param {string} name @param {"ascending" | "descending" | null} order @param {Kind} kind */
export function paintHeader(cell, name, order, kind) {
  cell.dataset.kind = kind;
  const words = document.createElement("span");
  words.textContent = name;
  const arrow = document.createElement("span");
  arrow.className = "sheet-arrow";
  cell.replaceChildren(words, arrow);
  if (order) cell.ariaSort = order;
  else cell.removeAttribute("aria-sort");
}

/** @typedef {import("./table.js").Table} Table */

const LOOKED_AT = 100;
const LEAST = 84;
const MOST = 320;
const LETTER = 8.2;
const MARGIN = 26;

/** @param {Table} table @param {(number | string)[]} given @param {HTMLElement} scroller @param {boolean} numbered @returns {number[]} */
export function widths({ wire, kinds }, given, scroller, numbered) {
  const wanted = wire.headers.map((header, column) => measured(given[column], scroller) || guess(wire.data, header, column, kinds[column] === "date" ? 11 : 0));
  const free = scroller.clientWidth - (numbered ? margin(wire.data.length) : 0) - wanted.reduce((sum, width) => sum + width, 0);
  const open = wanted.filter((_, column) => !given[column]).length;
  return free > 0 && open ? wanted.map((width, column) => (given[column] ? width : width + free / open)) : wanted;
}

/** @param {number | string | undefined} given @param {HTMLElement} scroller */
function measured(given, scroller) {
  if (typeof given !== "string") return given ?? 0;
  const probe = document.createElement("div");
  probe.style.inlineSize = given;
  scroller.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width;
}

/** Return the width of the column of row numbers. @param {number} rows */
export function margin(rows) {
  return 24 + 8 * String(rows).length;
}

/** @param {import("./cells.js").Cell[][]} data @param {unknown} header @param {number} column @param {number} least letters */
function guess(data, header, column, least) {
  let letters = Math.max(String(header ?? "").length + 2, least);
  for (const row of data.slice(0, LOOKED_AT)) letters = Math.max(letters, Math.min(write(row[column]).length, 40));
  return Math.max(LEAST, Math.min(letters * LETTER + MARGIN, MOST));
}

const TAGS = new Set(["A", "B", "BR", "CODE", "DEL", "DIV", "EM", "I", "LI", "MARK", "OL", "P", "S", "SMALL", "SPAN", "STRONG", "SUB", "SUP", "U", "UL"]);
const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "NOSCRIPT", "TITLE", "TEXTAREA"]);
const LINK = /^(https?:|mailto:)/i;
const MARKS = /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*([^\s*](?:[^*]*[^\s*])?)\*|\b_([^_]+)_\b|~~(.+?)~~|\[([^[\]]+)\]\(([^()\s]+)\)/g;
const NAMES = ["code", "strong", "strong", "em", "em", "del"];

/** @param {string} text @param {boolean} lineBreaks @returns {Node[]} */
function markdown(text, lineBreaks) {
  const lines = lineBreaks ? text.split("\n") : [text];
  return lines.flatMap((line, index) => (index ? [document.createElement("br"), ...inline(line)] : inline(line)));
}

/** @param {string} text @returns {Node[]} */
function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const place = match.slice(1).findIndex((part) => part !== undefined);
    nodes.push(document.createTextNode(text.slice(end, match.index)), marked(match, place));
    end = match.index + match[0].length;
  }
  return [...nodes, document.createTextNode(text.slice(end))];
}

/** @param {RegExpMatchArray} match @param {number} place */
function marked(match, place) {
  const inner = match[place + 1] ?? "";
  const element = document.createElement(NAMES[place] ?? "a");
  if (place === 0) element.textContent = inner;
  else element.append(...inline(inner));
  if (element instanceof HTMLAnchorElement) link(element, match[8] ?? "");
  return element;
}

/** @param {string} text @returns {Node[]} */
function html(text) {
  // Handlers would not run, nor be copied, but the browser would complain of each.
  const quiet = text.replace(/<[a-z][^>]*(?:>|$)/gi, (tag) => tag.replace(/([\s"'/])on\w+(\s*=)/gi, "$1data-off$2"));
  return harmless(new DOMParser().parseFromString(quiet, "text/html").body);
}

/** Copy what is harmless, without its attributes, but for where a link leads. @param {Node} from @returns {Node[]} */
function harmless(from) {
  return [...from.childNodes].flatMap((node) => {
    if (node instanceof Text) return [document.createTextNode(node.data)];
    if (!(node instanceof Element) || SKIPPED.has(node.tagName)) return [];
    if (!TAGS.has(node.tagName)) return harmless(node);
    const copy = document.createElement(node.tagName);
    copy.append(...harmless(node));
    if (copy instanceof HTMLAnchorElement) link(copy, node.getAttribute("href") ?? "");
    return [copy];
  });
}

/** @param {HTMLAnchorElement} anchor @param {string} address */
function link(anchor, address) {
  if (!LINK.test(address)) return;
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.tabIndex = -1;
}

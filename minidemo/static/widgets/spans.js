// Labelled parts of a text: pieces from and to positions, and their positions after an edit.

/** @typedef {string | number | bigint | null} Label */
/** @typedef {{ token: string, class_or_confidence: Label }} Piece */
/** @typedef {{ start: number, end: number, label: Label }} Span */

/** Give the labelled parts of the text that the pieces make. @param {Piece[]} pieces @returns {Span[]} */
export function spans(pieces) {
  let start = 0;
  return pieces
    .map(({ token, class_or_confidence: label }) => ({ start, end: (start += token.length), label }))
    .filter(({ label, end, start }) => label !== null && end > start);
}

/** Cut a text at its labelled parts. @param {string} text @param {Span[]} parts @returns {Piece[]} */
export function pieces(text, parts) {
  /** @type {Piece[]} */
  const made = [];
  let here = 0;
  for (const { start, end, label } of parts) {
    if (start > here) made.push({ token: text.slice(here, start), class_or_confidence: null });
    made.push({ token: text.slice(start, end), class_or_confidence: label });
    here = end;
  }
  if (here < text.length) made.push({ token: text.slice(here), class_or_confidence: null });
  return made;
}

/** Give a part of the text a label; parts that overlap with it lose theirs. @param {Span[]} parts @param {Span} added */
export function marked(parts, added) {
  const others = parts.filter(({ start, end }) => end <= added.start || start >= added.end);
  return [...others, added].sort((one, other) => one.start - other.start);
}

/** Move the parts along with an edit of the text; one that is no more is lost. @param {Span[]} parts @param {string} old @param {string} text */
export function moved(parts, old, text) {
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  const place = (/** @type {number} */ at, /** @type {boolean} */ ends) => {
    if (at < head || (ends && at === head)) return at;
    if (at >= old.length - tail) return at + text.length - old.length;
    return ends || at === head ? head : text.length - tail;
  };
  return parts
    .map(({ start, end, label }) => ({ start: place(start, false), end: place(end, true), label }))
    .filter(({ start, end }) => end > start);
}

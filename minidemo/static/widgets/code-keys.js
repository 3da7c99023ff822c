// The keys of an editor: Tab indents, Enter keeps the indentation, Escape lets Tab leave the field.

const INDENT = "    ";

export class Keys {
  /** Whether Escape was pressed just now. */
  #leaving = false;

  /** Whether the key was one for the editor itself. @param {KeyboardEvent} event @param {HTMLTextAreaElement} editor */
  press(event, editor) {
    const leaving = this.#leaving;
    this.#leaving = event.key === "Escape" || (leaving && event.key === "Shift");
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || editor.readOnly || editor.disabled) return false;
    if (event.key === "Enter") return newLine(editor);
    if (event.key !== "Tab" || leaving) return false;
    return event.shiftKey ? outdent(editor) : indent(editor);
  }

  forget() {
    this.#leaving = false;
  }
}

/** @param {HTMLTextAreaElement} editor */
function newLine(editor) {
  const { value, selectionStart } = editor;
  const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  const [kept = ""] = /^[ \t]*/.exec(line) ?? [];
  write(editor, `\n${kept}${/[:([{]\s*$/.test(line) ? step(kept) : ""}`);
  return true;
}

/** Indent the lines that are selected, or write an indentation where none are. @param {HTMLTextAreaElement} editor */
function indent(editor) {
  const { value, selectionStart, selectionEnd } = editor;
  if (!value.slice(selectionStart, selectionEnd).includes("\n")) write(editor, step(value));
  else rewrite(editor, (line) => (line.trim() ? step(value) + line : line));
  return true;
}

/** @param {HTMLTextAreaElement} editor */
function outdent(editor) {
  rewrite(editor, (line) => line.replace(/^(?:\t| {1,4})/, ""));
  return true;
}

/** One step of indentation, as the code has it. @param {string} code */
function step(code) {
  return /^\t/m.test(code) ? "\t" : INDENT;
}

/** Change each of the selected lines, and keep them selected. @param {HTMLTextAreaElement} editor @param {(line: string) => string} change */
function rewrite(editor, change) {
  const { value, selectionStart, selectionEnd } = editor;
  const begin = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
  const next = value.indexOf("\n", last);
  const end = next < 0 ? value.length : next;
  const old = value.slice(begin, end);
  const text = old.split("\n").map(change).join("\n");
  if (text === old) return;
  editor.setSelectionRange(begin, end);
  write(editor, text);
  if (selectionEnd > selectionStart) editor.setSelectionRange(begin, begin + text.length);
  else editor.setSelectionRange(...twice(Math.max(begin, selectionStart + text.length - old.length)));
}

/** @param {number} place @returns {[number, number]} */
function twice(place) {
  return [place, place];
}

/** Write as if it were typed, so that it can be undone. @param {HTMLTextAreaElement} editor @param {string} text */
function write(editor, text) {
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (done) return;
  editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
  editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

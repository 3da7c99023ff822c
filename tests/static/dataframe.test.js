import assert from "node:assert/strict";
import { test } from "node:test";
import { fromText, isWrong, read, toText, write } from "../../minidemo/static/widgets/dataframe/cells.js";
import { action } from "../../minidemo/static/widgets/dataframe/gestures.js";
import { Selection } from "../../minidemo/static/widgets/dataframe/grid.js";
import * as tables from "../../minidemo/static/widgets/dataframe/table.js";

/** @typedef {import("../../minidemo/static/widgets/dataframe/cells.js").Cell} Cell */
/** @typedef {import("../../minidemo/static/widgets/dataframe/cells.js").Kind} Kind */

test("what is typed becomes a value of the column's kind, or stays text that is wrong", () => {
  const cases = /** @type {[Kind, string, Cell, boolean][]} */ ([
    ["number", "5", 5, false],
    ["number", "", null, false],
    ["number", "1,234.5", 1234.5, false],
    ["number", "9007199254740993", 9007199254740993n, false],
    ["number", "NaN", "NaN", false],
    ["number", "5a", "5a", true],
    ["bool", "Yes", true, false],
    ["bool", "0", false, false],
    ["bool", "maybe", "maybe", true],
    ["date", " 2024-05-17 ", "2024-05-17", false],
    ["date", "2024-05-17 12:30:00.5+02:00", "2024-05-17 12:30:00.5+02:00", false],
    ["date", "2024-13-17", "2024-13-17", true],
    ["auto", "5", 5, false],
    ["auto", "true", true, false],
    ["auto", "NaN", "NaN", false],
    ["auto", "five", "five", false],
    ["text", "5", "5", false],
    ["text", " ", " ", false],
  ]);
  for (const [kind, text, value, wrong] of cases) {
    assert.equal(read(kind, text), value, `${kind} ${text}`);
    assert.equal(isWrong(kind, read(kind, text)), wrong, `${kind} ${text}`);
  }
});

test("a value becomes text", () => {
  assert.deepEqual([null, undefined, true, 1.5, 10n ** 20n, "a"].map(write), ["", "", "true", "1.5", "100000000000000000000", "a"]);
});

test("cells go to a spreadsheet and come back", () => {
  for (const rows of [[["a"]], [["a", "b"], ["c", "d"]], [['"', 'a"b', '"a"'], ["a\nb", "\t", ""]], [["", ""], ["", "x"]], [["a\r\nb"]]]) {
    assert.deepEqual(fromText(toText(rows)), rows);
  }
  assert.deepEqual(fromText("a\tb\r\nc\td\r\n"), [["a", "b"], ["c", "d"]], "as Excel ends the last row");
  assert.deepEqual(fromText('5" tape\tx'), [['5" tape', "x"]]);
  assert.deepEqual(fromText(""), [[""]]);
});

test("rows are sorted up, down and not at all; numbers as numbers; what is missing comes last", () => {
  const data = /** @type {Cell[][]} */ ([[10, "b"], [9, "B"], [null, "a"], ["NaN", "Z"], [2n ** 60n, null], ["Infinity", "é"], ["x", "f"], [false, "10"]]);
  assert.deepEqual(tables.arrange(data, { column: 0, descending: false }, ""), [7, 1, 0, 4, 5, 6, 2, 3]);
  assert.deepEqual(tables.arrange(data, { column: 0, descending: true }, ""), [6, 5, 4, 0, 1, 7, 2, 3]);
  assert.deepEqual(tables.arrange(data, { column: 1, descending: false }, ""), [7, 2, 0, 1, 5, 6, 3, 4]);
  assert.deepEqual(tables.arrange([[1], [0], [1], [0]], { column: 0, descending: true }, ""), [0, 2, 1, 3], "equal rows keep their order");
  assert.equal(tables.arrange(data, null, " "), null);
  assert.deepEqual(tables.arrange(data, null, "B"), [0, 1]);
  assert.deepEqual(tables.arrange(data, { column: 1, descending: false }, "1"), [7, 0, 4]);
  const first = tables.next(null, 2);
  assert.deepEqual([first, tables.next(first, 2), tables.next(tables.next(first, 2), 2), tables.next(first, 1)], [
    { column: 2, descending: false },
    { column: 2, descending: true },
    null,
    { column: 1, descending: false },
  ]);
});

test("keys do what they do in a spreadsheet", () => {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false };
  const cases = /** @type {const} */ ([
    [{ key: "ArrowDown" }, { act: "move", rows: 1, columns: 0, extend: false }],
    [{ key: "ArrowLeft", shiftKey: true, metaKey: true }, { act: "move", rows: 0, columns: -Infinity, extend: true }],
    [{ key: "PageUp" }, { act: "page", rows: -1, extend: false }],
    [{ key: "PageDown" }, { act: "page", rows: 1, extend: false }],
    [{ key: "Home", ctrlKey: true }, { act: "home", all: true, extend: false }],
    [{ key: "End" }, { act: "end", all: false, extend: false }],
    [{ key: "Tab", shiftKey: true }, { act: "tab", by: -1 }],
    [{ key: "F10", shiftKey: true }, { act: "menu" }],
    [{ key: "F10" }, null],
    [{ key: "z", ctrlKey: true }, { act: "undo" }],
    [{ key: "Z", ctrlKey: true, shiftKey: true }, { act: "redo" }],
    [{ key: "y", ctrlKey: true }, { act: "redo" }],
    [{ key: "a", metaKey: true }, { act: "all" }],
    [{ key: "c", ctrlKey: true }, null],
    [{ key: "ü" }, { act: "type", text: "ü" }],
    [{ key: "a", altKey: true }, null],
    [{ key: "a", isComposing: true }, null],
    [{ key: "Delete" }, { act: "clear" }],
  ]);
  for (const [pressed, expected] of cases) assert.deepEqual(action({ ...none, ...pressed }), expected);
});

test("a selection stays within the table, and steps through it in reading order", () => {
  const selection = new Selection();
  selection.resize(2, 2);
  selection.go({ row: Infinity, column: Infinity });
  assert.deepEqual(selection.active, { row: 1, column: 1 });
  assert.equal(selection.step(1), false);
  assert.equal(selection.step(-1), true);
  selection.go({ row: 0, column: 0 });
  assert.deepEqual([selection.step(-1), selection.active], [true, { row: -1, column: 1 }]);
  assert.deepEqual([selection.step(-1), selection.step(-1)], [true, false]);
  selection.all();
  assert.deepEqual(selection.range, { top: 0, bottom: 1, left: 0, right: 1 });
  selection.resize(0, 1);
  assert.equal(selection.has(0, 0), false);
});

test("an edit makes another table, and keeps the rows that it did not touch", () => {
  const settings = /** @type {any} */ ({ datatype: ["str", "number"], blank: { headers: ["a", "b"], rows: 2 }, static_columns: [] });
  const blank = tables.blank(settings);
  assert.deepEqual(blank.wire, { headers: ["a", "b"], data: [[null, null], [null, null]], metadata: null });
  assert.deepEqual(blank.kinds, ["text", "number"]);
  const one = tables.setCells(blank, [{ row: 0, column: 0, value: "x" }, { row: 0, column: 1, value: 5 }, { row: 9, column: 0, value: "?" }]);
  assert.deepEqual(one.wire.data, [["x", 5], [null, null]]);
  assert.equal(one.wire.data[1], blank.wire.data[1]);
  assert.deepEqual(blank.wire.data[0], [null, null]);
  const wide = tables.insertColumn(one, 1, settings);
  assert.deepEqual([wide.wire.headers, wide.wire.data[0], wide.kinds], [["a", "3", "b"], ["x", null, 5], ["text", "auto", "number"]]);
  assert.deepEqual(tables.insertColumn(wide, 0, settings).wire.headers, ["4", "a", "3", "b"]);
  assert.deepEqual(tables.removeColumns(wide, new Set([0, 1])).wire.data, [[5], [null]]);
  assert.deepEqual(tables.removeRows(one, new Set([0])).wire.data, [[null, null]]);
  assert.deepEqual(tables.keepRows(one, [1]).wire.data, [[null, null]]);
  assert.deepEqual(tables.insertRows(one, 1, 2).wire.data.length, 4);
  assert.deepEqual(tables.rename(one, 1, "c").wire.headers, ["a", "c"]);
});

test("a column's kind is declared, or told by its type, or by what is in it", () => {
  const data = /** @type {Cell[][]} */ ([[1, true, "a", 5n, null, "2024-05-17", 1, "1", 1], [2, null, 1, 0.5, null, null, 2, null, true]]);
  const dtypes = [null, null, null, null, "Int64", "datetime64[ns]", { category: [1, 2] }, "boolean", null];
  const wire = { headers: [..."abcdefghi"], data, metadata: { dtypes } };
  const kinds = (/** @type {any} */ datatype) => tables.open(wire, /** @type {any} */ ({ datatype })).kinds.join();
  assert.equal(kinds("str"), "number,bool,text,number,number,date,text,bool,text");
  assert.equal(kinds("auto"), "number,bool,auto,number,number,date,auto,bool,auto");
  assert.equal(kinds(["markdown"]), "markdown,bool,auto,number,number,date,auto,bool,auto");
});

test("a Styler's text and looks go with the first edit, the types of columns stay", () => {
  const metadata = { dtypes: ["int8", null], display_value: [["1.0", "a"]], styling: [["color: red", ""]] };
  const table = tables.open({ headers: ["a", "b"], data: [[1, "a"]], metadata }, /** @type {any} */ ({ datatype: "str" }));
  assert.deepEqual(tables.setCells(table, []).wire.metadata, { dtypes: ["int8", null] });
  assert.deepEqual(tables.insertColumn(table, 0, /** @type {any} */ ({ datatype: "str" })).wire.metadata, { dtypes: [null, "int8", null] });
  assert.deepEqual(tables.removeColumns(table, new Set([0])).wire.metadata, { dtypes: [null] });
});

test("what was done is undone and done again", () => {
  const history = new tables.History(0);
  assert.equal(history.turn(false), false);
  history.push(1);
  history.push(2);
  assert.deepEqual([history.turn(false), history.now, history.turn(true), history.now, history.turn(true)], [true, 1, true, 2, false]);
  history.turn(false);
  history.push(3);
  assert.deepEqual([history.turn(true), history.now], [false, 3]);
  for (let edit = 4; edit < 200; edit++) history.push(edit);
  while (history.turn(false));
  assert.equal(history.now, 99);
});

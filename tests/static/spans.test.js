// Labelled parts of a text: cut out, put together, and moved along with edits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marked, moved, pieces, spans } from "../../minidemo/static/widgets/spans.js";

const TEXT = "Ada was in London";
const PARTS = [
  { start: 0, end: 3, label: "person" },
  { start: 11, end: 17, label: "place" },
];
const PIECES = [
  { token: "Ada", class_or_confidence: "person" },
  { token: " was in ", class_or_confidence: null },
  { token: "London", class_or_confidence: "place" },
];

test("pieces and parts say the same", () => {
  assert.deepEqual(pieces(TEXT, PARTS), PIECES);
  assert.deepEqual(spans(PIECES), PARTS);
  assert.deepEqual(pieces("a", []), [{ token: "a", class_or_confidence: null }]);
  assert.deepEqual(pieces("", []), []);
  assert.deepEqual(spans([{ token: "", class_or_confidence: "a" }]), []);
});

test("a part takes the place of those it overlaps with", () => {
  const added = { start: 2, end: 5, label: "x" };
  assert.deepEqual(marked(PARTS, added), [added, PARTS[1]]);
  assert.deepEqual(marked(PARTS, { ...added, start: 3 }), [PARTS[0], { ...added, start: 3 }, PARTS[1]]);
});

const EDITS = /** @type {[string, string[]][]} */ ([
  ["Oh, Ada was in London", ["Ada", "London"]],
  ["Ada was in London.", ["Ada", "London"]],
  ["Ada is in London", ["Ada", "London"]],
  ["Adele was in London", ["Adele", "London"]],
  ["Ada was in Lonxdon", ["Ada", "Lonxdon"]],
  ["Ada was in ", ["Ada"]],
  ["Ada on", ["Ada", "on"]],
  ["Ada was in Rome", ["Ada", "Rome"]],
  ["", []],
]);

for (const [edited, left] of EDITS) {
  test(`an edit to ${JSON.stringify(edited)} keeps ${JSON.stringify(left)}`, () => {
    assert.deepEqual(moved(PARTS, TEXT, edited).map(({ start, end }) => edited.slice(start, end)), left);
  });
}

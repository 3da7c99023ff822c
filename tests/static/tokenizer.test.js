// Colours of code: nothing of the code is lost, whatever the language, and no code takes long.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenize } from "../../minidemo/static/widgets/tokenizer.js";

const LANGUAGES =
  "c cpp css dockerfile html javascript jinja2 json latex markdown python r shell sql typescript yaml unknown".split(" ");
const CODE = [
  "",
  "\n",
  "\n\n",
  "x",
  'def f(x):\n    """Doc\n    more"""\n    return "a\\"b" + 1.5  # note\n',
  '{"a": [1, -2.5, true], "b": "c"}',
  "/* a\n b */ const x = `y\n${z}`; // end",
  '<!-- a\n--><p class="b" id=\'c\'>{{ d }}</p>{% if e %}',
  "a { color: #fff; margin: -1px } /* b */ @media print {}",
  "SELECT 'it''s' FROM \"t\" -- c\nwhere x = 5",
  "# Head\n\n```js\ncode\n```\n**bold** `code` [a](b)\n> quote\n- item",
  "for f in *; do echo \"$f ${x}\"; done # end",
  "a: 1\n- b: true # c\n",
  "FROM python\nRUN x # y",
  '"unclosed\n\'too\n`and this\n/* and this',
  '"""unclosed',
  "\ud83d\u0000<b>&amp;",
];

const shown = (/** @type {string} */ code, /** @type {string} */ language) =>
  tokenize(code, language).map((line) => line.filter(({ kind }) => kind).map(({ kind, text }) => `${kind} ${text}`));

for (const language of LANGUAGES) {
  test(`${language}: the parts are the code, line by line`, () => {
    for (const code of CODE) {
      const made = tokenize(code, language);
      assert.equal(made.map((line) => line.map(({ text }) => text).join("")).join(""), code);
      assert.equal(made.length, code.split("\n").length);
    }
  });

  test(`${language}: no code takes long`, () => {
    for (const part of ['"', "'", "`", '"""', "/*", "<!--", "<a ", "{#", "#", "\\", "$", "[", "[a](", "**", "a:", "- ", " ", "1", "x="]) {
      const code = part.repeat(20_000 / part.length);
      assert.equal(tokenize(code, language).flat().map(({ text }) => text).join("").length, code.length);
    }
  });
}

test("python", () => {
  assert.deepEqual(shown('def f(x):\n    """Doc\n    more"""\n    return "a" + 1.5  # note', "python"), [
    ["keyword def", "name f"],
    ['string """Doc\n'],
    ['string     more"""'],
    ["keyword return", 'string "a"', "number 1.5", "comment # note"],
  ]);
});

test("json", () => {
  assert.deepEqual(shown('{"a": [1, "b", null]}', "json"), [['name "a"', "number 1", 'string "b"', "keyword null"]]);
});

test("a language that nobody knows has no colours", () => {
  assert.deepEqual(shown("if x: 'y'", "unknown"), [[]]);
});

// The length rules for scripts, as tests/architecture.py has them for modules.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";

const MAX_FILE = 300;
const MAX_FUNCTION = 40;
const folder = join(import.meta.dirname, "../../minidemo/static");

/** Yield the faults of a script. @param {string} name @param {string} text @returns {Generator<string>} */
function* faults(name, text) {
  const lines = text.trimEnd().split("\n").length;
  if (lines > MAX_FILE) yield `${name}: ${lines} lines; a file has at most ${MAX_FILE}.`;
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  for (const node of functions(source)) {
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const length = source.getLineAndCharacterOfPosition(node.end).line + 2 - first;
    if (length > MAX_FUNCTION) yield `${name}:${first}: a function of ${length} lines; it has at most ${MAX_FUNCTION}.`;
  }
}

/** Return the functions, methods and accessors of a node. @param {ts.Node} node @returns {ts.Node[]} */
function functions(node) {
  /** @type {ts.Node[]} */
  const list = ts.isFunctionLike(node) ? [node] : [];
  ts.forEachChild(node, (child) => void list.push(...functions(child)));
  return list;
}

/** @param {number} count */
function statements(count) {
  return "run();\n".repeat(count);
}

test("files and functions are short", () => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const scripts = names.filter((name) => name.endsWith(".js") && !name.startsWith("vendor"));
  assert.ok(scripts.length > 50);
  assert.deepEqual(scripts.flatMap((name) => [...faults(name, readFileSync(join(folder, name), "utf8"))]), []);
});

test("a long file is a fault", () => {
  assert.deepEqual([...faults("a.js", statements(300))], []);
  assert.deepEqual([...faults("a.js", statements(301))], ["a.js: 301 lines; a file has at most 300."]);
});

test("a long function of any kind is a fault", () => {
  for (const head of ["function f()", "async function* f()", "export const f = async () =>", "export default function ()"]) {
    assert.deepEqual([...faults("a.js", `${head} {\n${statements(38)}}`)], [], head);
    assert.deepEqual([...faults("a.js", `// "{\n${head} {\n${statements(39)}}`)], ["a.js:2: a function of 41 lines; it has at most 40."]);
  }
  for (const head of ["constructor()", "#f()", "get f()", "static async f()", "f = () =>"]) {
    assert.deepEqual([...faults("a.js", `class A {\n${head} {\n${statements(38)}}\n}`)], [], head);
    assert.equal([...faults("a.js", `class A {\n${head} {\n${statements(39)}}\n}`)].length, 1, head);
  }
});

test("the outer function counts the lines of the inner ones, and comments in front count for none", () => {
  const inner = `const g = () => {\n${statements(30)}};\n`;
  assert.equal([...faults("a.js", `/**\n${" *\n".repeat(50)} */\nfunction f() {\n${inner}}`)].length, 0);
  assert.equal([...faults("a.js", `function f() {\n${inner}${inner}}`)].length, 1);
});

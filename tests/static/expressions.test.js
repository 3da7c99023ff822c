// No regular expression takes more than linear time, whatever the text.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";

const FOLDER = new URL("../../minidemo/static/", import.meta.url);
const SIZE = 2_000;
const MISFIT = "\u0000";

/** Yield the literals of regular expressions in a script. @param {ts.Node} node @returns {Generator<string>} */
function* literals(node) {
  if (ts.isRegularExpressionLiteral(node)) yield node.text;
  for (const child of node.getChildren()) yield* literals(child);
}

function* expressions() {
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js") || name.startsWith("vendor")) continue;
    const source = readFileSync(new URL(name, FOLDER), "utf8");
    for (const literal of literals(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true))) yield { name, literal };
  }
}

/** Return a text that repeats a part. @param {string} start @param {string} part @param {number} size */
const repeated = (start, part, size) => start + part.repeat(size / part.length) + MISFIT;

/** Return the microseconds of CPU that a call takes. @param {() => unknown} call */
function effort(call) {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** @param {RegExp} rule @param {string} start @param {string} part */
function growsLinearly(rule, start, part) {
  const [small, large] = [SIZE, 2 * SIZE].map((size) => repeated(start, part, size));
  const work = (/** @type {string | undefined} */ text) => effort(() => (text ?? "").replace(rule, ""));
  if (work(large) < 20 * effort(() => [...(large ?? "")].map((letter) => letter === "x"))) return true;
  let [least, more] = [Infinity, Infinity];
  for (let tries = 0; tries < 30 && !(more < 3 * least); tries += 1) {
    [least, more] = [Math.min(least, work(small)), Math.min(more, work(large))];
  }
  return more < 3 * least;
}

for (const { name, literal } of expressions()) {
  test(`${name}: ${literal}`, () => {
    const end = literal.lastIndexOf("/");
    const rule = new RegExp(literal.slice(1, end), `${literal.slice(end + 1).replace("g", "")}g`);
    const words = literal.slice(1, end).match(/[A-Za-z]{2,}/g) ?? [];
    const parts = new Set([...literal.slice(1, end), ..." \n\ta0_é", ...words]);
    for (const start of ["", ...parts]) {
      for (const part of parts) {
        assert.ok(growsLinearly(rule, start, part), `${start} and ${part} again and again`);
        assert.ok(growsLinearly(rule, "", start + part), `${start}${part} again and again`);
      }
    }
  });
}

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");

/** @param {string} folder @param {string} suffix @param {RegExp} [except] */
function sources(folder, suffix, except = /^$/) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(suffix) && !except.test(name)).map((name) => readFileSync(join(root, folder, name), "utf8"));
}

/** @param {string} text @param {RegExp} pattern */
function matches(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

const words = Object.keys(JSON.parse(readFileSync(join(root, "minidemo/i18n/en.json"), "utf8")));
const scripts = sources("minidemo/static", ".js").join("\n");
const templates = sources("templates", ".html").join("\n");
const python = sources("minidemo", ".py").join("\n");

test("the words are sorted", () => {
  assert.deepEqual(words, [...words].sort());
});

test("every word that is asked for exists", () => {
  const asked = [...matches(scripts, /\bsay\((?:\w+(?: \? | === null \? ))?"(\w+)"/g), ...matches(templates, /\bt\.(\w+)/g)];
  assert.deepEqual(asked.filter((word) => !words.includes(word)), []);
});

test("every word is asked for", () => {
  const buttons = ["clear", "submit"];
  const asked = (/** @type {string} */ word) => `${scripts}${python}`.includes(`"${word}"`) || new RegExp(`\\bt\\.${word}\\b`).test(templates);
  assert.deepEqual(words.filter((word) => !buttons.includes(word) && !asked(word)), []);
});

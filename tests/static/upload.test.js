import assert from "node:assert/strict";
import { test } from "node:test";
import { megabytes } from "../../minidemo/static/widgets/upload.js";

test("a size is told as a person would", () => {
  assert.equal(megabytes(130 * 2 ** 20), "130 MB");
  assert.equal(megabytes(1.5 * 2 ** 20), "1.5 MB");
  assert.equal(megabytes(2 * 2 ** 20), "2 MB");
  assert.equal(megabytes(512), "0.5 kB");
});

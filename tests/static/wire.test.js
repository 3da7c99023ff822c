import assert from "node:assert/strict";
import { test } from "node:test";
import {
  keepBigInteger,
  parse,
  parseNumber,
  refusal,
  say,
  session,
  splitEvents,
  stringify,
  WireError,
} from "../../minidemo/static/wire.js";

/** @param {string[]} texts */
async function read(...texts) {
  const all = [];
  for await (const event of splitEvents(texts)) all.push(event);
  return all;
}

test("a stream is cut into its events", async () => {
  const stream = 'event: queued\ndata: {"position": 1}\n\nevent: result\ndata: {}\n\n';
  const expected = [
    { event: "queued", data: '{"position": 1}' },
    { event: "result", data: "{}" },
  ];
  assert.deepEqual(await read(stream), expected);
  assert.deepEqual(await read(...stream), expected, "however it is chopped");
  assert.deepEqual(await read(...stream.replaceAll("\n", "\r\n")), expected, "with any line ending");
});

test("an event may have several lines of data, no name, no space, and comments between", async () => {
  assert.deepEqual(await read(": alive\n\ndata:a\ndata: b\nid: 3\n\n"), [{ event: "message", data: "a\nb" }]);
});

test("an event that is not ended is none", async () => {
  assert.deepEqual(await read("event: result\ndata: {}\n"), []);
});

test("a number is read as it is typed", () => {
  const cases = /** @type {const} */ ([
    ["", null],
    ["  ", null],
    ["5", 5],
    [" -5 ", -5],
    ["\u22125", -5],
    ["+5", 5],
    ["1.5", 1.5],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["NaN", "NaN"],
    ["-Infinity", "-Infinity"],
    ["9007199254740993", 9007199254740993n],
    ["-123456789012345678901234567890", -123456789012345678901234567890n],
    ["+9007199254740993", 9007199254740993n],
  ]);
  for (const [typed, number] of cases) assert.equal(parseNumber(typed), number, typed);
});

test("what is not a number is not taken for one", () => {
  for (const typed of ["x", "1,5", "1 000", "0x10", "1_000", "--5", "1e", ".", "1e999", "nan", "Infinity2", "５"])
    assert.equal(parseNumber(typed), undefined, typed);
});

test("a large integer keeps every digit where the browser hands over its source", () => {
  assert.equal(keepBigInteger("", 2 ** 53, { source: "9007199254740993" }), 9007199254740993n);
  assert.equal(keepBigInteger("", 2 ** 53, { source: "9007199254740992.0" }), 2 ** 53);
  assert.equal(keepBigInteger("", 5, { source: "5" }), 5);
  assert.equal(keepBigInteger("", 2 ** 53), 2 ** 53, "and stays a number where it does not");
});

test("a large integer is written with every digit", () => {
  assert.equal(stringify({ n: 9007199254740993n }).replaceAll('"', ""), "{n:9007199254740993}");
  assert.deepEqual(parse(stringify([1, 1.5, "a", null, true])), [1, 1.5, "a", null, true]);
});

test("words get their values put in, and nothing else", () => {
  const words = { must: "{label} must be at least {limit}." };
  assert.equal(say("must", { label: "{limit} $& <b>", limit: 0 }, words), "{limit} $& <b> must be at least 0.");
  assert.equal(say("unknown", {}, words), "unknown");
});

test("a refusal carries the server's message, field and run", () => {
  const body = '{"error": {"message": "num2 must be a number, such as 1.5.", "field": "num2"}, "run": "r1"}';
  const { message, field, run, status, away } = refusal(422, body);
  assert.deepEqual({ message, field, run, status, away }, { message: "num2 must be a number, such as 1.5.", field: "num2", run: "r1", status: 422, away: false });
});

test("an answer that is not ours means that the server is away, or is told by its status", () => {
  assert.equal(refusal(502, "<html>Bad gateway</html>").away, true);
  assert.equal(refusal(403, "<html>Forbidden</html>").away, false);
  assert.ok(refusal(403, "") instanceof WireError);
});

test("a session is fit for the server", () => {
  assert.match(session, /^[A-Za-z0-9_-]{8,64}$/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, cut, encode, isSound, rateOf } from "../../minidemo/static/widgets/sound.js";

/** @param {Uint8Array} bytes @param {number} [from] */
function samples(bytes, from = 44) {
  return [...new Int16Array(bytes.slice(from).buffer)];
}

/** A file that begins so, with nothing after it. @param {...(string | number[])} parts */
function file(...parts) {
  const bytes = new Uint8Array(200);
  let at = 0;
  for (const part of parts) {
    const codes = typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part;
    bytes.set(codes, at);
    at += codes.length;
  }
  return bytes;
}

test("samples become a WAV file of 16 bits, channel beside channel", () => {
  const bytes = encode([new Float32Array([0, 0.5, -1]), new Float32Array([1, -0.5, 2])], 44100);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "RIFF");
  assert.equal(new DataView(bytes.buffer).getUint32(4, true), bytes.length - 8);
  assert.equal(new DataView(bytes.buffer).getUint32(24, true), 44100);
  assert.deepEqual(samples(bytes), [0, 32767, 16384, -16384, -32768, 32767]);
});

test("a piece of a WAV file keeps its samples as they are", () => {
  const bytes = encode([Float32Array.from({ length: 100 }, (_, index) => index / 32768)], 100);
  assert.deepEqual(samples(cut(bytes, 0.1, 0.15) ?? new Uint8Array()), [10, 11, 12, 13, 14]);
  assert.deepEqual(samples(cut(bytes, 0.97, Infinity) ?? new Uint8Array()), [97, 98, 99]);
  assert.deepEqual(cut(bytes, 0, 1), bytes);
});

test("something is left however small the piece is", () => {
  const bytes = encode([new Float32Array([0, 0.25, 0.5])], 100);
  assert.deepEqual(samples(cut(bytes, 0.01, 0.01) ?? new Uint8Array()), [8192]);
  assert.deepEqual(samples(cut(bytes, 5, 6) ?? new Uint8Array()), [16384]);
});

test("chunks beside the samples, and a length that nobody knew, do no harm", () => {
  const plain = encode([new Float32Array([0, 0.25, 0.5])], 100);
  const odd = [...plain.subarray(12, 36)];
  const bytes = new Uint8Array([...plain.subarray(0, 12), ...file("LIST", [3, 0, 0, 0, 1, 2, 3, 0]).subarray(0, 12), ...odd, ...plain.subarray(36)]);
  new DataView(bytes.buffer).setUint32(52, 0xffffffff, true);
  assert.deepEqual(cut(bytes, 0, 1), plain);
});

test("what is no WAV file of plain samples is not cut", () => {
  assert.equal(cut(file("ID3"), 0, 1), null);
  assert.equal(cut(file("RIFF", [0, 0, 0, 0], "WAVE"), 0, 1), null);
  assert.equal(cut(encode([], 100), 0, 1), null);
  const compressed = encode([new Float32Array(4)], 100);
  compressed[20] = 2;
  assert.equal(cut(compressed, 0, 1), null);
});

test("an odd number of bytes is padded, as WAV wants it", () => {
  const bytes = encode([new Float32Array([0, 0, 0, 0])], 100);
  bytes.set([1, 0], 32); // a byte a sample
  const piece = cut(bytes, 0, 0.03);
  assert.equal(piece?.length, 48);
  assert.equal(new DataView(/** @type {Uint8Array} */ (piece).buffer).getUint32(40, true), 3);
});

test("the rate of a file is told from its beginning", () => {
  assert.equal(rateOf(file("fLaC", new Array(14).fill(0), [0x0a, 0xc4, 0x40])), 44100);
  assert.equal(rateOf(file("OggS", new Array(24).fill(0), [1], "vorbis", new Array(5).fill(0), [0x22, 0x56, 0, 0])), 22050);
  assert.equal(rateOf(file("OggS", new Array(24).fill(0), "OpusHead")), 48000);
  assert.equal(rateOf(encode([new Float32Array(50)], 16000)), 16000);
  assert.equal(rateOf(file([0xff, 0xfb, 0x90])), 44100);
  assert.equal(rateOf(file([0xff, 0xf3, 0x94])), 24000);
  assert.equal(rateOf(file("ID3", [4, 0, 0, 0, 0, 0, 2, 0, 0, 0xff, 0xfb, 0x98])), 32000);
  assert.equal(rateOf(file([0xff, 0xf1])), 48000);
  assert.equal(rateOf(file("RIFF", [0, 0, 0, 0], "WAVE")), 48000);
  assert.equal(rateOf(new Uint8Array(3)), 48000);
});

test("a sound is told by its type or its name", () => {
  assert.ok(isSound({ name: "a", type: "audio/x-strange" }));
  assert.ok(isSound({ name: "a.webm", type: "video/webm" }));
  assert.ok(isSound({ name: "A.FLAC", type: "" }));
  assert.ok(!isSound({ name: "a.txt", type: "text/plain" }));
  assert.ok(!isSound({ name: "mp3", type: "" }));
});

test("a time is told in minutes and seconds", () => {
  assert.deepEqual([0, 9.99, 60, 605, 3600].map(clock), ["0:00", "0:09", "1:00", "10:05", "60:00"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, cut, encode, told } from "../../minidemo/static/widgets/sound.js";

/** @param {Blob | null} file */
async function bytesOf(file) {
  return new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
}

/** The samples of 16 bits after the head. @param {Blob | null} file */
async function samples(file) {
  return [...new Int16Array((await bytesOf(file)).slice(44).buffer)];
}

/** A WAV file of one channel. @param {number[]} levels */
function wav(levels, rate = 100) {
  return bytesOf(encode([new Float32Array(levels)], rate, "a"));
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

test("samples become a WAV file of 16 bits, channel beside channel", async () => {
  const made = encode([new Float32Array([0, 0.5, -1]), new Float32Array([1, -0.5, 2])], 192000, "my.voice.mp3");
  const bytes = await bytesOf(made);
  const view = new DataView(bytes.buffer);
  assert.deepEqual([made.name, made.type], ["my.voice.wav", "audio/wav"]);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "RIFF");
  assert.deepEqual([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(28, true)], [bytes.length - 8, 192000, 768000]);
  assert.deepEqual(await samples(made), [0, 32767, 16384, -16384, -32768, 32767]);
});

test("a piece of a WAV file keeps its samples as they are", async () => {
  const bytes = await wav(Array.from({ length: 100 }, (_, index) => index / 32768));
  assert.deepEqual(await samples(cut(bytes, 0.1, 0.15, "a")), [10, 11, 12, 13, 14]);
  assert.deepEqual(await samples(cut(bytes, 0.97, Infinity, "a")), [97, 98, 99]);
  assert.deepEqual(await bytesOf(cut(bytes, 0, 1, "a")), bytes);
});

test("something is left however small the piece is", async () => {
  const bytes = await wav([0, 0.25, 0.5]);
  assert.deepEqual(await samples(cut(bytes, 0.01, 0.01, "a")), [8192]);
  assert.deepEqual(await samples(cut(bytes, 5, 6, "a")), [16384]);
});

test("chunks beside the samples, and a length that nobody knew, do no harm", async () => {
  const plain = await wav([0, 0.25, 0.5]);
  const list = file("LIST", [3, 0, 0, 0, 1, 2, 3, 0]).subarray(0, 12);
  const bytes = new Uint8Array([...plain.subarray(0, 12), ...list, ...plain.subarray(12)]);
  new DataView(bytes.buffer).setUint32(52, 0xffffffff, true);
  assert.deepEqual(await bytesOf(cut(bytes, 0, 1, "a")), plain);
});

test("what is no WAV file of plain samples is not cut", async () => {
  assert.equal(cut(file("ID3"), 0, 1, "a"), null);
  assert.equal(cut(file("RIFF", [0, 0, 0, 0], "WAVE"), 0, 1, "a"), null);
  assert.equal(cut(await wav([]), 0, 1, "a"), null);
  assert.equal(cut((await wav([1])).slice(0, 30), 0, 1, "a"), null);
  const compressed = await wav([0, 0]);
  compressed[20] = 2;
  assert.equal(cut(compressed, 0, 1, "a"), null);
});

test("an odd number of bytes is padded, as WAV wants it", async () => {
  const bytes = await wav([0, 0, 0, 0]);
  bytes.set([1, 0], 32); // a byte a sample
  const piece = await bytesOf(cut(bytes, 0, 0.03, "a"));
  assert.deepEqual([piece.length, new DataView(piece.buffer).getUint32(40, true)], [48, 3]);
});

test("the rate of what is kept to the sample is told from its beginning", async () => {
  assert.equal(told(file("fLaC", new Array(14).fill(0), [0x0a, 0xc4, 0x40])), 44100);
  assert.equal(told(await wav([0, 0], 16000)), 16000);
  assert.equal(told(file("OggS")), 0);
  assert.equal(told(file("RIFF", [0, 0, 0, 0], "WAVE")), 0);
  assert.equal(told(file("fLaC").slice(0, 8)), 0);
  assert.equal(told(new Uint8Array(3)), 0);
});

test("a time is told in minutes and seconds", () => {
  assert.deepEqual([0, 9.99, 60, 605, 3600].map(clock), ["0:00", "0:09", "1:00", "10:05", "60:00"]);
});

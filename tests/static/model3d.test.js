// The reader of glTF: no file leads it astray.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "../../minidemo/static/widgets/model3d-fault.js";
import { readGltf } from "../../minidemo/static/widgets/model3d-gltf.js";

const TRIANGLE = Buffer.from(Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]).buffer).toString("base64");
const ACCESSOR = { bufferView: 0, componentType: 5126, count: 3, type: "VEC3" };

/** A triangle as glTF, with some parts replaced. @param {object} [more] */
function gltf(more) {
  const parts = {
    asset: { version: "2.0" },
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [ACCESSOR],
    bufferViews: [{ buffer: 0, byteLength: 36 }],
    buffers: [{ byteLength: 36, uri: `data:;base64,${TRIANGLE}` }],
  };
  return new TextEncoder().encode(JSON.stringify({ ...parts, ...more }));
}

/** The key of the message about a file, or "shown". @param {Uint8Array<ArrayBuffer>} bytes */
async function outcome(bytes) {
  try {
    await readGltf(bytes.buffer, new AbortController().signal);
    return "shown";
  } catch (error) {
    return error instanceof Fault ? error.key : "model_broken";
  }
}

test("a triangle is read", async () => {
  assert.equal(await outcome(gltf()), "shown");
});

for (const [what, more, key] of /** @type {[string, object, string][]} */ ([
  ["a node inside itself", { nodes: [{ children: [1] }, { children: [0] }], scenes: [{ nodes: [0] }] }, "model_too_large"],
  ["too many children", { nodes: [{ children: Array(200_000).fill(0) }] , scenes: [{ nodes: [0] }] }, "model_too_large"],
  ["too many meshes", { nodes: Array(6000).fill({ mesh: 0 }) }, "model_too_large"],
  ["too many numbers", { accessors: [{ ...ACCESSOR, count: 4e9 }] }, "model_too_large"],
  ["numbers from nowhere", { accessors: [ACCESSOR, { ...ACCESSOR, bufferView: undefined, count: 4e9 }] }, "model_too_large"],
  ["numbers that cancel out", { accessors: [{ ...ACCESSOR, bufferView: undefined, count: 4e9 }, { ...ACCESSOR, bufferView: undefined, count: -4e9 }] }, "model_too_large"],
  ["more than the buffer holds", { accessors: [{ ...ACCESSOR, count: 4 }] }, "model_broken"],
  ["no such mesh", { scenes: [{ nodes: [7] }] }, "model_broken"],
  ["no such accessor", { accessors: [] }, "model_broken"],
  ["no base64", { buffers: [{ uri: "data:;base64,%%" }] }, "model_broken"],
  ["no buffer", { buffers: [{ byteLength: 36 }] }, "model_broken"],
  ["another file", { buffers: [{ uri: "cube.bin" }] }, "model_needs"],
  ["another host", { images: [{ uri: "//elsewhere.example/a.png" }] }, "model_needs"],
  ["data without data", { images: [{ uri: "data:" }] }, "model_needs"],
  ["what is not supported", { extensionsRequired: ["KHR_texture_basisu"] }, "model_needs"],
])) {
  test(`a file is refused: ${what}`, async () => assert.equal(await outcome(gltf(more)), key));
}

test("a file with any byte changed is read or refused", async () => {
  const text = gltf();
  for (let i = 0; i < text.length; i++) {
    const changed = text.slice();
    changed[i] = (changed[i] ?? 0) ^ 0x15;
    assert.ok(["shown", "model_broken", "model_needs", "model_too_large"].includes(await outcome(changed)));
  }
});

// Readers of 3D files: what they take from a file, and that no file leads them astray.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readGltf } from "../../minidemo/static/widgets/model3d-gltf.js";
import { Fault } from "../../minidemo/static/widgets/model3d-mesh.js";
import { readPly } from "../../minidemo/static/widgets/model3d-ply.js";
import { modest } from "../../minidemo/static/widgets/model3d-scene.js";
import { readObj, readStl } from "../../minidemo/static/widgets/model3d-text.js";

/** @param {string} text */
const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** @param {number[]} numbers */
const floats = (numbers) => Buffer.from(Float32Array.from(numbers).buffer).toString("base64");
const TRIANGLE = [0, 0, 0, 1, 0, 0, 0, 1, 0];

/** A triangle as glTF, with some parts replaced. @param {object} [more] */
function gltf(more) {
  return bytes(
    JSON.stringify({
      asset: { version: "2.0" },
      nodes: [{ mesh: 0 }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
      accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: "VEC3" }],
      bufferViews: [{ buffer: 0, byteLength: 36 }],
      buffers: [{ byteLength: 36, uri: `data:;base64,${floats(TRIANGLE)}` }],
      ...more,
    }),
  );
}

/** @param {() => unknown} read @param {string} key */
function fails(read, key = "model_broken") {
  assert.throws(read, (error) => error instanceof Fault && error.key === key);
}

test("a triangle of each format", () => {
  const files = [
    readGltf(gltf()),
    readObj(bytes("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")),
    readStl(bytes("solid\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendsolid\n")),
    readPly(bytes("ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_index\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n")),
  ];
  for (const { meshes } of files) {
    assert.equal(meshes.length, 1);
    assert.deepEqual([...(meshes[0]?.positions ?? [])], TRIANGLE);
    assert.equal(meshes[0]?.shape, "triangles");
  }
});

test("OBJ: faces of many corners, counted from either end, with normals, lines, and vertices alone", () => {
  const square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvn 0 0 1\n";
  const [face] = readObj(bytes(`${square}f -4//-1 -3//-1 -2//-1 -1//-1\r\n`)).meshes;
  assert.equal(face?.positions.length, 18);
  assert.equal(face?.normals?.length, 18);
  assert.equal(readObj(bytes(`${square}l 1 2 3\n`)).meshes[0]?.shape, "lines");
  assert.equal(readObj(bytes(square)).meshes[0]?.shape, "points");
  assert.deepEqual([...(readObj(bytes("v 0 0 0 1 0 0\n")).meshes[0]?.colors ?? [])], [1, 0, 0, 1]);
});

test("OBJ: numbers that are none, and corners that are not there", () => {
  for (const text of ["v 1 2\n", "v a b c\n", "v 1e999 0 0\n", "v 0 0 0\nf 1 2 3\n", "v 0 0 0\nf 0 0 0\n", "v 0 0 0\nf 1//1 1//1 1//1\n"]) {
    fails(() => readObj(bytes(text)));
  }
  fails(() => readObj(bytes("x".repeat(3 << 20))));
});

test("STL and PLY that are cut off", () => {
  fails(() => readStl(bytes("")));
  fails(() => readStl(bytes("solid\nvertex 0 0 0\n")));
  const head = (/** @type {string} */ format, /** @type {number | string} */ count) => `ply\nformat ${format} 1.0\nelement vertex ${count}\nproperty float x\nproperty float y\nproperty float z\nend_header\n`;
  fails(() => readPly(bytes(`${head("ascii", 2)}0 0 0\n`)));
  fails(() => readPly(bytes(`${head("binary_little_endian", 4e9)}0123456789ab`)));
  fails(() => readPly(bytes(head("ascii", -1))));
  fails(() => readPly(bytes(head("html", 0))));
  fails(() => readPly(bytes("ply\nformat ascii 1.0\nproperty float x\nend_header\n")));
  fails(() => readPly(bytes("ply\nformat ascii 1.0\nelement vertex 1\nproperty text x\nend_header\n")));
  fails(() => readPly(bytes("ply\n")));
  assert.equal(readPly(bytes(`${head("ascii", 1)}1 2 3\n`)).meshes[0]?.shape, "points");
});

test("glTF: where nodes put a mesh, strips and fans, colours and fractions", () => {
  const nodes = [{ children: [1], translation: [1, 2, 3] }, { mesh: 0, scale: [2, 2, 2], rotation: [0, 0, Math.SQRT1_2, Math.SQRT1_2] }];
  const [turned] = readGltf(gltf({ nodes, scenes: [{ nodes: [0] }] })).meshes;
  assert.deepEqual(turned?.matrix.map((part) => Math.round(part * 1e6) / 1e6 + 0), [0, 2, 0, 0, -2, 0, 0, 0, 0, 0, 2, 0, 1, 2, 3, 1]);
  for (const [mode, shape, count] of /** @type {const} */ ([[0, "points", undefined], [1, "lines", undefined], [2, "lines", 6], [3, "lines", 4], [5, "triangles", 3], [6, "triangles", 3]])) {
    const [mesh] = readGltf(gltf({ meshes: [{ primitives: [{ mode, attributes: { POSITION: 0 } }] }] })).meshes;
    assert.deepEqual([mesh?.shape, mesh?.indices?.length], [shape, count]);
  }
  const data = Buffer.concat([Buffer.from(Float32Array.from(TRIANGLE).buffer), Buffer.from([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0])]);
  const [tinted] = readGltf(
    gltf({
      meshes: [{ primitives: [{ attributes: { POSITION: 0, COLOR_0: 1 }, material: 0 }] }],
      materials: [{ alphaMode: "BLEND", pbrMetallicRoughness: { baseColorFactor: [1, 0, 0, 0.5], baseColorTexture: { index: 0 } } }],
      textures: [{ source: 0 }],
      images: [{ uri: "data:image/png;base64,AAAA" }],
      accessors: [
        { bufferView: 0, componentType: 5126, count: 3, type: "VEC3" },
        { bufferView: 1, componentType: 5121, count: 3, type: "VEC3", normalized: true },
      ],
      bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: 12, byteStride: 4 }],
      buffers: [{ uri: `data:;base64,${data.toString("base64")}` }],
    }),
  ).meshes;
  assert.deepEqual([...(tinted?.colors ?? [])], [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1]);
  assert.deepEqual([tinted?.color, tinted?.blend, tinted?.texture], [[1, 0, 0, 0.5], true, 0]);
});

test("glTF: what is out of bounds, endless, or not inside", () => {
  const accessor = { bufferView: 0, componentType: 5126, count: 3, type: "VEC3" };
  const loop = [{ children: [1] }, { children: [0], mesh: 0 }];
  const [broken, large, missing] = ["model_broken", "model_too_large", "model_needs"];
  for (const [more, key] of /** @type {[object, string][]} */ ([
    [{ nodes: loop, scenes: [{ nodes: [0] }] }, large],
    [{ nodes: [{ children: Array(200_000).fill(0) }] }, large],
    [{ nodes: [] }, broken],
    [{ nodes: [{ mesh: 7 }] }, broken],
    [{ nodes: [{ mesh: 0, matrix: [1] }] }, broken],
    [{ nodes: [{ mesh: 0, translation: ["a", 0, 0] }] }, broken],
    [{ nodes: Array(6000).fill({ mesh: 0 }) }, large],
    [{ accessors: [{ ...accessor, count: 4 }] }, broken],
    [{ accessors: [{ ...accessor, count: 4e9 }] }, large],
    [{ accessors: [{ ...accessor, count: -1 }] }, broken],
    [{ accessors: [{ ...accessor, byteOffset: -8 }] }, broken],
    [{ accessors: [{ ...accessor, componentType: 1 }] }, broken],
    [{ accessors: [{ ...accessor, type: "MAT4" }] }, broken],
    [{ accessors: [{ ...accessor, sparse: {} }] }, missing],
    [{ bufferViews: [{ buffer: 0, byteOffset: 8, byteLength: 36 }] }, broken],
    [{ bufferViews: [{ buffer: 0, byteLength: 36, byteStride: 4 }] }, broken],
    [{ bufferViews: [{ buffer: 0, byteLength: 36, byteStride: 999 }] }, broken],
    [{ buffers: [{}] }, broken],
    [{ buffers: [{ uri: "cube.bin" }] }, missing],
    [{ buffers: [{ uri: "data:;base64,%%" }] }, broken],
    [{ buffers: [{ uri: `data:;base64,${floats(TRIANGLE.map(() => NaN))}` }] }, broken],
    [{ meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 0 }] }] }, broken],
    [{ meshes: [{ primitives: [{ attributes: { POSITION: 0 }, mode: 9 }] }] }, broken],
    [{ extensionsRequired: ["KHR_draco_mesh_compression"] }, missing],
  ])) {
    fails(() => readGltf(gltf(more)), key);
  }
  fails(() => readGltf(bytes("{")));
  fails(() => readGltf(bytes("glTF")));
});

test("a file with any byte changed is read, or told to be damaged", () => {
  const text = gltf();
  const json = new Uint8Array(20 + text.length + (-text.length & 3)).fill(32);
  json.set(text, 20);
  const view = new DataView(json.buffer);
  for (const [i, number] of [0x46546c67, 2, json.length, json.length - 20, 0x4e4f534a].entries()) view.setUint32(4 * i, number, true);
  for (let i = 0; i < json.length; i++) {
    for (const wrong of [0, 0x31, 0xff]) {
      const changed = json.slice();
      changed[i] = wrong;
      try {
        readGltf(changed);
      } catch (error) {
        assert(error instanceof Fault || error instanceof TypeError, String(error));
      }
    }
  }
});

test("pictures are decoded no larger than can be seen, and very large ones not at all", () => {
  const png = new Uint8Array(30);
  png.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0x10, 0, 0, 0, 1, 0]);
  assert.deepEqual(modest(png), { resizeWidth: 2048, resizeHeight: 128 });
  png[16] = 1;
  assert.equal(modest(png), null);
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 1, 0, 2, 0, 3, 0, 0, 0]);
  assert.deepEqual(modest(jpeg), { resizeWidth: 512, resizeHeight: 256 });
  jpeg[13] = 0xff;
  assert.equal(modest(jpeg), null);
  assert.equal(modest(bytes("RIFF....WEBP")), null);
  assert.equal(modest(bytes("")), null);
});

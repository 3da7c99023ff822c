// Reads PLY files: meshes and clouds of points, as text or binary.
import { at, check, mesh, Numbers } from "./model3d-mesh.js";
import { points } from "./model3d-text.js";

/**
 * `counted` is the type of the length of a list.
 * @typedef {{ name: string, type: string, counted: string }} Property
 * @typedef {{ name: string, count: number, properties: Property[] }} Element
 * @typedef {(type: string) => number} Next
 */

const TYPES = /** @type {Record<string, [string, number]>} */ ({
  char: ["Int8", 1],
  uchar: ["Uint8", 1],
  short: ["Int16", 2],
  ushort: ["Uint16", 2],
  int: ["Int32", 4],
  uint: ["Uint32", 4],
  float: ["Float32", 4],
  double: ["Float64", 8],
  int8: ["Int8", 1],
  uint8: ["Uint8", 1],
  int16: ["Int16", 2],
  uint16: ["Uint16", 2],
  int32: ["Int32", 4],
  uint32: ["Uint32", 4],
  float32: ["Float32", 4],
  float64: ["Float64", 8],
});
const COLOURS = ["red", "green", "blue", "alpha"];

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {import("./model3d-mesh.js").Model} */
export function readPly(bytes) {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1 << 16));
  const end = /end_header\r?\n/.exec(head);
  check(end);
  const { format, elements } = readHead(head.slice(0, end.index));
  const body = bytes.subarray(end.index + end[0].length);
  const next = format === "ascii" ? fromText(body) : fromBytes(body, format === "binary_little_endian");
  const [positions, colors, corners] = [new Numbers(), new Numbers(), new Numbers()];
  for (const element of elements) {
    for (let i = 0; i < element.count; i++) {
      const values = element.properties.map((property) => read(property, next));
      if (element.name === "vertex") vertex(element.properties, values, positions, colors);
      if (element.name === "face") for (const corner of triangles(element.properties, values)) corners.push(corner);
    }
  }
  if (!corners.length) return { meshes: [points(positions, colors)], images: [] };
  const indices = Uint32Array.from(corners.slice());
  const looks = colors.length ? { colors: colors.slice(), color: [1, 1, 1, 1] } : {};
  return { meshes: [mesh({ positions: positions.slice(), indices, ...looks })], images: [] };
}

/** @param {string} head */
function readHead(head) {
  let format = "";
  /** @type {Element[]} */
  const elements = [];
  for (const line of head.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "format") format = words[1] ?? "";
    if (words[0] === "element") elements.push({ name: words[1] ?? "", count: Number(words[2]), properties: [] });
    if (words[0] !== "property") continue;
    const [counted, type, name] = words[1] === "list" ? words.slice(2) : ["", words[1], words[2]];
    check(type && type in TYPES && (!counted || counted in TYPES));
    at(elements, elements.length - 1).properties.push({ name: name ?? "", type, counted: counted ?? "" });
  }
  check(/^(ascii|binary_(little|big)_endian)$/.test(format));
  check(elements.every(({ count, properties }) => Number.isInteger(count) && count >= 0 && properties.length));
  return { format, elements };
}

/** @param {Property} property @param {Next} next @returns {number[]} */
function read({ type, counted }, next) {
  if (!counted) return [next(type)];
  const values = [];
  for (let left = next(counted); left > 0; left--) values.push(next(type));
  return values;
}

/** @param {Property[]} properties @param {number[][]} values @param {Numbers} positions @param {Numbers} colors */
function vertex(properties, values, positions, colors) {
  const named = new Map(properties.map(({ name, type }, i) => [name, { value: at(at(values, i), 0), type }]));
  positions.push(...["x", "y", "z"].map((name) => named.get(name)?.value ?? NaN));
  if (!named.has("red")) return;
  for (const name of COLOURS) {
    const { value = 1, type = "float" } = named.get(name) ?? {};
    colors.push(/^(uchar|uint8)$/.test(type) ? value / 255 : value);
  }
}

/** Cut a face into triangles. @param {Property[]} properties @param {number[][]} values */
function* triangles(properties, values) {
  const face = values[properties.findIndex(({ name }) => name === "vertex_indices" || name === "vertex_index")] ?? [];
  for (let i = 1; i + 1 < face.length; i++) yield* [at(face, 0), at(face, i), at(face, i + 1)];
}

/** @param {Uint8Array} body @returns {Next} */
function fromText(body) {
  const words = new TextDecoder().decode(body).matchAll(/\S+/g);
  return () => {
    const { value } = words.next();
    check(value);
    return Number(value[0]);
  };
}

/** @param {Uint8Array<ArrayBuffer>} body @param {boolean} little @returns {Next} */
function fromBytes(body, little) {
  const view = /** @type {any} */ (new DataView(body.buffer, body.byteOffset, body.byteLength));
  let place = 0;
  return (type) => {
    const [name, size] = /** @type {[string, number]} */ (TYPES[type]);
    check(place + size <= body.byteLength);
    place += size;
    return view[`get${name}`](place - size, little);
  };
}

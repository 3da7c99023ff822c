// Reads glTF 2.0, as JSON or binary, with all that it needs inside.
import { at, check, Fault, MAX_MESHES, MAX_VERTICES, mesh } from "./model3d-mesh.js";

/** @typedef {import("./model3d-mesh.js").Mesh} Mesh */
/** @typedef {import("./model3d-mesh.js").Model} Model */
/** @typedef {Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array} Items */

const MAX_NODES = 100_000;
const GLB = 0x46546c67;
const JSON_PART = 0x4e4f534a;
const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const SHAPES = /** @type {const} */ (["points", "lines", "lines", "lines", "triangles", "triangles", "triangles"]);
const WIDTHS = /** @type {Record<string, number>} */ ({ SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 });
const ARRAYS = /** @type {Record<number, any>} */ ({
  5120: Int8Array,
  5121: Uint8Array,
  5122: Int16Array,
  5123: Uint16Array,
  5125: Uint32Array,
  5126: Float32Array,
});
/** What a file may require of us. */
const KNOWN = new Set(["KHR_materials_unlit", "KHR_mesh_quantization"]);

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Model} */
export function readGltf(bytes) {
  const { scene, binary } = bytes.length > 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === GLB ? parts(bytes) : { scene: parse(bytes), binary: null };
  const missing = list(scene, "extensionsRequired").find((name) => !KNOWN.has(name));
  if (missing) throw new Fault("model_needs", { feature: String(missing) });
  return new Reader(scene, binary).read();
}

/** Take a GLB file apart. @param {Uint8Array<ArrayBuffer>} bytes */
function parts(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  check(bytes.length >= 20 && view.getUint32(4, true) === 2 && view.getUint32(16, true) === JSON_PART);
  const end = 20 + view.getUint32(12, true);
  check(end <= bytes.length);
  const scene = parse(bytes.subarray(20, end));
  if (end + 8 > bytes.length) return { scene, binary: null };
  const length = view.getUint32(end, true);
  check(end + 8 + length <= bytes.length);
  return { scene, binary: bytes.subarray(end + 8, end + 8 + length) };
}

/** @param {Uint8Array} bytes @returns {any} */
function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Fault("model_broken");
  }
}

/** A list in a scene, or an empty one. @param {any} scene @param {string} name @returns {any[]} */
function list(scene, name) {
  return Array.isArray(scene?.[name]) ? scene[name] : [];
}

/** Reads one scene; what several parts of it share is read once. */
class Reader {
  /** @type {Map<number, Uint8Array<ArrayBuffer>>} */
  #buffers = new Map();
  /** @type {Map<string, Float32Array | Uint32Array>} */
  #read = new Map();
  #vertices = 0;
  /** @type {Mesh[]} */
  #meshes = [];

  /** @param {any} scene @param {Uint8Array<ArrayBuffer> | null} binary */
  constructor(scene, binary) {
    this.scene = scene;
    this.binary = binary;
  }

  /** @returns {Model} */
  read() {
    const scenes = list(this.scene, "scenes");
    const roots = scenes.length ? list(at(scenes, this.scene.scene ?? 0), "nodes") : list(this.scene, "nodes").map((_, index) => index);
    const stack = roots.map((index) => ({ index, matrix: IDENTITY, depth: 0 }));
    for (let node = stack.pop(), seen = 0; node; node = stack.pop()) {
      check(++seen + stack.length <= MAX_NODES && node.depth < 1_000, "model_too_large");
      const { index, depth } = node;
      const told = at(list(this.scene, "nodes"), index);
      const matrix = multiply(node.matrix, placed(told));
      if (told.mesh !== undefined) this.take(at(list(this.scene, "meshes"), told.mesh), matrix);
      check(list(told, "children").length <= MAX_NODES, "model_too_large");
      for (const child of list(told, "children")) stack.push({ index: child, matrix, depth: depth + 1 });
    }
    check(this.#meshes.length);
    return { meshes: this.#meshes, images: list(this.scene, "images").map((image) => this.picture(image)) };
  }

  /** @param {any} told @param {number[]} matrix */
  take(told, matrix) {
    for (const part of list(told, "primitives")) {
      check(this.#meshes.length < MAX_MESHES, "model_too_large");
      const mode = part.mode ?? 4;
      const shape = at(SHAPES, mode);
      const { POSITION, NORMAL, COLOR_0, TEXCOORD_0 } = part.attributes ?? {};
      const positions = /** @type {Float32Array} */ (this.values(POSITION, 3));
      const count = positions.length / 3;
      const indices = part.indices === undefined ? null : this.indices(part.indices, count);
      this.#vertices += count + (indices?.length ?? 0) / 3;
      check(this.#vertices <= MAX_VERTICES, "model_too_large");
      this.#meshes.push(mesh({
        shape, positions, matrix,
        indices: mode === 4 || mode < 2 ? indices : unrolled(indices ?? Uint32Array.from({ length: count }, (_, i) => i), mode),
        normals: this.attribute(NORMAL, 3, count), uvs: this.attribute(TEXCOORD_0, 2, count), colors: this.colors(COLOR_0, count),
        ...this.material(part.material),
      }));
    }
  }

  /** @param {number | undefined} index */
  material(index) {
    if (index === undefined) return { color: [1, 1, 1, 1] };
    const told = at(list(this.scene, "materials"), index);
    const { baseColorFactor = [1, 1, 1, 1], baseColorTexture } = told.pbrMetallicRoughness ?? {};
    const color = [0, 1, 2, 3].map((i) => shown(Number(baseColorFactor[i] ?? 1), i));
    const texture = baseColorTexture && !baseColorTexture.texCoord ? at(list(this.scene, "textures"), baseColorTexture.index).source ?? -1 : -1;
    return { color, texture, blend: told.alphaMode === "BLEND" };
  }

  /** @param {number | undefined} accessor @param {number} width @param {number} count @returns {Float32Array | null} */
  attribute(accessor, width, count) {
    if (accessor === undefined) return null;
    const values = /** @type {Float32Array} */ (this.values(accessor, width));
    check(values.length === width * count);
    return values;
  }

  /** Colours with their opacity. @param {number | undefined} accessor @param {number} count */
  colors(accessor, count) {
    if (accessor === undefined) return null;
    const width = at(list(this.scene, "accessors"), accessor).type === "VEC3" ? 3 : 4;
    const values = /** @type {Float32Array} */ (this.attribute(accessor, width, count));
    const part = (/** @type {number} */ i) => (i % 4 < width ? at(values, width * Math.floor(i / 4) + (i % 4)) : 1);
    return Float32Array.from({ length: 4 * count }, (_, i) => shown(part(i), i % 4));
  }

  /** @param {number} accessor @param {number} count */
  indices(accessor, count) {
    const indices = /** @type {Uint32Array} */ (this.values(accessor, 1, Uint32Array));
    check(indices.every((index) => index < count));
    return indices;
  }

  /** Read what an accessor stands for; whole numbers that are normalized become fractions. @param {number} index @param {number} width @param {Float32ArrayConstructor | Uint32ArrayConstructor} Kept */
  values(index, width, Kept = Float32Array) {
    const known = this.#read.get(`${index} ${width}`);
    if (known) return known;
    const { bufferView, byteOffset = 0, componentType, count, type, normalized, sparse } = at(list(this.scene, "accessors"), index);
    const Items = ARRAYS[componentType];
    check(Items && WIDTHS[type] === width && Number.isInteger(count) && count >= 0);
    if (sparse) throw new Fault("model_needs", { feature: "sparse accessors" });
    check(count <= 3 * MAX_VERTICES, "model_too_large");
    const size = Items.BYTES_PER_ELEMENT * width;
    const { bytes, stride = size } = this.view(bufferView);
    const items = spread(bytes, { Items, width, count, stride, start: byteOffset });
    const scale = normalized ? 2 ** (8 * Items.BYTES_PER_ELEMENT - (componentType % 2 ? 0 : 1)) - 1 : 1;
    const values = new Kept(items);
    if (scale !== 1) values.forEach((value, i) => (values[i] = Math.max(value / scale, -1)));
    check(Kept === Uint32Array || values.every(Number.isFinite));
    this.#read.set(`${index} ${width}`, values);
    return values;
  }

  /** @param {number} index @returns {{ bytes: Uint8Array<ArrayBuffer>, stride: number | undefined }} */
  view(index) {
    const { buffer, byteOffset = 0, byteLength, byteStride } = at(list(this.scene, "bufferViews"), index);
    const bytes = this.buffer(buffer);
    check(byteOffset >= 0 && byteLength >= 0 && byteOffset + byteLength <= bytes.length);
    check(byteStride === undefined || (byteStride > 0 && byteStride <= 252));
    return { bytes: bytes.subarray(byteOffset, byteOffset + byteLength), stride: byteStride };
  }

  /** @param {number} index */
  buffer(index) {
    const { uri } = at(list(this.scene, "buffers"), index);
    const bytes = this.#buffers.get(index) ?? (uri === undefined ? this.binary : decoded(uri));
    check(bytes);
    this.#buffers.set(index, bytes);
    return bytes;
  }

  /** @param {any} told @returns {import("./model3d-mesh.js").Picture} */
  picture({ uri, bufferView, mimeType = "" }) {
    const type = mimeType || /^data:(image\/\w+)/.exec(uri ?? "")?.[1] || "";
    return { bytes: uri === undefined ? this.view(bufferView).bytes.slice() : decoded(uri), type };
  }
}

/** Copy items that lie apart from each other. @param {Uint8Array<ArrayBuffer>} bytes @param {{ Items: any, width: number, count: number, stride: number, start: number }} layout @returns {Items} */
function spread(bytes, { Items, width, count, stride, start }) {
  const size = Items.BYTES_PER_ELEMENT * width;
  check(Number.isInteger(start) && start >= 0 && stride >= size && (count === 0 || start + stride * (count - 1) + size <= bytes.length));
  const packed = new Uint8Array(size * count);
  if (stride === size) packed.set(bytes.subarray(start, start + size * count));
  else for (let i = 0; i < count; i++) packed.set(bytes.subarray(start + i * stride, start + i * stride + size), i * size);
  return new Items(packed.buffer);
}

/** @param {unknown} uri */
function decoded(uri) {
  const found = /^data:[^,]*?(;base64)?,/.exec(String(uri).slice(0, 200));
  if (!found) throw new Fault("model_needs", { feature: String(uri).slice(0, 60) });
  const text = String(uri).slice(found[0].length);
  try {
    return Uint8Array.from(found[1] ? atob(text) : decodeURIComponent(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Fault("model_broken");
  }
}

/** How a screen shows a part of a colour: glTF says how much light there is. @param {number} part @param {number} i */
function shown(part, i) {
  return i === 3 ? part : Math.max(part, 0) ** (1 / 2.2);
}

/** Write strips, loops and fans as lines and triangles. @param {Uint32Array} indices @param {number} mode */
function unrolled(indices, mode) {
  const out = [];
  const last = indices.length - (mode === 2 ? 0 : mode === 3 ? 1 : 2);
  for (let i = 0; i < last; i++) {
    if (mode < 4) out.push(at(indices, i), at(indices, (i + 1) % indices.length));
    else if (mode === 6) out.push(at(indices, 0), at(indices, i + 1), at(indices, i + 2));
    else out.push(at(indices, i), at(indices, i + 1 + (i % 2)), at(indices, i + 2 - (i % 2)));
  }
  return Uint32Array.from(out);
}

/** The matrix of a node, column by column. @param {any} node @returns {number[]} */
function placed({ matrix, translation: [x, y, z] = [0, 0, 0], rotation = [0, 0, 0, 1], scale = [1, 1, 1] }) {
  if (matrix) {
    check(matrix.length === 16 && matrix.every(Number.isFinite));
    return matrix;
  }
  const [a, b, c, w] = rotation;
  const [i, j, k] = scale;
  const found = [
    (1 - 2 * (b * b + c * c)) * i, 2 * (a * b + c * w) * i, 2 * (a * c - b * w) * i, 0,
    2 * (a * b - c * w) * j, (1 - 2 * (a * a + c * c)) * j, 2 * (b * c + a * w) * j, 0,
    2 * (a * c + b * w) * k, 2 * (b * c - a * w) * k, (1 - 2 * (a * a + b * b)) * k, 0,
    x, y, z, 1,
  ];
  check(found.every(Number.isFinite));
  return found;
}

/** @param {number[]} a @param {number[]} b */
export function multiply(a, b) {
  return Array.from({ length: 16 }, (_, i) => {
    const [row, column] = [i % 4, i - (i % 4)];
    return [0, 1, 2, 3].reduce((sum, k) => sum + at(a, row + 4 * k) * at(b, column + k), 0);
  });
}

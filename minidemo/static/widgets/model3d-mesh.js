// What all readers of 3D files share: meshes, what can go wrong, and bounds that no file may exceed.

/**
 * `colors` has four numbers for each vertex, `matrix` puts the mesh into the world, `texture` is the number of an image.
 * @typedef {{
 *   shape: "triangles" | "lines" | "points", positions: Float32Array, indices: Uint32Array | null,
 *   normals: Float32Array | null, colors: Float32Array | null, uvs: Float32Array | null,
 *   color: number[], blend: boolean, texture: number, matrix: number[] }} Mesh
 * @typedef {{ bytes: Uint8Array<ArrayBuffer>, type: string }} Picture
 * @typedef {{ meshes: Mesh[], images: Picture[] }} Model
 */

export const MAX_VERTICES = 10_000_000;
export const MAX_MESHES = 5_000;

/** Why a file cannot be shown, as a key of the page's words. */
export class Fault extends Error {
  /** @param {string} key @param {Record<string, string>} [values] */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** @param {unknown} condition @param {string} [key] @returns {asserts condition} */
export function check(condition, key = "model_broken") {
  if (!condition) throw new Fault(key);
}

/** Give an item that must be there. @template T @param {ArrayLike<T>} list @param {number} index @returns {T} */
export function at(list, index) {
  const item = list[index];
  check(item !== undefined);
  return item;
}

/** A list of numbers that grows without being copied each time. */
export class Numbers {
  length = 0;
  /** @type {Float32Array<ArrayBuffer>} */
  #data = new Float32Array(4096);

  /** @param {number[]} numbers */
  push(...numbers) {
    check(this.length + numbers.length <= 4 * MAX_VERTICES, "model_too_large");
    if (this.length + numbers.length > this.#data.length) {
      const larger = new Float32Array(2 * this.#data.length);
      larger.set(this.#data);
      this.#data = larger;
    }
    for (const number of numbers) {
      check(Number.isFinite(number));
      this.#data[this.length++] = number;
    }
  }

  /** The numbers from one place to another. @param {number} from @param {number} to */
  slice(from = 0, to = this.length) {
    check(from >= 0 && to <= this.length);
    return this.#data.slice(from, to);
  }
}

/** Make a mesh in the colour of clay. @param {Partial<Mesh> & { positions: Float32Array }} parts @returns {Mesh} */
export function mesh(parts) {
  const nothing = { indices: null, normals: null, colors: null, uvs: null };
  const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return { shape: "triangles", ...nothing, color: [0.72, 0.74, 0.78, 1], blend: false, texture: -1, matrix, ...parts };
}

/** Yield the lines of a text with neither ends nor blanks around. @param {Uint8Array} bytes */
export function* lines(bytes) {
  const decoder = new TextDecoder();
  const step = 1 << 20;
  let rest = "";
  for (let start = 0; start < bytes.length; start += step) {
    const found = (rest + decoder.decode(bytes.subarray(start, start + step), { stream: true })).split("\n");
    rest = found.pop() ?? "";
    check(rest.length <= step);
    for (const line of found) yield line.trim();
  }
  yield rest.trim();
}

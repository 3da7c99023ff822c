// Reads OBJ and STL files.
import { at, check, lines, mesh, Numbers } from "./model3d-mesh.js";

/** @typedef {import("./model3d-mesh.js").Model} Model */

/** @param {Uint8Array} bytes @returns {Model} */
export function readObj(bytes) {
  const [positions, colors, normals] = [new Numbers(), new Numbers(), new Numbers()];
  const [corners, bends, tints, edges] = [new Numbers(), new Numbers(), new Numbers(), new Numbers()];
  let bent = true;
  for (const line of lines(bytes)) {
    const [kind, ...words] = line.split(/\s+/);
    if (kind === "v") {
      const numbers = words.map(Number);
      positions.push(at(numbers, 0), at(numbers, 1), at(numbers, 2));
      if (numbers.length >= 6) colors.push(...numbers.slice(3, 6), 1);
    } else if (kind === "vn") normals.push(...words.slice(0, 3).map(Number));
    else if (kind === "f") {
      const face = words.map((word) => corner(word, positions.length / 3, normals.length / 3));
      for (let i = 1; i + 1 < face.length; i++) for (const one of [at(face, 0), at(face, i), at(face, i + 1)]) take(one);
    } else if (kind === "l") {
      const ends = words.map((word) => corner(word, positions.length / 3, 0).vertex);
      for (let i = 0; i + 1 < ends.length; i++) for (const end of ends.slice(i, i + 2)) edges.push(...positions.slice(3 * end, 3 * end + 3));
    }
  }

  /** @param {{ vertex: number, normal: number }} corner */
  function take({ vertex, normal }) {
    corners.push(...positions.slice(3 * vertex, 3 * vertex + 3));
    if (colors.length / 4 === positions.length / 3) tints.push(...colors.slice(4 * vertex, 4 * vertex + 4));
    bent &&= normal >= 0;
    if (bent) bends.push(...normals.slice(3 * normal, 3 * normal + 3));
  }

  const meshes = [];
  const white = tints.length ? { colors: tints.slice(), color: [1, 1, 1, 1] } : {};
  const smooth = bent ? bends.slice() : null;
  if (corners.length) meshes.push(mesh({ positions: corners.slice(), normals: smooth, ...white, ...(tints.length / 4 !== corners.length / 3 && { colors: null }) }));
  if (edges.length) meshes.push(mesh({ shape: "lines", positions: edges.slice() }));
  if (!meshes.length) meshes.push(points(positions, colors));
  return { meshes, images: [] };
}

/** Draw the vertices alone. @param {Numbers} positions @param {Numbers} colors */
export function points(positions, colors) {
  const coloured = colors.length / 4 === positions.length / 3;
  const looks = coloured ? { colors: colors.slice(), color: [1, 1, 1, 1] } : {};
  return mesh({ shape: "points", positions: positions.slice(), ...looks });
}

/** Read a corner such as `1`, `1//3` or `-1/2/3`, counted from 1, or from the end where negative. @param {string} word @param {number} vertices @param {number} normals */
function corner(word, vertices, normals) {
  const [vertex, , normal] = word.split("/");
  return { vertex: place(vertex, vertices), normal: normal ? place(normal, normals) : -1 };
}

/** @param {string | undefined} word @param {number} count */
function place(word, count) {
  const number = Number(word);
  const index = number < 0 ? count + number : number - 1;
  check(Number.isInteger(index) && index >= 0 && index < count);
  return index;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Model} */
export function readStl(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length >= 84 ? view.getUint32(80, true) : -1;
  const positions = bytes.length === 84 + 50 * count ? binaryStl(view, count) : textStl(bytes);
  check(positions.length && positions.length % 9 === 0);
  return { meshes: [mesh({ positions: positions.slice() })], images: [] };
}

/** @param {DataView} view @param {number} count */
function binaryStl(view, count) {
  const positions = new Numbers();
  for (let place = 84; place < 84 + 50 * count; place += 50) {
    for (let i = 12; i < 48; i += 4) positions.push(view.getFloat32(place + i, true));
  }
  return positions;
}

/** @param {Uint8Array} bytes */
function textStl(bytes) {
  const positions = new Numbers();
  for (const line of lines(bytes)) {
    const found = /^vertex\s+(\S+)\s+(\S+)\s+(\S+)$/i.exec(line);
    if (found) positions.push(...found.slice(1).map(Number));
  }
  return positions;
}

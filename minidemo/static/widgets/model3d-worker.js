// Reads OBJ, PLY, STL and .splat files in a worker: long files never block the page.
import { Mesh, OBJLoader, PLYLoader, Points, SPLATLoader, STLLoader } from "../vendor/three.js";
import { check, Fault, MAX_VERTICES } from "./model3d-fault.js";

/** @typedef {import("../vendor/three.js").BufferGeometry} Geometry */
/** @typedef {Mesh<Geometry> | Points<Geometry>} Shape or `LineSegments`, of an OBJ file */
/** @typedef {{ array: any, itemSize: number, normalized: boolean }} Attribute */
/** @typedef {{ type: string, index: any, attributes: Record<string, Attribute> }} Part */

const READERS = /** @type {Record<string, (bytes: ArrayBuffer) => Shape[]>} */ ({
  obj: (bytes) => /** @type {Shape[]} */ (new OBJLoader().parse(withPoints(new TextDecoder().decode(bytes))).children),
  ply(bytes) {
    const geometry = new PLYLoader().parse(bytes);
    return [geometry.index ? new Mesh(geometry) : new Points(geometry)];
  },
  stl: (bytes) => [new Mesh(new STLLoader().parse(bytes).deleteAttribute("normal"))], // files often hold zeros
  splat: (bytes) => [new Points(new SPLATLoader().parse(bytes))],
});

addEventListener("message", ({ data: { bytes, kind } }) => {
  try {
    const parts = (READERS[kind] ?? (() => []))(bytes).map(part);
    check(parts.length);
    const buffers = parts.flatMap(({ index, attributes }) => [index, ...Object.values(attributes).map(({ array }) => array)]);
    postMessage({ parts }, { transfer: [...new Set(buffers.filter(Boolean).map(({ buffer }) => buffer))] });
  } catch (error) {
    postMessage({ key: error instanceof Fault ? error.key : "model_broken" });
  }
});

/** Let OBJLoader draw the vertices of a file that has nothing else. @param {string} text */
function withPoints(text) {
  if (/^[^\S\n\r\u2028\u2029]*[flp]\s/m.test(text)) return text;
  const count = text.match(/^[^\S\n\r\u2028\u2029]*v\s/gm)?.length ?? 0;
  check(count <= MAX_VERTICES, "model_too_large");
  return `${text}\np ${Array.from({ length: count }, (_, i) => i + 1).join(" ")}\n`;
}

/** Return what is sent to the page. @param {Shape} shape @returns {Part} */
function part({ type, geometry: { attributes, index } }) {
  const { position } = attributes;
  check(position && position.count);
  check(position.count <= MAX_VERTICES, "model_too_large");
  check(position.array.every(Number.isFinite));
  check(!index || index.array.every((corner) => corner < position.count));
  const sent = Object.entries(attributes).map(([name, { array, itemSize, normalized }]) => [name, { array, itemSize, normalized }]);
  return { type, index: index?.array, attributes: Object.fromEntries(sent) };
}

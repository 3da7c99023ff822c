// Reads 3D files beside the page: however long one takes, the page does not wait, and may end it.
import { readGltf } from "./model3d-gltf.js";
import { Fault } from "./model3d-mesh.js";
import { readPly } from "./model3d-ply.js";
import { readObj, readStl } from "./model3d-text.js";

const READERS = /** @type {Record<string, (bytes: Uint8Array<ArrayBuffer>) => import("./model3d-mesh.js").Model>} */ ({
  glb: readGltf,
  gltf: readGltf,
  obj: readObj,
  ply: readPly,
  stl: readStl,
});

addEventListener("message", ({ data: { bytes, kind } }) => {
  try {
    const read = READERS[kind];
    if (!read) throw new Fault("model_no_view");
    const model = read(new Uint8Array(bytes));
    const buffers = new Set(model.meshes.flatMap((one) => [one.positions, one.normals, one.colors, one.uvs, one.indices]).map((one) => one?.buffer));
    postMessage({ model }, { transfer: [...buffers].filter((buffer) => buffer instanceof ArrayBuffer) });
  } catch (error) {
    const { key, values } = error instanceof Fault ? error : new Fault("model_broken");
    postMessage({ key, values });
  }
});

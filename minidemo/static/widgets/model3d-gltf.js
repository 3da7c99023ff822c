// Reads glTF 2.0 with GLTFLoader, with everything inside the file and nothing from elsewhere.
import { DRACOLoader, GLTFLoader, Texture } from "../vendor/three.js";
import { check, Fault, MAX_VERTICES } from "./model3d-fault.js";

const GLB = 0x46546c67;
const [MAX_NODES, MAX_DEPTH, MAX_MESHES, MAX_PICTURES] = [100_000, 1_000, 5_000, 64];
/** Larger pictures are not decoded; those larger than can be seen are scaled down. */
const [MAX_SIDE, SEEN_SIDE] = [8192, 2048];
const DRACO = "KHR_draco_mesh_compression";
const SUPPORTED = /^KHR_(draco_mesh_compression|lights_punctual|materials_(?!pbrSpecular)\w+|mesh_quantization|texture_transform)$|^EXT_(mesh_gpu_instancing|texture_(avif|webp))$/;

/** @param {ArrayBuffer} bytes @param {AbortSignal} signal */
export async function readGltf(bytes, signal) {
  const { json, binary } = unpacked(bytes);
  json.scenes ??= [{ nodes: roots(json) }];
  checkInside(json);
  checkSize(json);
  const buffers = list(json, "buffers").map(({ uri }) => (uri === undefined ? binary : decoded(uri)));
  for (const [i, buffer] of list(json, "buffers").entries()) buffer.uri = `data:,${i}`;
  const loader = new GLTFLoader().register((parser) => {
    const load = (/** @type {string} */ uri, /** @type {(found: unknown) => void} */ done) => done(buffers[Number(uri.slice("data:,".length))]);
    Object.assign(parser, { fileLoader: { load }, textureLoader: new Pictures() });
    return { name: "inside" };
  });
  const draco = JSON.stringify(list(json, "extensionsUsed")).includes(DRACO) ? dracoLoader() : null;
  signal.addEventListener("abort", () => draco?.dispose());
  if (draco) loader.setDRACOLoader(draco);
  const { scene, animations } = await loader.parseAsync(json, "").finally(() => draco?.dispose());
  check(scene);
  return { object: scene, clips: animations };
}

/** Take a GLB file apart. @param {ArrayBuffer} bytes @returns {{ json: any, binary: ArrayBuffer }} */
function unpacked(bytes) {
  const view = new DataView(bytes);
  const packed = bytes.byteLength > 20 && view.getUint32(0, true) === GLB;
  const end = packed ? 20 + view.getUint32(12, true) : bytes.byteLength;
  const json = JSON.parse(new TextDecoder().decode(bytes.slice(packed ? 20 : 0, end)));
  check(json?.asset);
  return { json, binary: bytes.slice(end + 8) };
}

/** @param {any} json @param {string} name @returns {any[]} */
function list(json, name) {
  return Array.isArray(json?.[name]) ? json[name] : [];
}

/** Return the nodes that no other node holds. @param {any} json */
function roots(json) {
  const held = new Set(list(json, "nodes").flatMap((node) => list(node, "children")));
  return list(json, "nodes").flatMap((_, i) => (held.has(i) ? [] : [i]));
}

/** @param {string} uri @returns {ArrayBuffer} */
function decoded(uri) {
  return Uint8Array.from(atob(uri.slice(uri.indexOf(",") + 1)), (letter) => letter.charCodeAt(0)).buffer;
}

/** Refuse what we cannot read, and names of other files. @param {any} json */
function checkInside(json) {
  const names = [...list(json, "buffers"), ...list(json, "images")].flatMap(({ uri }) => uri ?? []);
  const missing = names.find((uri) => !/^data:[^,]*,/i.test(uri)) ?? list(json, "extensionsRequired").find((name) => !SUPPORTED.test(name));
  if (missing !== undefined) throw new Fault("model_needs", { feature: String(missing).slice(0, 100) });
}

/** Refuse endless and huge models before anything is made of them. @param {any} json */
function checkSize(json) {
  const { nodes, meshes, accessors } = Object.fromEntries(["nodes", "meshes", "accessors"].map((name) => [name, list(json, name)]));
  const size = (/** @type {any} */ accessor) => Math.abs(Number(accessor?.count ?? 0));
  const made = (accessors ?? []).filter(({ bufferView }) => bufferView === undefined);
  let [seen, shapes, vertices] = [0, 0, made.reduce((sum, accessor) => sum + size(accessor), 0)];
  const stack = json.scenes.flatMap((/** @type {any} */ scene) => list(scene, "nodes").map((index) => ({ index, depth: 0 })));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { mesh, children = [] } = nodes?.[next.index];
    for (const { attributes } of list(meshes?.[mesh], "primitives")) {
      shapes += 1;
      vertices += size(accessors?.[attributes?.POSITION]);
    }
    const within = (seen += 1) + stack.length + children.length <= MAX_NODES && next.depth < MAX_DEPTH;
    check(within && shapes <= MAX_MESHES && vertices <= MAX_VERTICES, "model_too_large");
    for (const index of children) stack.push({ index, depth: next.depth + 1 });
  }
}

/** Decodes in our own worker: the page's policy forbids the one that DRACOLoader would make of a blob. */
function dracoLoader() {
  const decoderConfig = {};
  const decoderPending = fetch(new URL("../vendor/draco.wasm", import.meta.url))
    .then((response) => response.arrayBuffer())
    .then((wasmBinary) => Object.assign(decoderConfig, { wasmBinary }));
  return Object.assign(new DRACOLoader(), { decoderConfig, decoderPending, workerSourceURL: new URL("../vendor/draco.js", import.meta.url).href });
}

/** Makes textures without fetching, which the page's policy forbids for data and blobs. */
class Pictures {
  #count = 0;

  /** @param {string} url @param {(texture: Texture) => void} done @param {unknown} _ @param {(error: unknown) => void} failed */
  load(url, done, _, failed) {
    this.texture(url).then(done, failed);
  }

  /** @param {string} url */
  async texture(url) {
    check((this.#count += 1) <= MAX_PICTURES);
    const image = new Image();
    await new Promise((resolve, reject) => Object.assign(image, { onload: resolve, onerror: reject, src: url }));
    const side = Math.max(image.naturalWidth, image.naturalHeight);
    check(side <= MAX_SIDE);
    const scale = Math.min(1, SEEN_SIDE / side);
    const [resizeWidth, resizeHeight] = [image.naturalWidth, image.naturalHeight].map((length) => Math.max(1, Math.round(length * scale)));
    const bitmap = await createImageBitmap(image, /** @type {ImageBitmapOptions} */ ({ resizeWidth, resizeHeight, premultiplyAlpha: "none", colorSpaceConversion: "none" }));
    return Object.assign(new Texture(bitmap), { needsUpdate: true });
  }
}

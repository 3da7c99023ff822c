// Draws Gaussian splats: each as an ellipse that fades out, from the farthest to the nearest.
import { BufferAttribute, DataTexture, FloatType, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, RGBAFormat, ShaderMaterial, Sphere, Vector2, Vector3 } from "../vendor/three.js";
import { check } from "./model3d-fault.js";

const MAX_SPLATS = 4_000_000;
const COLUMNS = 1024;
const DEPTHS = 2 ** 16;

const VERTEX = `
attribute uint order;
uniform sampler2D numbers, tints;
uniform vec2 viewport;
varying vec4 tint;
varying vec2 spot;
void main() {
  ivec2 cell = ivec2(order % ${COLUMNS}u, order / ${COLUMNS}u);
  vec4 a = texelFetch(numbers, cell * ivec2(3, 1), 0);
  vec4 b = texelFetch(numbers, cell * ivec2(3, 1) + ivec2(1, 0), 0);
  vec4 c = texelFetch(numbers, cell * ivec2(3, 1) + ivec2(2, 0), 0);
  vec4 seen = modelViewMatrix * vec4(a.xyz, 1.0);
  vec4 clip = projectionMatrix * seen;
  gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
  if (clip.w <= 0.0 || any(greaterThan(abs(clip.xy), vec2(1.3 * clip.w)))) return;
  vec2 focal = 0.5 * viewport * vec2(projectionMatrix[0][0], projectionMatrix[1][1]) / seen.z;
  mat3 flat3 = mat3(-focal.x, 0.0, 0.0, 0.0, -focal.y, 0.0, focal.x * seen.x / seen.z, focal.y * seen.y / seen.z, 0.0) * mat3(modelViewMatrix);
  mat3 spread = flat3 * mat3(a.w, b.x, b.y, b.x, b.z, b.w, b.y, b.w, c.x) * transpose(flat3);
  float x = spread[0][0] + 0.3, y = spread[1][1] + 0.3, xy = spread[0][1];
  float middle = 0.5 * (x + y), off = length(vec2(0.5 * (x - y), xy));
  vec2 axis = abs(xy) > 1e-6 ? normalize(vec2(xy, middle + off - x)) : x >= y ? vec2(1.0, 0.0) : vec2(0.0, 1.0);
  vec2 radii = min(sqrt(2.0 * max(vec2(middle + off, middle - off), 0.1)), vec2(1024.0));
  vec2 moved = position.x * radii.x * axis + position.y * radii.y * vec2(-axis.y, axis.x);
  tint = texelFetch(tints, cell, 0);
  spot = position.xy;
  gl_Position = clip + vec4(2.0 * moved / viewport * clip.w, 0.0, 0.0);
}`;
const FRAGMENT = `
varying vec4 tint;
varying vec2 spot;
void main() {
  float far = dot(spot, spot);
  if (far > 4.0) discard;
  float alpha = tint.a * exp(-far);
  gl_FragColor = vec4(tint.rgb * alpha, alpha);
}`;

/** Make an object of splats, upright as their cameras saw them. @param {import("../vendor/three.js").BufferGeometry} geometry */
export function splats({ attributes: { position, covariance, color } }) {
  const { count, array } = /** @type {BufferAttribute} */ (position);
  check(count <= MAX_SPLATS, "model_too_large");
  const rows = Math.ceil(count / COLUMNS);
  const numbers = new Float32Array(12 * COLUMNS * rows);
  for (let i = 0; i < count; i++) {
    numbers.set(array.subarray(3 * i, 3 * i + 3), 12 * i);
    numbers.set(/** @type {BufferAttribute} */ (covariance).array.subarray(6 * i, 6 * i + 6), 12 * i + 3);
  }
  const tints = new Uint8Array(4 * COLUMNS * rows);
  tints.set(/** @type {BufferAttribute} */ (color).array);
  const order = new InstancedBufferAttribute(new Uint32Array(count), 1);
  const mesh = new Mesh(quads(order), material(new DataTexture(numbers, 3 * COLUMNS, rows, RGBAFormat, FloatType), new DataTexture(tints, COLUMNS, rows)));
  mesh.frustumCulled = false;
  mesh.rotation.x = Math.PI;
  const { material: { uniforms } } = mesh;
  /** @param {import("../vendor/three.js").PerspectiveCamera} camera @param {Vector2} size in pixels */
  function prepare(camera, size) {
    uniforms.viewport?.value.copy(size);
    sort(mesh.modelViewMatrix.multiplyMatrices(camera.matrixWorldInverse, mesh.matrixWorld).elements, array, order);
  }
  Object.assign(mesh.userData, { prepare, sphere: middle(array) });
  return mesh;
}

/** @param {InstancedBufferAttribute} order */
function quads(order) {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array([-2, -2, 0, 2, -2, 0, -2, 2, 0, 2, 2, 0]), 3));
  geometry.setIndex([0, 1, 2, 2, 1, 3]);
  geometry.setAttribute("order", order);
  return geometry;
}

/** @param {DataTexture} numbers @param {DataTexture} tints */
function material(numbers, tints) {
  numbers.needsUpdate = tints.needsUpdate = true;
  const uniforms = { numbers: { value: numbers }, tints: { value: tints }, viewport: { value: new Vector2(1, 1) } };
  return new ShaderMaterial({ uniforms, vertexShader: VERTEX, fragmentShader: FRAGMENT, transparent: true, premultipliedAlpha: true, depthWrite: false });
}

/** Order splats by their depth, the farthest first. @param {number[]} view @param {ArrayLike<number>} places @param {InstancedBufferAttribute} order */
function sort(view, places, order) {
  const [x = 0, y = 0, z = 0] = [view[2], view[6], view[10]];
  const depths = new Float32Array(order.count);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < depths.length; i++) {
    const depth = x * (places[3 * i] ?? 0) + y * (places[3 * i + 1] ?? 0) + z * (places[3 * i + 2] ?? 0);
    depths[i] = depth;
    if (depth < low) low = depth;
    if (depth > high) high = depth;
  }
  const bins = Uint16Array.from(depths, (depth) => ((depth - low) / (high - low || 1)) * (DEPTHS - 1));
  const starts = new Uint32Array(DEPTHS + 1);
  for (const bin of bins) starts[bin + 1] = (starts[bin + 1] ?? 0) + 1;
  for (let i = 1; i <= DEPTHS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] ?? 0;
    order.array[starts[bin] ?? 0] = i;
    starts[bin] = (starts[bin] ?? 0) + 1;
  }
  order.needsUpdate = true;
}

/** The ball that holds most of a scene: single splats often lie far away. @param {ArrayLike<number>} places */
function middle(places) {
  const count = places.length / 3;
  const centre = new Vector3();
  for (let i = 0; i < places.length; i += 3) centre.add(new Vector3(places[i], places[i + 1], places[i + 2]));
  centre.divideScalar(count);
  let sum = 0;
  for (let i = 0; i < places.length; i += 3) sum += centre.distanceToSquared(new Vector3(places[i], places[i + 1], places[i + 2]));
  return new Sphere(centre, 1.5 * Math.sqrt(sum / count));
}

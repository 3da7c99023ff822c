// Draws meshes with WebGL, when something has changed and only then.
import { MAX_VERTICES } from "./model3d-mesh.js";

/** @typedef {import("./model3d-mesh.js").Mesh} Mesh */
/** @typedef {import("./model3d-mesh.js").Model} Model */
/** @typedef {import("./model3d-camera.js").Camera} Camera */
/** @typedef {"solid" | "wireframe" | "point_cloud"} Mode */
/** @typedef {{ mesh: Mesh, array: WebGLVertexArrayObject, count: number, indexed: boolean, kind: number }} Part */

const VERTEX = `#version 300 es
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec4 color;
layout(location = 3) in vec2 uv;
uniform mat4 world, look, lens;
uniform float size;
out vec3 place, bend;
out vec4 tint;
out vec2 spot;
void main() {
  vec4 found = world * vec4(position, 1.0);
  place = found.xyz;
  bend = transpose(inverse(mat3(world))) * normal;
  tint = color;
  spot = uv;
  gl_Position = lens * look * found;
  gl_PointSize = size;
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in vec3 place, bend;
in vec4 tint;
in vec2 spot;
uniform vec3 eye;
uniform vec4 base;
uniform bool lit, smoothed, painted;
uniform sampler2D picture;
out vec4 seen;
void main() {
  vec4 color = base * tint;
  if (painted) color *= texture(picture, spot);
  if (color.a < 0.02) discard;
  if (lit) {
    vec3 flatly = cross(dFdx(place), dFdy(place));
    vec3 n = normalize(smoothed && dot(bend, bend) > 0.0 ? bend : flatly);
    vec3 view = normalize(eye - place);
    if (dot(n, view) < 0.0) n = -n;
    color.rgb *= 0.3 + 0.6 * max(dot(n, view), 0.0) + 0.15 * max(n.y, 0.0);
  }
  seen = vec4(min(color.rgb, 1.0) * color.a, color.a);
}`;
const MAX_PICTURES = 64;
/** Larger pictures are not decoded; those larger than can be seen are made smaller. */
const [MAX_SIDE, SEEN_SIDE] = [8192, 2048];

export class Scene {
  /** @type {Part[]} */
  #parts = [];
  /** @type {(WebGLTexture | null)[]} */
  #pictures = [];
  #asked = 0;
  /** @type {Record<string, WebGLUniformLocation | null>} */
  #places = {};

  /** @param {HTMLCanvasElement} canvas @param {Camera} camera @param {{ clear: number[] | null, mode: Mode }} looks */
  constructor(canvas, camera, { clear, mode }) {
    const gl = canvas.getContext("webgl2", { antialias: true, premultipliedAlpha: true });
    if (!gl) throw new Error("no WebGL");
    this.gl = gl;
    this.canvas = canvas;
    this.camera = camera;
    this.clear = clear;
    this.mode = mode;
    const program = linked(gl);
    gl.useProgram(program);
    for (const name of ["world", "look", "lens", "size", "eye", "base", "lit", "smoothed", "painted"]) {
      this.#places[name] = gl.getUniformLocation(program, name);
    }
    gl.enable(gl.DEPTH_TEST);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** @param {Model} model */
  async show({ meshes, images }) {
    this.#parts = meshes.map((mesh) => this.part(mesh));
    this.camera.bounds = bounds(meshes);
    this.camera.reset();
    const used = new Set(meshes.map(({ texture }) => texture));
    for (const [index, { bytes, type }] of images.entries()) {
      const smaller = used.has(index) && this.#pictures.length < MAX_PICTURES && modest(bytes);
      if (!smaller) continue;
      const bitmap = await createImageBitmap(new Blob([bytes], { type }), smaller).catch(() => null);
      if (bitmap) this.#pictures[index] = this.picture(bitmap);
      this.ask();
    }
  }

  /** Hand a mesh to the graphics card. @param {Mesh} mesh @returns {Part} */
  part(mesh) {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const lists = /** @type {[Float32Array | null, number][]} */ ([[mesh.positions, 3], [mesh.normals, 3], [mesh.colors, 4], [mesh.uvs, 2]]);
    for (const [place, [values, width]] of lists.entries()) {
      if (!values) continue;
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, width, gl.FLOAT, false, 0, 0);
    }
    const { indices, kind } = this.shape(mesh);
    if (indices) {
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
    }
    return { mesh, array, kind, count: indices?.length ?? mesh.positions.length / 3, indexed: Boolean(indices) };
  }

  /** What to draw of a mesh: its faces, their edges, or its vertices. @param {Mesh} mesh */
  shape({ shape, indices, positions }) {
    const { gl } = this;
    if (shape === "points" || this.mode === "point_cloud") return { indices: null, kind: gl.POINTS };
    if (shape === "lines") return { indices, kind: gl.LINES };
    if (this.mode === "wireframe") return { indices: edges(indices, positions.length / 3), kind: gl.LINES };
    return { indices, kind: gl.TRIANGLES };
  }

  /** @param {ImageBitmap} bitmap */
  picture(bitmap) {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    bitmap.close();
    return texture;
  }

  /** Draw before the next picture of the screen, however often something asks for it. */
  ask() {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      this.draw();
    });
  }

  draw() {
    const { gl, canvas } = this;
    const scale = Math.min(devicePixelRatio, 2);
    const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    if (!width || !height || gl.isContextLost()) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    gl.viewport(0, 0, width, height);
    const [red = 0, green = 0, blue = 0, alpha = 0] = this.clear ?? [];
    gl.clearColor(red * alpha, green * alpha, blue * alpha, alpha);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const { look, lens, eye } = this.camera.view(width / height);
    gl.uniformMatrix4fv(this.at("look"), false, look);
    gl.uniformMatrix4fv(this.at("lens"), false, lens);
    gl.uniform3fv(this.at("eye"), eye);
    gl.uniform1f(this.at("size"), 2.5 * scale);
    for (const blend of [false, true]) for (const part of this.#parts) if (part.mesh.blend === blend) this.paint(part);
  }

  /** @param {Part} part */
  paint({ mesh, array, count, indexed, kind }) {
    const { gl } = this;
    const picture = mesh.uvs ? this.#pictures[mesh.texture] : null;
    mesh.blend ? gl.enable(gl.BLEND) : gl.disable(gl.BLEND);
    gl.depthMask(!mesh.blend);
    gl.bindVertexArray(array);
    if (!mesh.colors) gl.vertexAttrib4f(2, 1, 1, 1, 1);
    gl.bindTexture(gl.TEXTURE_2D, picture ?? null);
    gl.uniformMatrix4fv(this.at("world"), false, mesh.matrix);
    gl.uniform4fv(this.at("base"), mesh.color);
    gl.uniform1i(this.at("lit"), Number(kind === gl.TRIANGLES));
    gl.uniform1i(this.at("smoothed"), Number(Boolean(mesh.normals)));
    gl.uniform1i(this.at("painted"), Number(Boolean(picture)));
    if (indexed) gl.drawElements(kind, count, gl.UNSIGNED_INT, 0);
    else gl.drawArrays(kind, 0, count);
  }

  /** @param {string} name */
  at(name) {
    return this.#places[name] ?? null;
  }

  /** Give everything back at once: a browser has few contexts. */
  free() {
    cancelAnimationFrame(this.#asked);
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** @param {WebGL2RenderingContext} gl */
function linked(gl) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {const} */ ([[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "");
  return program;
}

/** The edges of triangles, as lines. @param {Uint32Array | null} indices @param {number} vertices */
function edges(indices, vertices) {
  const count = Math.min(indices?.length ?? vertices, 3 * MAX_VERTICES);
  const found = new Uint32Array(2 * (count - (count % 3)));
  const at = (/** @type {number} */ i) => indices?.[i] ?? i;
  for (let i = 0, place = 0; i + 2 < count; i += 3) {
    for (let k = 0; k < 3; k++) {
      found[place++] = at(i + k);
      found[place++] = at(i + ((k + 1) % 3));
    }
  }
  return found;
}

/** The ball around all meshes, where they stand in the world. @param {Mesh[]} meshes */
function bounds(meshes) {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  for (const { positions, matrix } of meshes) {
    for (let i = 0; i < positions.length; i += 3) {
      const [x = 0, y = 0, z = 0] = [positions[i], positions[i + 1], positions[i + 2]];
      for (let k = 0; k < 3; k++) {
        const part = x * (matrix[k] ?? 0) + y * (matrix[k + 4] ?? 0) + z * (matrix[k + 8] ?? 0) + (matrix[k + 12] ?? 0);
        if (part < (low[k] ?? 0)) low[k] = part;
        if (part > (high[k] ?? 0)) high[k] = part;
      }
    }
  }
  const [x = 0, y = 0, z = 0] = low.map((part, k) => (part + (high[k] ?? 0)) / 2);
  return { centre: /** @type {[number, number, number]} */ ([x, y, z]), size: Math.hypot(...low.map((part, k) => (high[k] ?? 0) - part)) / 2 || 1 };
}

/** To which size a PNG or JPEG is decoded without harm, if it can be. @param {Uint8Array<ArrayBuffer>} bytes */
export function modest(bytes) {
  const [width, height] = sides(bytes);
  const scale = Math.min(1, SEEN_SIDE / Math.max(width, height));
  if (!width || !height || Math.max(width, height) > MAX_SIDE) return null;
  return { resizeWidth: Math.max(1, Math.round(width * scale)), resizeHeight: Math.max(1, Math.round(height * scale)) };
}

/** What a PNG or JPEG says of its width and height. @param {Uint8Array<ArrayBuffer>} bytes @returns {[number, number]} */
function sides(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)];
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return [0, 0];
  for (let place = 2; place + 9 < bytes.length && bytes[place] === 0xff; place += 2 + view.getUint16(place + 2)) {
    const kind = bytes[place + 1] ?? 0;
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) return [view.getUint16(place + 7), view.getUint16(place + 5)];
  }
  return [0, 0];
}

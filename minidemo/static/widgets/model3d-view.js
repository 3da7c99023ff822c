// Shows a model with three.js: the camera, light and animation. Draws only when something has changed.
import {
  AmbientLight, AnimationMixer, Box3, BufferAttribute, BufferGeometry, Color, CubeTexture, DataTexture, DirectionalLight, DoubleSide,
  LinearFilter, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, MeshLambertMaterial, OrbitControls, PerspectiveCamera, Points, PointsMaterial, Scene, Sphere,
  SRGBColorSpace, Vector2, WebGLRenderer,
} from "../vendor/three.js";
import { check, Fault, MAX_VERTICES } from "./model3d-fault.js";
import { splats } from "./model3d-splat.js";

/** @typedef {import("../vendor/three.js").Object3D} Object3D */
/** @typedef {import("../vendor/three.js").AnimationClip} AnimationClip */
/** @typedef {"solid" | "wireframe" | "point_cloud"} Mode */
/** @typedef {{ alpha: number | null, beta: number | null, radius: number | null }} Start angles in degrees */
/** @typedef {{ clear: number[] | null, mode: Mode, zoom: number, pan: number, start: Start }} Options */

const DEGREES = Math.PI / 180;
const FIELD = 40 * DEGREES;
const TURN = 12 * DEGREES;
/** Distance of the camera from straight above and below, in radians, so that up stays up. */
const POLE = 0.02;
const CLAY = 0xb8bdc7;
const POINT = { size: 2.5, sizeAttenuation: false };
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/** Brightness of the walls that models mirror: right, left, above, below, front, back. */
const WALLS = [170, 130, 255, 70, 190, 110];

/** Make an object of the parts that the worker sends. @param {import("./model3d-worker.js").Part[]} parts */
export function assembled(parts) {
  const scene = new Scene();
  return scene.add(...parts.map(shape));
}

/** @param {import("./model3d-worker.js").Part} part */
function shape({ type, index, attributes }) {
  const geometry = new BufferGeometry();
  for (const [name, { array, itemSize, normalized }] of Object.entries(attributes)) geometry.setAttribute(name, new BufferAttribute(array, itemSize, normalized));
  if (index) geometry.setIndex(new BufferAttribute(index, 1));
  if (attributes.covariance) return splats(geometry);
  const looks = { color: attributes.color ? 0xffffff : CLAY, vertexColors: Boolean(attributes.color) };
  if (type === "Points") return new Points(geometry, new PointsMaterial({ ...looks, ...POINT }));
  if (type === "LineSegments") return new LineSegments(geometry, new LineBasicMaterial(looks));
  return new Mesh(geometry, new MeshLambertMaterial({ ...looks, side: DoubleSide, flatShading: !attributes.normal }));
}

export class View {
  #scene = new Scene();
  #camera = new PerspectiveCamera();
  #ambient = new AmbientLight(0xffffff, 0.8);
  #light = new DirectionalLight(0xffffff, 2.2);
  #bounds = new Sphere();
  #size = new Vector2();
  #asked = 0;
  #last = 0;
  #seen = true;
  #playing = false;
  /** @type {AnimationMixer | null} */
  #mixer = null;
  #resized = new ResizeObserver(() => this.ask());
  #scrolled = new IntersectionObserver(([entry]) => {
    this.#seen = Boolean(entry?.isIntersecting);
    if (this.#playing) this.ask();
  });

  /** @param {HTMLCanvasElement} canvas @param {Options} options */
  constructor(canvas, options) {
    const context = canvas.getContext("webgl2", { antialias: true });
    if (!context) throw new Fault("no_webgl");
    this.canvas = canvas;
    this.options = options;
    this.renderer = new WebGLRenderer({ canvas, context, antialias: true });
    const [red = 0, green = 0, blue = 0, alpha = 0] = options.clear ?? [];
    this.renderer.setClearColor(new Color().setRGB(red, green, blue, SRGBColorSpace), alpha);
    this.#scene.add(this.#ambient, this.#light);
    this.controls = new OrbitControls(this.#camera, canvas);
    Object.assign(this.controls, { minPolarAngle: POLE, maxPolarAngle: Math.PI - POLE, rotateSpeed: 0.5, panSpeed: options.pan });
    this.controls.addEventListener("change", () => this.ask());
    canvas.style.touchAction = ""; // a finger may scroll the page up and down
    canvas.addEventListener("pointerdown", () => this.touched(), { capture: true });
    canvas.addEventListener("wheel", (event) => this.rolled(event), { capture: true, passive: true });
    canvas.addEventListener("keydown", (event) => this.key(event));
    this.#resized.observe(canvas);
    this.#scrolled.observe(canvas);
  }

  /** @param {Object3D} object @param {AnimationClip[]} clips */
  show(object, clips) {
    checkSize(object);
    const { mode } = this.options;
    if (clips[0]) {
      this.#mixer = new AnimationMixer(object);
      this.#mixer.clipAction(clips[0]).play();
    }
    object.updateMatrixWorld(true);
    this.#bounds = bounds(object);
    check(Number.isFinite(this.#bounds.radius) && this.#bounds.radius >= 0);
    object.traverse((part) => {
      if (part instanceof Points && part.material instanceof PointsMaterial) Object.assign(part.material, POINT);
      if (part instanceof Mesh && !part.userData.prepare && mode !== "solid") drawn(part, mode);
      if (part instanceof Mesh && part.material.isMeshStandardMaterial) this.mirror();
    });
    this.#scene.add(object);
    this.reset();
  }

  /** Light materials that mirror their surroundings. */
  mirror() {
    this.#scene.environment ??= room();
    this.#scene.environmentIntensity = 0.7;
    this.#ambient.intensity = 0;
    this.#light.intensity = 1.5;
  }

  get playing() {
    return this.#playing;
  }

  set playing(playing) {
    this.#playing = playing;
    this.ask();
  }

  /** Show the whole model from the author's position. */
  reset() {
    const { alpha, beta, radius } = this.options.start;
    const { center, radius: size } = this.#bounds;
    const polar = Math.min(Math.max((beta ?? 70) * DEGREES, POLE), Math.PI - POLE);
    this.controls.target.copy(center);
    this.#camera.position.setFromSphericalCoords(radius || (1.05 * size) / Math.sin(FIELD / 2), polar, (90 - (alpha ?? 60)) * DEGREES).add(center);
    Object.assign(this.controls, { minDistance: size / 1000, maxDistance: size * 1000 });
    this.controls.update();
    this.ask();
  }

  touched() {
    this.canvas.focus({ preventScroll: true });
    Object.assign(this.controls, { enableZoom: true, zoomSpeed: this.options.zoom });
  }

  /** The wheel zooms where the focus is, and else scrolls the page. @param {WheelEvent} event */
  rolled({ ctrlKey }) {
    Object.assign(this.controls, { enableZoom: ctrlKey || document.activeElement === this.canvas, zoomSpeed: 3 * this.options.zoom });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { controls, options } = this;
    const [dx, dy] = KEYS[event.key] ?? [0, 0];
    const step = 0.1 * this.canvas.clientHeight * options.pan;
    if (dx || dy) event.shiftKey ? controls.pan(-step * dx, -step * dy) : this.turn(TURN * dx, TURN * dy);
    else if (event.key === "+" || event.key === "=") controls.dollyIn(0.8 ** options.zoom);
    else if (event.key === "-") controls.dollyOut(0.8 ** options.zoom);
    else if (event.key === "0" || event.key === "Home") this.reset();
    else return;
    event.preventDefault();
  }

  /** @param {number} dx @param {number} dy in radians */
  turn(dx, dy) {
    if (dx) this.controls.rotateLeft(-dx);
    if (dy) this.controls.rotateUp(dy);
  }

  /** Draw before the next frame, however often this is called. */
  ask() {
    this.#asked ||= requestAnimationFrame((now) => {
      this.#asked = 0;
      this.draw(now);
    });
  }

  /** @param {number} now in milliseconds */
  draw(now) {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight || this.renderer.getContext().isContextLost()) return;
    this.fit(clientWidth, clientHeight);
    if (this.#playing && this.#seen) {
      this.#mixer?.update(Math.min((now - this.#last) / 1000, 0.1));
      this.ask();
    }
    this.#last = now;
    this.#light.position.copy(this.#camera.position);
    this.#light.target.position.copy(this.controls.target);
    this.#light.target.updateMatrixWorld();
    this.#camera.updateMatrixWorld();
    this.#scene.traverse(({ userData }) => userData.prepare?.(this.#camera, this.renderer.getDrawingBufferSize(this.#size)));
    this.renderer.render(this.#scene, this.#camera);
  }

  /** Fit the picture and what the camera sees into the canvas. @param {number} width @param {number} height */
  fit(width, height) {
    const { renderer } = this;
    renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    const size = renderer.getSize(this.#size);
    if (size.x !== width || size.y !== height) renderer.setSize(width, height, false);
    const aspect = width / height;
    const { radius } = this.#bounds;
    const far = this.controls.getDistance() + 4 * radius + 1e-6;
    const near = Math.max(far / 10_000, far - 8 * radius);
    Object.assign(this.#camera, { aspect, near, far, fov: (2 * Math.atan(Math.tan(FIELD / 2) * Math.max(1, 1 / aspect))) / DEGREES });
    this.#camera.updateProjectionMatrix();
  }

  /** Give everything back at once: a browser has few contexts. */
  free() {
    cancelAnimationFrame(this.#asked);
    this.#resized.disconnect();
    this.#scrolled.disconnect();
    this.controls.dispose();
    this.renderer.forceContextLoss(); // before the rest: what is lost needs no deleting
    this.renderer.dispose();
  }
}

/** A soft room for shiny materials to mirror, as prepared: three.js would take seconds for that without a graphics card. */
function room() {
  const faces = (/** @type {number} */ size) => WALLS.map((light) => Object.assign(new DataTexture(new Uint8Array(4 * size * size).fill(light), size, size), { needsUpdate: true }));
  const filters = { minFilter: LinearFilter, magFilter: LinearFilter, generateMipmaps: false };
  return Object.assign(new CubeTexture(faces(2)), { ...filters, isPMREMTexture: true, mipmaps: [{ width: 2, image: faces(1) }], needsUpdate: true });
}

/** Refuse more than a browser can draw, as many instances of a mesh are. @param {Object3D} object */
function checkSize(object) {
  let vertices = 0;
  object.traverse((part) => {
    if (part instanceof Mesh) vertices += (part.geometry.attributes.position?.count ?? 0) * (part.count ?? 1);
  });
  check(vertices <= MAX_VERTICES, "model_too_large");
}

/** The ball around an object. @param {Object3D} object */
function bounds(object) {
  const box = new Box3().setFromObject(object);
  const sphere = box.getBoundingSphere(new Sphere());
  object.traverse(({ userData, matrixWorld }) => {
    if (userData.sphere) sphere.copy(userData.sphere).applyMatrix4(matrixWorld);
  });
  sphere.radius ||= 1;
  return sphere;
}

/** Draw the edges or the vertices of a mesh in place of its faces. @param {Mesh<BufferGeometry, any>} mesh @param {Mode} mode */
function drawn(mesh, mode) {
  const { color, map, vertexColors, opacity, transparent } = mesh.material;
  const looks = { color, map, vertexColors, opacity, transparent };
  if (mode === "wireframe") mesh.material = new MeshBasicMaterial({ ...looks, wireframe: true });
  else {
    const vertices = new BufferGeometry();
    for (const name of ["position", "color", "uv"]) if (mesh.geometry.attributes[name]) vertices.setAttribute(name, mesh.geometry.attributes[name]);
    mesh.add(new Points(vertices, new PointsMaterial({ ...looks, ...POINT })));
    mesh.material = new MeshBasicMaterial({ visible: false });
  }
}

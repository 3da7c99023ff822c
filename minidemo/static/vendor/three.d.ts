// The parts of three.js that three.js beside this file contains: scripts/vendor builds it from this list.
export {
  AmbientLight,
  AnimationClip,
  AnimationMixer,
  Box3,
  BufferAttribute,
  BufferGeometry,
  Color,
  CubeTexture,
  DataTexture,
  DirectionalLight,
  DoubleSide,
  FloatType,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  Object3D,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  RGBAFormat,
  Scene,
  ShaderMaterial,
  Sphere,
  SRGBColorSpace,
  Texture,
  Vector2,
  Vector3,
  WebGLRenderer,
} from "three";
export { OrbitControls } from "three/addons/controls/OrbitControls.js";
export { DRACOLoader } from "three/addons/loaders/DRACOLoader.js";
export { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
export { OBJLoader } from "three/addons/loaders/OBJLoader.js";
export { PLYLoader } from "three/addons/loaders/PLYLoader.js";
export { SPLATLoader } from "three/addons/loaders/SPLATLoader.js";
export { STLLoader } from "three/addons/loaders/STLLoader.js";

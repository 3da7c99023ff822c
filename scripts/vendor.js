// Write three.js, Draco's decoder and their licences into a folder: node scripts/vendor.js FOLDER
import { build, transform } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const THREE = join(import.meta.dirname, "../node_modules/three");
const DRACO = join(THREE, "examples/jsm/libs/draco/gltf");
const DRACO_NOTICE = `
draco.js and draco.wasm are the decoder of Draco, Copyright 2016 The Draco Authors, under the Apache License 2.0:
http://www.apache.org/licenses/LICENSE-2.0
`;
/** Cuts faces of five and more corners into triangles; PLYLoader leaves them out. */
const POLYGONS = {
  before: "const texcoord = element.texcoord;",
  after: `const texcoord = element.texcoord;
    if ( vertex_indices.length > 4 ) {
      const [ first, ...rest ] = vertex_indices;
      rest.slice( 1 ).forEach( ( last, i ) => handleElement( buffer, elementName, { ...element, vertex_indices: [ first, rest[ i ], last ] }, attributeDescriptor ) );
      return;
    }`,
};

/** @param {string} path */
const text = (path) => readFile(path, "utf8");

/** @type {import("esbuild").Plugin} */
const polygons = {
  name: "polygons",
  setup(build) {
    build.onLoad({ filter: /PLYLoader\.js$/ }, async ({ path }) => {
      const source = await text(path);
      if (source.split(POLYGONS.before).length !== 2) throw new Error("PLYLoader.js has changed: see POLYGONS.");
      return { contents: source.replace(POLYGONS.before, POLYGONS.after) };
    });
  },
};

/** The worker that DRACOLoader would make of a blob. */
async function dracoWorker() {
  const loader = await text(join(THREE, "examples/jsm/loaders/DRACOLoader.js"));
  const [start, end] = [loader.indexOf("function DRACOWorker()"), loader.indexOf("export {")];
  if (start < 0 || end < start) throw new Error("DRACOLoader.js has changed: it has no DRACOWorker.");
  const source = `${await text(join(DRACO, "draco_wasm_wrapper.js"))}\n${loader.slice(start, end)}\nDRACOWorker();`;
  return (await transform(source, { minify: true, target: "es2022" })).code;
}

/** @param {string} folder */
async function vendor(folder) {
  const { version } = JSON.parse(await text(join(THREE, "package.json")));
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, "../minidemo/static/vendor/three.d.ts")],
    outfile: join(folder, "three.js"),
    banner: { js: `/* three.js ${version}, built by scripts/vendor; licence: see LICENSE */` },
    plugins: [polygons],
    ...{ bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", drop: ["console"], logLevel: "warning" },
  });
  await writeFile(join(folder, "draco.js"), await dracoWorker());
  await copyFile(join(DRACO, "draco_decoder.wasm"), join(folder, "draco.wasm"));
  await writeFile(join(folder, "LICENSE"), (await text(join(THREE, "LICENSE"))) + DRACO_NOTICE);
}

await vendor(process.argv[2] ?? "");

/**
 * Puts a built `dist` together anew, in fewer files: what is only imported becomes part of what imports it, or
 * of a chunk where several do; what is loaded by its place, or looks around from there, stays where it is. Each
 * module is there once, and nobody loads a library that was not loaded before.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { withPlainTypes } from "./plain-types.mjs";

/** Folders that are listed to find plugins, and scripts that processes, threads and hooks begin with. */
const LOADED_BY_PLACE =
  /^src\/(?:codecs|compressors|framing|objects|stores|transports)\/[^/]+\.js$|-(?:process|worker|hook)\.js$/;
/** What a page takes as a text. */
const SCRIPT = "src/browser/page.js";
/** What only tests and benchmarks use. */
const NOT_NEEDED = /^(?:bench|src\/browser|src\/testing)\//;

/** Rooms whose modules are small, load no library, and are wanted together: a chunk each. */
const SMALL_ROOMS =
  /^src\/(core|stats|results|terminal|trial|verdict|payload|process|sinks|report(?=\/[^/]+$)|studies\/(?!compare|gate)\w+\/(?:report|model))\/(?!typebox)/;

/** Whose types are told as what they stand for. */
const TYPEBOX = /\/core\/typebox\.(?:js|d\.ts)$/;

const isOutside = (id) => !/^[./]/.test(id);
const nameOf = (file) => file.replace(/(?:\.d)?\.[jt]s$/, "");

/** @param root the folder of the package */
export async function bundle(root) {
  const dist = join(root, "dist");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { exports, bin } = manifest;
  const placeOf = (path) => path?.replace(/^(?:\.\/)?dist\//, "");
  const offered = Object.values(exports);
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
  const scripts = files.filter((name) => name.endsWith(".js") && name !== SCRIPT);
  const starts = [...offered.map((entry) => placeOf(entry.default)), ...Object.values(bin)];
  const used = await bundleCode(dist, join(root, "bundled"), scripts, new Set(starts.map(placeOf)));
  refuseUndeclared(used, manifest);
  const types = offered.flatMap((entry) => placeOf(entry.types) ?? []);
  await bundleTypes(dist, join(root, "bundled"), types);
  for (const name of files)
    if (/\.(?:js|ts|map)$/.test(name) && name !== SCRIPT) rmSync(join(dist, name));
  cpSync(join(root, "bundled"), dist, { recursive: true });
  rmSync(join(root, "bundled"), { recursive: true });
}

/** A user would not have them. */
function refuseUndeclared(used, { name, dependencies, optionalDependencies }) {
  const declared = new Set([name, ...Object.keys({ ...dependencies, ...optionalDependencies })]);
  const undeclared = used.filter((one) => {
    const [library] = /^(?:@[^/]+\/)?[^/]+/.exec(one) ?? [];
    return !one.startsWith("node:") && !declared.has(library);
  });
  if (undeclared.length > 0) throw new Error(`not in package.json: ${undeclared.join(", ")}`);
}

/** @returns what is imported of others */
async function bundleCode(dist, out, scripts, starts) {
  const needed = scripts.filter((name) => !NOT_NEEDED.test(name));
  const entries = needed.filter((name) => starts.has(name) || LOADED_BY_PLACE.test(name));
  const looksAround = new Set(
    needed
      .filter((name) => readFileSync(join(dist, name), "utf8").includes("import.meta"))
      .map((name) => join(dist, name)),
  );
  const made = await rolldown({
    cwd: dist,
    input: Object.fromEntries(entries.map((name) => [nameOf(name), `./${name}`])),
    external: isOutside,
    platform: "node",
    preserveEntrySignatures: "allow-extension",
  });
  const { output } = await made.write({
    dir: out,
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: ({ name, moduleIds }) =>
      name.includes("/") ? `${name}.js` : `src/chunks/${chunkName(dist, moduleIds)}.js`,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          debugName: "what looks around",
          test: (id) => looksAround.has(id),
          name: (id) => nameOf(relative(dist, id)),
          priority: 2,
        },
        {
          debugName: "what nearly everything needs",
          test: (id) => SMALL_ROOMS.test(relative(dist, id)),
          name: (id) => SMALL_ROOMS.exec(relative(dist, id))?.[1]?.replaceAll("/", "-"),
          minShareCount: 2,
        },
      ],
    },
  });
  const files = new Set(output.map(({ fileName }) => fileName));
  const imports = output.flatMap(({ imports: one = [], dynamicImports = [] }) => [
    ...one,
    ...dynamicImports,
  ]);
  return [...new Set(imports)].filter((one) => !files.has(one));
}

/** By its last module and where that stands, so that what is alike comes together, and packs well. */
function chunkName(dist, moduleIds) {
  const place = relative(dist, moduleIds.at(-1) ?? "");
  return nameOf(place)
    .split("/")
    .filter((step) => !DULL.includes(step))
    .join("-");
}
const DULL = ["src", "studies", "report", "measure"];

async function bundleTypes(dist, out, entries) {
  const made = await rolldown({
    cwd: dist,
    input: Object.fromEntries(entries.map((name) => [nameOf(name), `./${name}`])),
    external: (id) => TYPEBOX.test(id) || (isOutside(id) && !id.endsWith(".d.ts")),
    plugins: [dts({ dtsInput: true, oxc: true, tsconfig: false })],
  });
  const { output } = await made.generate({
    dir: out,
    format: "esm",
    entryFileNames: "[name].ts",
    chunkFileNames: "src/types/[name].ts",
  });
  for (const { fileName, code } of output) {
    const file = join(out, fileName);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, withPlainTypes(file, code));
  }
}

/**
 * Puts a built `dist` together anew, in fewer files: what is only imported becomes part of a chunk of its room;
 * what is loaded by its place, or looks around from there, stays where it is. Each module is there once, and
 * nobody loads a heavy library that was not loaded before.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { withoutFacades } from "./facades.mjs";
import { withPlainTypes } from "./plain-types.mjs";

/** Folders that are listed to find plugins, and scripts that processes, threads and hooks begin with. */
const LOADED_BY_PLACE =
  /^src\/(?:codecs|compressors|framing|objects|stores|transports)\/[^/]+\.js$|-(?:process|worker|hook)\.js$/;
/** What says where such a script is. */
const PLACE = /new URL\(\s*"(\.[^"]+\.js)",\s*import\.meta\.url\s*\)/g;
/**
 * What begins processes that are to be small, or of which there are many: what several of them need is in chunks
 * of its own, so that none loads what it does not need.
 */
const STARTS = [
  "src/studies/summarise/command.js",
  "src/studies/summarise/measure/sum-up-process.js",
  "src/trial/trial-process.js",
  "src/pipeline/run/worker/worker-process.js",
  "src/studies/gate/measure/variant-process.js",
  "src/studies/load/measure/cell-process.js",
  "src/studies/fetch/measure/cell-process.js",
];
/** What a page takes as a text. */
const SCRIPT = "src/browser/page.js";
/** What only tests and benchmarks use. */
const NOT_NEEDED = /^(?:bench|src\/browser|src\/testing)\//;

/** Whose types are told as what they stand for. */
const TYPEBOX = /\/core\/typebox\.(?:js|d\.ts)$/;

const isOutside = (id) => !/^[./]/.test(id);
const nameOf = (file) => file.replace(/(?:\.d)?\.[jt]s$/, "");

/** @param root the folder of the package */
export async function bundle(root) {
  const dist = join(root, "dist");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { exports, bin } = manifest;
  // What was packed before stands among what was built since.
  for (const left of ["src/chunks", "src/types"]) {
    rmSync(join(dist, left), { recursive: true, force: true });
  }
  const placeOf = (path) => path?.replace(/^(?:\.\/)?dist\//, "");
  const offered = Object.values(exports);
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
  const scripts = files.filter((name) => name.endsWith(".js") && name !== SCRIPT);
  const starts = [...offered.map((entry) => placeOf(entry.default)), ...Object.values(bin)];
  const optional = Object.keys(manifest.optionalDependencies);
  const begun = new Set(starts.map(placeOf));
  const used = await bundleCode(dist, join(root, "bundled"), scripts, begun, optional);
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
async function bundleCode(dist, out, scripts, starts, optional) {
  const needed = scripts.filter((name) => !NOT_NEEDED.test(name));
  const named = new Set(needed.flatMap((name) => scriptsNamedIn(dist, name)));
  const entries = needed.filter(
    (name) => starts.has(name) || named.has(name) || LOADED_BY_PLACE.test(name),
  );
  const looksAround = new Set(
    needed
      .filter((name) => readFileSync(join(dist, name), "utf8").includes("import.meta"))
      .map((name) => join(dist, name)),
  );
  const entryIds = new Set(entries.map((name) => join(dist, name)));
  const isApart = (id) => looksAround.has(id) || entryIds.has(id);
  const layers = new Layers(isApart, optional);
  const reaches = STARTS.map((start) => new Reach(join(dist, start)));
  const roomIn = (id, context) => {
    const needing = reaches.flatMap((reach, at) => (reach.has(id, context) ? [at] : []));
    return needing.length > 0 ? `start-${needing.join("")}` : roomOf(relative(dist, id));
  };
  const made = await rolldown({
    cwd: dist,
    input: Object.fromEntries(entries.map((name) => [nameOf(name), `./${name}`])),
    external: isOutside,
    platform: "node",
    // Chunks are by room, and what a room has is asked for by `import()`, too.
    onLog: (level, log, tell) => log.code === "INEFFECTIVE_DYNAMIC_IMPORT" || tell(level, log),
    preserveEntrySignatures: "allow-extension",
  });
  const { output } = await made.generate({
    dir: out,
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: ({ name }) => (name.includes("/") ? `${name}.js` : `src/chunks/${name}.js`),
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
          debugName: "a room's modules that load the same libraries",
          test: (id) => !isApart(id) && !relative(dist, id).startsWith("src/cli/"),
          name: (id, context) => chunkName(roomIn(id, context), layers.of(id, context)),
        },
      ],
    },
  });
  refuseCircles(output);
  for (const [name, code] of withoutFacades(output)) write(join(out, name), code);
  const files = new Set(output.map(({ fileName }) => fileName));
  const imports = output.flatMap(({ imports: one = [], dynamicImports = [] }) => [
    ...one,
    ...dynamicImports,
  ]);
  return [...new Set(imports)].filter((one) => !files.has(one));
}

/** Scripts that a module says the place of, whatever they are called. */
function scriptsNamedIn(dist, name) {
  const code = readFileSync(join(dist, name), "utf8");
  return [...code.matchAll(PLACE)].map(([, place]) => join(dirname(name), place));
}

/**
 * What a module cannot be loaded without: libraries, by all that it imports, and how many files that stay apart
 * are below each other there. Modules of a room that are alike in both can be a chunk: no heavy library is
 * loaded that was not before, and no chunk waits for one that waits for it.
 */
class Layers {
  known = new Map();

  constructor(isApart, optional) {
    this.isApart = isApart;
    this.optional = new Set(optional);
  }

  of(id, context) {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const libraries = new Set();
    let depth = 0;
    const { importedIds, dynamicallyImportedIds } = context.getModuleInfo(id);
    // A library that is optional may be waited for where its module begins.
    const optional = dynamicallyImportedIds.filter((other) => this.optional.has(other));
    for (const other of [...importedIds, ...optional]) {
      if (isOutside(other)) {
        if (other.startsWith("node:") || LIGHT.has(other)) continue;
        libraries.add(TOGETHER.find(([names]) => names.test(other))?.[1] ?? other);
        continue;
      }
      const below = this.of(other, context);
      for (const library of below.libraries) libraries.add(library);
      depth = Math.max(depth, below.depth + (this.isApart(other) ? 1 : 0));
    }
    const found = { libraries: [...libraries].toSorted((a, b) => (a < b ? -1 : 1)), depth };
    this.known.set(id, found);
    return found;
  }
}

/** All that a module cannot be loaded without. */
class Reach {
  known = new Set();

  constructor(id) {
    this.id = id;
  }

  has(id, context) {
    if (this.known.size === 0) this.add(this.id, context);
    return this.known.has(id);
  }

  add(id, context) {
    if (isOutside(id) || this.known.has(id)) return;
    this.known.add(id);
    for (const other of context.getModuleInfo(id)?.importedIds ?? []) this.add(other, context);
  }
}

/** Libraries of a few kilobytes, and those that every command loads. */
const LIGHT = new Set([
  ...["commander", "fastest-levenshtein", "markdown-table", "picocolors", "simple-statistics"],
  ...["tinyglobby"],
]);

/**
 * Libraries of which one is hardly loaded without the others. What lays out results is in thirty files: a command
 * waits for them once it has something to print.
 */
const TOGETHER = [
  [/^(?:cli-table3|csv-stringify|wrap-ansi)\b/, "printing"],
  [/^(?:ajv|re2js)\b/, "checking"],
  [/^@nats-io\//, "nats"],
  [/^(?:apache-arrow|flatbuffers)\b/, "arrow"],
];

/** By its room: what is alike comes together, and packs well. What draws pages is one room. */
function chunkName(own, { libraries, depth }) {
  const room = libraries.includes("@observablehq/plot") ? "drawing" : own;
  const names = libraries.map((name) => name.replace(/^@/, "").replaceAll(/[/.]/g, "-"));
  return `src/chunks/${[room.replace("src-", ""), depth, ...names].join("-")}`;
}
/** Studies of stores are alike, and one room; so are others that are short. */
function roomOf(place) {
  const room = ROOM.exec(place)?.[0].replaceAll("/", "-") ?? "other";
  return room
    .replace(/^src-studies-(?:fetch|load|publish|query|queue)$/, "src-keeping")
    .replace(/^src-studies-(?:gate|warmup)$/, "src-gate")
    .replace(/^src-studies-(?:conformance|infer|size)$/, "src-size")
    .replace(
      /^src-(?:machine|runtimes|process|jobs|plugins|contracts|sinks|results)$/,
      "src-machine",
    );
}
// What names a study's commands is loaded for each command: it stands apart from the study.
const ROOM = /^(?:src\/studies\/\w+(?=\/(?!study\.js$))|src\/\w[\w-]*|\w+)/;

/** Chunks that wait for each other may find each other's constants not made yet. */
function refuseCircles(output) {
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const done = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`a circle of chunks: ${[...path, name].join(", ")}`);
    if (done.has(name)) return;
    for (const other of chunks.get(name)?.imports ?? []) visit(other, [...path, name]);
    done.add(name);
  };
  for (const name of chunks.keys()) visit(name, []);
}

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
    // Indentation, and where a declaration was, are of no use to a compiler or an editor.
    write(file, withPlainTypes(file, code).replaceAll(/^[ \t]+|^\/\/ src\/.*\n/gm, ""));
  }
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

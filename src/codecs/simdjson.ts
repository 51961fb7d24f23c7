import type { JSONTape } from "simdjson";
import type { Codec } from "../core/codec.js";
import type { Fact, Path } from "../core/fact.js";
import { utf8ToString } from "../core/text.js";

// Awaited, as `compressors/gzip/zlib-sync.ts` says why.
const { default: simdjson } = await import("simdjson");

/** A vectorised JSON parser (native). It reads; it cannot write. */
const codec: Codec = {
  name: "simdjson",
  format: "json",
  fileExtension: "ndjson",
  framing: "newline",
  layout: "row",
  needsSchema: false,
  npmPackage: "simdjson",
  mode: "parse; project through lazyParse and valueForKeyPath; isValid",
  losses: ["negative-zero", "proto-key"],
  refuses: ["integer-beyond-64-bits", "lone-surrogate"],
  abilities: ["decode", "project", "validate"],
  writtenBy: "json",
  open: () => ({
    decode: (bytes) => simdjson.parse(utf8ToString(bytes)) as Fact,
    project: (bytes, paths) => {
      const tape = simdjson.lazyParse(utf8ToString(bytes));
      return paths.map((path) => valueOnTape(tape, path));
    },
    validate: (bytes) => simdjson.isValid(utf8ToString(bytes)),
  }),
};

const keyPaths = new WeakMap<Path, string>();

function valueOnTape(tape: JSONTape, path: Path): unknown {
  let keyPath = keyPaths.get(path);
  if (keyPath === undefined) {
    keyPath = formatKeyPath(path);
    keyPaths.set(path, keyPath);
  }
  try {
    return tape.valueForKeyPath(keyPath);
  } catch {
    return undefined; // that is how the library says that a path leads nowhere
  }
}

/** The library's own notation, which has no way to quote a key: `runs[0].score`. */
function formatKeyPath(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

export default codec;

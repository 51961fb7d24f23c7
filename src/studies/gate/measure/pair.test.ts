import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { seededUniform } from "../../../stats/random.js";
import type * as Pairs from "./pair.js";
import type { PairReading } from "./pair.js";
import { coresIn } from "./pinned.js";
import type { CodecPlace, VariantName, VariantPlan, Way } from "./plan.js";

/** As it was built, because it starts processes. */
const built = resolve(import.meta.dirname, "../../../../dist/src/studies/gate/measure/pair.js");
const { runPair } = (await import(pathToFileURL(built).href)) as typeof Pairs;

const folder = mkdtempSync(join(tmpdir(), "hellfact-gate-pair-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const codec = (imports: string, written: string) => `${imports}
export default {
  name: "own", format: "own", fileExtension: "own", framing: "newline", layout: "row", needsSchema: false,
  npmPackage: null, mode: "", losses: [], abilities: ["encode", "decode"],
  open: () => ({ encode: (fact, out) => out.utf8(String(${written})), decode: () => ({}) }),
};
`;
const facts = file("facts.ndjson", Array.from({ length: 64 }, (_, n) => `{"n":${n}}\n`).join(""));

/** A short pair, in which only the bytes are of interest. */
function pair(way: Way, places: Readonly<Record<VariantName, CodecPlace>>): Promise<PairReading> {
  const plan = (place: CodecPlace): VariantPlan => ({
    ...{ place, direction: "write", warmUpPasses: 1, checks: false },
    payload: { kind: "file", path: facts, schema: {} },
    poolSize: { facts: 64, jsonBytes: 500 },
  });
  const plans = { baseline: plan(places.baseline), candidate: plan(places.candidate) };
  const shape = { turns: 2, turnSeconds: 0.001, cores: [] };
  return runPair(plans, way, shape, seededUniform(4), new AbortController().signal);
}
const place = (path: string, library: CodecPlace["library"] = null): CodecPlace => ({
  ...{ name: "own", file: path, exportName: "default", library, slowdown: 0 },
});
const digests = ({ baseline, candidate }: PairReading) => [
  baseline.ready.digest,
  candidate.ready.digest,
];

test("two variants in one process share no module with a state of its own", async () => {
  file("shared/count.mjs", "let count = 0; export const next = () => ++count;");
  file("shared/inner.cjs", "exports.count = 0;");
  file(
    "shared/count.cjs",
    'const inner = require("./inner.cjs"); exports.next = () => ++inner.count;',
  );
  const imports = ["mjs", "cjs"].map(
    (end) => `import { next as ${end} } from "./shared/count.${end}";`,
  );
  const text = codec(imports.join("\n"), "`${mjs()} ${cjs()}`");
  const [old, copy] = [file("old.mjs", text), file("copy.mjs", text)];
  const apart = await pair("two-processes", { baseline: place(old), candidate: place(copy) });
  const [expected] = digests(apart);
  const files: [string, string][] = [
    [old, copy],
    [old, old],
  ];
  for (const [baseline, candidate] of files) {
    const made = await pair("one-process", {
      baseline: place(baseline),
      candidate: place(candidate),
    });
    expect(digests(made)).toEqual([expected, expected]);
  }
});

test("each variant in one process has its own version of a library, whoever asks for it", async () => {
  const helped = file("helped.mjs", codec('import { version } from "./help.mjs";', "version"));
  file("help.mjs", 'export { default as version } from "counted-lib";');
  const library = (version: string) => {
    file(
      `${version}/node_modules/counted-lib/package.json`,
      '{ "name": "counted-lib", "main": "lib.js" }',
    );
    file(`${version}/node_modules/counted-lib/lib.js`, `module.exports = "${version}";`);
    return place(helped, { packageName: "counted-lib", folder: join(folder, version) });
  };
  const places = { baseline: library("v1"), candidate: library("v2") };
  const apart = digests(await pair("two-processes", places));
  expect(new Set(apart).size).toBe(2);
  expect(digests(await pair("one-process", places))).toEqual(apart);
});

test("a variant that does not work says why, in one process too", async () => {
  const broken = file("broken.mjs", codec("", "fact.n.no.such"));
  const places = { baseline: place(broken), candidate: place(broken) };
  await expect(pair("one-process", places)).rejects.toThrow("Cannot read properties of undefined");
});

test.each([
  ["0-1", [0, 1]],
  ["0,2-3,8", [0, 2, 3, 8]],
  ["5", [5]],
  ["", []],
])("a list of cores %s", (list, cores) => {
  expect(coresIn(list)).toEqual(cores);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SweepDocument } from "../document.js";
import { hellfact } from "../../../testing/command.js";
import { refused } from "../../../testing/refused.js";
import { sweep } from "./options.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

const QUICK = ["--trials", "1", "--budget", "10ms", "--facts", "64", "--codec", "json", "--quiet"];

async function swept(...words: string[]): Promise<SweepDocument> {
  const out = join(folder, words.join("-").replaceAll(/[^\w-]/g, "_"));
  const { code, stdout, stderr } = await hellfact([
    ...["bench", ...QUICK, ...words, "--out", out, "--json"],
  ]);
  expect(stderr).not.toContain("hellfact:");
  expect(code).toBe(0);
  const printed = await hellfact(["report", "--out", out]);
  expect(printed.code).toBe(0);
  expect(printed.stdout).toContain("all values measured in common rounds");
  return JSON.parse(stdout) as SweepDocument;
}

const bytesAt = ({ scenarios }: SweepDocument) =>
  scenarios.map(({ sweepValue, storedBytesPerFact }) => [sweepValue, storedBytesPerFact]);

test("the values are given, or the usual ones", () => {
  expect(sweep("level=9,1,1")).toEqual({ parameter: "level", values: [1, 9] });
  expect(sweep("fact-size=4KB,64KiB").values).toEqual([4000, 65_536]);
  for (const name of ["fact-size", "batch", "level", "duplication"]) {
    expect(sweep(name).values.length).toBeGreaterThan(2);
  }
});

/** Native, and built for one version of Node. */
const hasZlibSync = await import("zlib-sync").then(
  () => true,
  () => false,
);

describe("a sweep of batches", () => {
  let document: SweepDocument;
  beforeAll(async () => {
    document = await swept("--sweep", "batch=32KiB,1MiB", "--direction", "write,read");
  });
  const statuses = (by: (engine: string | null) => boolean) =>
    new Set(document.scenarios.filter(({ engine }) => by(engine)).map(({ status }) => status));

  test("larger ones compress better, each in files of its own", () => {
    expect(statuses((engine) => engine !== "zlib-sync")).toEqual(new Set(["ok"]));
    expect(new Set(document.scenarios.map(({ direction }) => direction)).size).toBe(2);
    expect(document.sweep.points.map(({ value }) => value)).toEqual([32_768, 1_048_576]);
    const [small = 0, large = 0] = document.scenarios
      .filter(({ direction }) => direction === "write")
      .map(({ storedBytesPerFact }) => storedBytesPerFact ?? 0);
    expect(large).toBeLessThan(small * 0.98);
  });

  test.skipIf(!hasZlibSync)("are read by zlib-sync, too", () => {
    expect(statuses((engine) => engine === "zlib-sync")).toEqual(new Set(["ok"]));
  });
});

test("facts grow with their size, and levels squeeze", async () => {
  const sizes = await swept("--sweep", "fact-size=4KB,16KB");
  const [small, large] = sizes.sweep.points.map(({ payload }) => payload.jsonBytesPerFact);
  expect((large ?? 0) / (small ?? 1)).toBeGreaterThan(3);
  const levels = await swept("--sweep", "level=1,9", "--sink", "null");
  expect(levels.scenarios.map(({ compressor }) => compressor)).toEqual(["gzip:1", "gzip:9"]);
  const [[, fast], [, best]] = bytesAt(levels) as [[number, number], [number, number]];
  expect(best).toBeLessThan(fast);
});

const facts = join(folder, "facts.ndjson");
writeFileSync(facts, '{"a":1}\n{"a":2}\n');

test.each<[string[], string]>([
  [["--sweep", "colour"], "It takes fact-size, batch, level, duplication"],
  [["--sweep", "level=6"], "It takes two values or more"],
  [["--sweep", "fact-size=1KB,4KB"], "sizes from 4KB to 1MiB"],
  [["--sweep", "batch=64,128"], "such as batch=64KiB,1MiB"],
  [["--sweep", "level=1,12"], '"gzip:12": gzip has levels'],
  [["--sweep", "level", "--compress", "none"], "needs something that has levels"],
  [["--sweep", "duplication", "--input", facts], "is for generated facts"],
])("%j is one line and exit code 2", async (words, expected) => {
  const { code, stderr } = await refused(["bench", ...QUICK, ...words, "--out", folder]);
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect(code).toBe(2);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-same-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const input = join(folder, "in.ndjson");
const SMALL = ["--facts", "700", "--fact-size", "4KB"];
beforeAll(() => hellfact(["generate", ...SMALL, "--output", input]));

/** The names of the parts of a run, and what is in them. */
async function partsOf(name: string, words: readonly string[]): Promise<Map<string, Buffer>> {
  const place = join(folder, name);
  const all = ["run", ...words, "--roll", "150KB", "--sync", "none", "--sink", `file:${place}`];
  expect(await hellfact([...all, "--quiet"], { cwd: folder })).toMatchObject({ code: 0 });
  const files = readdirSync(place).filter((file) => file.startsWith("part-"));
  const parts = new Map(files.map((file) => [file, readFileSync(join(place, file))]));
  rmSync(place, { recursive: true });
  return parts;
}

const scenarios = [
  ["--codec", "json", "--compress", "brotli"],
  ["--codec", "json", "--compress", "gzip", "--unit", "file"],
  ["--codec", "msgpackr-records", "--compress", "snappy"],
  ["--codec", "protobuf", "--compress", "gzip", "--unit", "fact"],
  ["--codec", "parquet", "--compress", "gzip"],
  ["--codec", "v8"],
].map((scenario, index) => [...(index % 2 === 0 ? SMALL : ["--input", input]), ...scenario]);

test.each(scenarios.map((words) => [words]))(
  "%j: parts do not depend on workers",
  async (words) => {
    const [one, three] = await Promise.all([
      partsOf("one", [...words, "--workers", "1"]),
      partsOf("three", [...words, "--workers", "3"]),
    ]);
    expect([...three.keys()]).toEqual([...one.keys()]);
    expect(one.size).toBeGreaterThan(1);
    // What this codec's library writes is not the same from process to process; the facts are.
    if (words.includes("v8")) return;
    for (const [file, bytes] of one) expect(three.get(file)?.equals(bytes), file).toBe(true);
  },
);

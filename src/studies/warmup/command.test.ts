import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { WarmupDocument } from "./document.js";
import { hellfact } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-warmup-"));
const QUICK = ["--trials", "2", "--watch", "100ms", "--quiet"];

describe("hellfact warmup", () => {
  test("watches processes from their first fact, and draws what it saw", async () => {
    const out = join(folder, "write");
    const { code, stdout, stderr } = await hellfact([
      ...["warmup", ...QUICK, "--codec", "json,simdjson,protobuf", "--out", out],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ json +(flat|warm-up|slow-down|none) [12]\/2 /m);
    expect(stdout).toContain("facts done");
    expect(stdout).toContain("note: simdjson unsupported: simdjson cannot write");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stderr).toContain("results.json");
    const [run = ""] = readdirSync(out);
    expect(readdirSync(join(out, run)).toSorted()).toEqual([
      "results.json",
      "warmup-by-facts.svg",
      "warmup-by-seconds.svg",
    ]);
    const file = join(out, run, "results.json");
    const again = await hellfact(["report", file]);
    expect(again.stdout).toBe(stdout);
    const drawn = await hellfact(["report", file, "--format", "svg", "--chart", "facts"]);
    expect(drawn.stdout).toBe(readFileSync(join(out, run, "warmup-by-facts.svg"), "utf8"));
    expect(await hellfact(["size", "--results", file])).toMatchObject({ code: 2 });
    const document = JSON.parse(readFileSync(file, "utf8")) as WarmupDocument;
    const json = document.scenarios.find(({ codec }) => codec === "json");
    expect(json?.watched.length).toBe(2);
    for (const { startCpuSeconds, blocks } of json?.watched ?? []) {
      expect(startCpuSeconds).toBeGreaterThan(0);
      expect(blocks[0]?.facts).toBe(1);
    }
    // A job is never cheaper for each fact than the work alone.
    const rates = json?.figures?.jobs.map(({ factsPerCpuSecond }) => factsPerCpuSecond) ?? [];
    expect(rates.length).toBe(5);
    expect(rates[0]).toBeLessThan(rates[4] ?? 0);
  });

  test("reads what another process wrote, for as many facts as were asked for, in each configuration", async () => {
    const { code, stdout } = await hellfact([
      ...[
        "warmup",
        ...QUICK,
        "--codec",
        "simdjson,protobuf",
        "--direction",
        "read",
        "--facts",
        "100",
      ],
      ...["--compress", "gzip", "--arm", "jitless,shared", "--prewarm", "20ms", "--json"],
      ...["--watch", "60s", "--out", join(folder, "read")],
    ]);
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(stdout) as WarmupDocument;
    expect(scenarios.map(({ status }) => status)).toEqual(Array(4).fill("ok"));
    for (const { blocks, prewarmCpuSeconds } of scenarios.flatMap(({ watched }) => watched)) {
      expect(blocks.reduce((sum, { facts }) => sum + facts, 0)).toBe(100);
      expect(prewarmCpuSeconds).toBeGreaterThanOrEqual(0.02);
    }
  });

  test.each<[string[], string]>([
    [["--codec", "jsn"], 'unknown codec "jsn". Did you mean json?'],
    [["--direction", "project"], "Allowed choices are write, read."],
    [["--configuration", "turbo"], '"turbo" is no configuration'],
    [["--prewarm", "2"], "It takes a time with its unit"],
    [["--runtime", "node@x"], "after node@ stands a version"],
    [["--compress", "gzip:12"], "gzip has levels 1 to 9"],
  ])("%j is one line and exit code 2", async (words, message) => {
    const { code, stderr, stdout } = await refused(["warmup", ...words, "--out", folder]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

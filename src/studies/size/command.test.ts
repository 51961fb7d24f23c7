import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResultDocument } from "../compare/document.js";
import type { SizingDocument } from "./document.js";
import { hellfact } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { imaginedDocument } from "../../testing/document.js";
import { GENERATOR_BOUND } from "../../testing/verdict.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-size-"));
const results = join(folder, "results.json");
let document: ResultDocument;

beforeAll(async () => {
  document = await imaginedDocument({
    rate: ({ codec }) => (codec === "protobuf" ? 2000 : 1000),
    noise: 0.02,
  });
  writeFileSync(results, JSON.stringify(document));
});
afterAll(() => rmSync(folder, { recursive: true }));

function size(...words: string[]) {
  return hellfact(["size", "--out", join(folder, "out"), ...words]);
}

/** Runs it on the imagined results. */
function sizeResults(...words: string[]) {
  return size("--results", results, ...words);
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

test("the founding article's gap is a third of its machine: $5.32 or $16 a day", async () => {
  const { code, stdout } = await size(
    ...["--preset", "totalhelldeath", "--core-seconds-per-day", "115000"],
    ...["--vcpus", "4", "--price-per-day", "16"],
  );
  expect(code).toBe(0);
  const text = stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain("115000 core-seconds a day are 1.331 cores: 33.3 % of a machine (4 vCPU)");
  expect(text).toContain("$5.32 a day as a fraction, $16.0 a day as 1 whole");
  expect(text).toContain("8.50 M facts a day, 98.4 a second, 365 GB of JSON a day");
});

test("a sweep with several figures for each codec is refused in a line", async () => {
  const sweep = join(folder, "sweep.json");
  const swept = { parameter: "fact-size", points: [] };
  writeFileSync(sweep, JSON.stringify({ ...document, sweep: swept }));
  const { code, stderr } = await size("--results", sweep, "--preset", "totalhelldeath");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^hellfact: [^\n]*is a sweep of fact-size[^\n]*\n$/);
});

describe("measured results", () => {
  test("every codec has its machines, its money and its distance from json", async () => {
    const { code, stdout } = await sizeResults(
      ...["--facts-per-day", "8.5M", "--duplication", "10", "--instance", "c7a.2xlarge,m5.large"],
      ...["--retention", "90d", "--storage-price", "0.023"],
    );
    expect(code).toBe(0);
    expect(widest(stdout)).toBeLessThanOrEqual(100);
    expect(stdout).toContain("85.0 M facts a day, 984 a second");
    expect(stdout).toMatch(/^ on +c7a\.2xlarge, 8 vCPU.*prices of 2026-07-20\)$/m);
    expect(stdout).toMatch(/^ on +m5\.large, 2 vCPU/m);
    // 984 facts/s at half a millisecond are 0.492 cores of 8 at 70 %.
    expect(stdout).toMatch(/^ protobuf +(?:-|gzip 6) +42[4-6]00▲.*→ 1 /m);
    expect(stdout).toContain("not sized: simdjson");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("a vCPU of m5.large is one of two threads");
  });

  test("--json prints the document and nothing else", async () => {
    const { stdout } = await sizeResults("--json", "--spare", "1", "--peak", "3");
    const found = JSON.parse(stdout) as SizingDocument;
    expect(found).toMatchObject({
      kind: "size",
      terms: { utilisation: 0.6, spare: 1 },
    });
    expect(found.prices).toMatchObject({ date: "2026-07-20", region: "us-east-1" });
    expect(found.machines[0]?.rows.length).toBeGreaterThan(5);
  });

  test("--cheapest searches the table within its filters", async () => {
    const words = ["--cheapest", "--arch", "arm64", "--current-generation", "--no-burstable"];
    const { code, stdout } = await sizeResults(
      ...words,
      "--duplication",
      "10",
      "--retention",
      "9d",
    );
    expect(code).toBe(0);
    expect(widest(stdout)).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^ protobuf +- +[a-z0-9]+g[a-z]*\.\w+ /m);
    expect(stdout).not.toContain("t4g.");
    // Both of protobuf are on the same machine: none of them is called the cheapest.
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /Of \d+ types \(prices of [\d-]+\) 2 ways cost the same; protobuf on 1 × \S+ leaves the most room: /,
    );
  });

  test("--chart draws where machines are added, as text and as SVG", async () => {
    const { stdout } = await sizeResults("--chart");
    expect(stdout).toContain("times the load");
    expect(widest(stdout)).toBeLessThanOrEqual(100);
    const file = join(folder, "load.svg");
    expect((await sizeResults("--chart", file)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^<svg .*protobuf gzip 6/s);
  });

  test("--format markdown prints tables", async () => {
    const { stdout } = await sizeResults("--format", "markdown");
    expect(stdout).toMatch(/^\| codec +\| compress +\| core-s a day/m);
  });

  test("a table of one's own replaces ours, and a price the table's", async () => {
    const prices = join(folder, "mine.csv");
    const ours = readFileSync(
      join(import.meta.dirname, "../../../prices/aws-us-east-1.csv"),
      "utf8",
    );
    writeFileSync(prices, ours.replace(/^c7a\.2xlarge,(.*),[\d.]+$/m, "mine.huge,$1,1.5"));
    const words = ["--prices", prices, "--instance", "mine.huge"];
    expect((await sizeResults(...words)).stdout).toContain(
      "mine.huge, 8 vCPU, 16.0 GiB, $1.50 an hour",
    );
    expect((await sizeResults(...words, "--price", "2")).stdout).toContain("$2.00 an hour");
    expect((await sizeResults("--prices", prices)).stderr).toContain("--instance TYPE");
  });

  test("a calibration of another CPU scales, and the output says when it was", async () => {
    const out = join(folder, "calibrated");
    const made = await hellfact(["size", "--calibrate", "--out", out, "--quiet"]);
    expect(made).toMatchObject({ code: 0, stdout: "" });
    expect(existsSync(join(out, "calibration.json"))).toBe(true);
    const { stdout } = await hellfact(["size", "--out", out, "--results", results]);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /scaled to .* by the calibration of \d{4}-\d\d-\d\d \d\d:\d\d UTC: core speed [\d.]+/,
    );
  }, 60_000);
});

test.concurrent.each<[string[], string]>([
  [["--facts-per-day", "0"], "It takes a number above 0, such as 8.5M."],
  [["--facts-per-day", "-5"], "It takes a number above 0"],
  [["--facts-per-second", "fast"], "It takes a number above 0"],
  [["--retention", "90"], "It takes a number of days with its unit, such as 90d."],
  [["--utilisation", "0.7"], "such as 70%"],
  [["--facts-per-day", "1M", "--preset", "warehouse"], "say different things: leave one out"],
  [["--preset", "hell"], "Allowed choices are totalhelldeath"],
  [["--storage-price", "0.02"], "--storage-price needs --retention"],
  [["--instance", "c7a.2xlrge"], "Did you mean c7a.2xlarge?"],
  [["--vcpus", "4"], "--vcpus needs a price"],
  [["--instance", "c7a.large,c7a.xlarge", "--price", "1"], "a price is for one machine"],
  [["--prices", "none.csv"], "none.csv: there is no such file"],
  [["--cheapest", "--local-disk", "--arch", "arm64", "--price", "2"], "leave out --price"],
  [["--chart", "load.png"], "Give a name that ends in .svg"],
  [["--results", "none.json"], "there is no such file. Run hellfact bench first."],
])("size %j is one line and exit code 2", async (words, expected) => {
  const given = words.includes("--results") ? words : ["--results", results, ...words];
  const { code, stdout, stderr } = await refused(["size", "--out", join(folder, "out"), ...given]);
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a document of which nothing can be sized says why", async () => {
  const path = join(folder, "nothing.json");
  const scenarios = document.scenarios
    .filter(({ codec, direction }) => codec === "json" && direction === "write")
    .map((scenario) => ({ ...scenario, verdict: GENERATOR_BOUND }));
  writeFileSync(path, JSON.stringify({ ...document, scenarios }));
  const { code, stderr } = await size("--results", path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^hellfact: nothing in [^\n]* can be sized: [^\n]*source-bound[^\n]*\n$/);
});

test("a document with a hole names the field", async () => {
  const path = join(folder, "hole.json");
  const [first] = document.scenarios;
  const [trial] = first?.trials ?? [];
  const holed = { ...trial, counters: { ...trial?.counters, userSeconds: "?" } };
  writeFileSync(path, JSON.stringify({ ...document, scenarios: [{ ...first, trials: [holed] }] }));
  const { code, stderr } = await size("--results", path);
  expect(code).toBe(2);
  expect(stderr).toContain("scenarios.0.trials.0.counters.userSeconds");
});

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ResultDocument } from "../studies/compare/document.js";
import { chartsOf } from "../studies/compare/charts.js";
import { hellfact } from "../testing/command.js";
import { judgedDocument } from "../testing/judged-document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-report-"));
const path = join(folder, "results.json");
let document: ResultDocument;

beforeAll(async () => {
  document = await judgedDocument();
  writeFileSync(path, JSON.stringify(document));
});

/** Writes a document that is wrong in some way. */
function broken(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test("a page is written whole, and is smaller than 1.5 MB", async () => {
  const output = join(folder, "report.html");
  const { code, stderr } = await hellfact([
    ...["report", path, "--format", "html", "--output", output],
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  const html = readFileSync(output, "utf8");
  expect(html).toMatch(/^<!doctype html>/);
  expect(html.trimEnd()).toMatch(/<\/html>$/);
  expect(html.length).toBeLessThan(1.5e6);
  // The model that judges here is the one that judges there.
  expect(html.slice(html.lastIndexOf("<script"))).toContain("balanced");
});

test("a page of as many scenarios as it takes is smaller than 1.5 MB", async () => {
  const more = Array.from({ length: 100 }, (_, copy) =>
    document.scenarios.map((scenario) => ({ ...scenario, codec: `${scenario.codec}-${copy}` })),
  )
    .flat()
    .slice(0, 490);
  const codecs = [...new Set(more.map(({ codec }) => codec))];
  const large = {
    ...document,
    configuration: { ...document.configuration, codecs },
    scenarios: more,
  };
  const file = broken("large.json", JSON.stringify(large));
  const { stdout } = await hellfact(["report", file, "--format", "html"]);
  expect(stdout.length).toBeGreaterThan(1e5);
  expect(stdout.length).toBeLessThan(1.5e6);
});

test("a page of a sizing has the load and its cost", async () => {
  const words = ["size", "--results", path, "--facts-per-day", "8.5M", "--format", "html"];
  const { stdout, stderr, code } = await hellfact(words);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.includes("The load and its cost")).toBe(true);
  expect(stdout.includes('<section id="sizing">')).toBe(true);
});

describe("charts by themselves", () => {
  const names = ["write", "read", "project", "size-write", "size-read", "roofline", "stages"];

  test("one goes to standard output or into a file", async () => {
    const words = ["report", path, "--format", "svg", "--chart", "roofline"];
    const { stdout, code } = await hellfact(words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    const output = join(folder, "roofline.svg");
    await hellfact([...words, "--output", output]);
    expect(readFileSync(output, "utf8")).toBe(stdout);
  });

  test("each is drawn, with colours for light and dark", () => {
    const charts = chartsOf(document);
    expect([...charts.keys()]).toEqual(names);
    for (const draw of charts.values()) {
      const svg = draw();
      expect(svg).toContain("prefers-color-scheme:dark");
      expect(svg).not.toContain("NaN");
    }
  });

  test("one that there is not is answered with those that there are", async () => {
    const { code, stderr } = await hellfact([
      ...["report", path, "--format", "svg", "--chart", "pie"],
    ]);
    expect(code).toBe(2);
    expect(stderr).toBe(`hellfact: ${path} has no chart "pie"; it has ${names.join(", ")}.\n`);
  });
});

describe("bad input is one line and exit 2", () => {
  test.each<[string, () => string[], RegExp]>([
    [
      "a document of another version",
      () => [broken("v9.json", JSON.stringify({ ...document, version: 9 }))],
      /v9\.json has version 9; this hellfact reads version 2/,
    ],
    [
      "a document with a hole",
      () => [broken("hole.json", JSON.stringify({ ...document, payload: null }))],
      /hole\.json: payload /,
    ],
    ["a folder", () => [folder], /is a folder\. .* or hellfact report --all /],
    [
      "ten thousand scenarios",
      () => {
        const [first] = document.scenarios;
        const scenarios = Array.from({ length: 10_000 }, () => ({ ...first, trials: [] }));
        return [broken("huge.json", JSON.stringify({ ...document, scenarios }))];
      },
      /huge\.json has 10000 scenarios, and a page takes 500/,
    ],
  ])("%s", async (_, files, message) => {
    const output = join(folder, "never.html");
    const { code, stderr } = await hellfact([
      ...["report", ...files(), "--format", "html", "--output", output],
    ]);
    expect([code, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toMatch(message);
    expect(() => readFileSync(output)).toThrow("ENOENT");
  });

  test.each([
    [["--format", "text"], "--format text takes one document; html takes several."],
    [["--chart", "write"], "--chart is for --format svg, and not for text."],
  ])("%j", async (words, message) => {
    const { code, stderr } = await hellfact(["report", path, path, ...words]);
    expect([code, stderr]).toEqual([2, `hellfact: ${message}\n`]);
  });

  test("svg without a name says which there are", async () => {
    const { code, stderr } = await hellfact(["report", path, "--format", "svg"]);
    expect([code, stderr]).toEqual([
      2,
      "hellfact: --format svg takes --chart: one of write, read, project, size-write, size-read, roofline, stages.\n",
    ]);
  });
});

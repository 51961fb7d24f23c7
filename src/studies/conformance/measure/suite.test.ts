import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { suiteText } from "../report/suite.js";
import type { SuiteReport } from "../document.js";
import { hellfact } from "../../../testing/command.js";
import { parserCases } from "../../../testing/shared-data.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-suite-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function reportOf(suite: string): Promise<SuiteReport> {
  const { stdout, stderr } = await hellfact(["conformance", "--suite", suite, "--json", "--quiet"]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as SuiteReport;
}

/** The cases in which a decoder does what it must not. */
function departures({ cases, decoders }: SuiteReport): string[] {
  return decoders.flatMap(({ name, verdicts }) =>
    verdicts.flatMap(({ verdict }, index) => {
      const title = cases[index] ?? "";
      const wanted = { y: "accepted", n: "rejected", i: verdict }[title.charAt(0)];
      return verdict === wanted && verdict !== "crashed" ? [] : [`${name} ${title}: ${verdict}`];
    }),
  );
}

describe("a suite of one's own", () => {
  const own = join(folder, "own");
  mkdirSync(join(own, "test_parsing"), { recursive: true });
  const write = (name: string, text: string) =>
    writeFileSync(join(own, "test_parsing", name), text);
  write("y_broken.json", "[1,");
  write("y_fine.json", "[1]");
  write("n_fine.json", "[1]");
  write("n_broken.json", "[1,");
  write("i_fine.json", "[1]");
  write("README.md", "not a case");

  test("every departure is found, and told with what the decoder said", async () => {
    const report = await reportOf(own);
    expect(report.cases).toEqual(["i_fine", "n_broken", "n_fine", "y_broken", "y_fine"]);
    expect(departures(report)).toEqual(
      report.decoders.flatMap(({ name }) => [
        `${name} n_fine: accepted`,
        `${name} y_broken: rejected`,
      ]),
    );
    const text = suiteText(report, { colors: false });
    expect(text).toMatch(/^ json +1 of 2 +1 of 2 +1 of 1 +0$/m);
    expect(text).toContain("json in 2");
    expect(text).toMatch(/^ 1 .*JSON/m);
  });

  test.each([
    ["a folder that is not there", join(folder, "none"), "cannot be read"],
    ["a folder without cases", folder, "has no cases: they are called y_….json"],
  ])("%s is said in one line", async (_, suite, expected) => {
    const { code, stderr } = await hellfact(["conformance", "--suite", suite]);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  });

  test("codecs that read no JSON are told to stay out of it", async () => {
    const { code, stderr } = await hellfact(["conformance", "--suite", own, "--codec", "msgpackr"]);
    expect(code).toBe(2);
    expect(stderr).toContain("none reads JSON");
  });
});

test.skipIf(parserCases.length === 0)(
  "JSONTestSuite: no decoder departs from what must be, and none dies",
  async () => {
    const report = await reportOf(dirname(dirname(parserCases[0] ?? "")));
    expect(report.cases).toHaveLength(parserCases.length);
    expect(report.decoders.map(({ name }) => name)).toContain("json");
    expect(departures(report)).toEqual([]);
  },
);

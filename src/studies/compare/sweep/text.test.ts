import { describe, expect, test } from "vitest";
import type { SweepDocument, SweepParameter } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { imaginedDocument } from "../../../testing/document.js";
import { csvReport } from "../report/csv.js";
import { markdownReport } from "../report/markdown.js";
import { comparisonPage } from "../page/page.js";
import { textReport } from "../report/text.js";

/** A sweep in which each scenario's rate is as imagined at each value. */
async function imaginedSweep(
  parameter: SweepParameter,
  values: readonly number[],
  rate: (scenario: ScenarioResult, value: number) => number,
): Promise<SweepDocument> {
  const documents = await Promise.all(
    values.map((value) =>
      imaginedDocument({ rate: (scenario) => rate(scenario, value), noise: 0.01 }),
    ),
  );
  const [first] = documents as [SweepDocument];
  return {
    ...first,
    sweep: {
      parameter,
      points: values.map((value) => ({
        value,
        payload: {
          ...first.payload,
          jsonBytesPerFact: parameter === "fact-size" ? value : first.payload.jsonBytesPerFact,
        },
      })),
    },
    scenarios: documents.flatMap(({ scenarios }, index) =>
      scenarios.map((scenario) => ({ ...scenario, sweepValue: values[index] ?? 0 })),
    ),
  };
}

const crossing = await imaginedSweep(
  "batch",
  [1024, 65_536, 1e6],
  ({ codec, compressor }, value) =>
    compressor === "none" && codec === "json"
      ? 10_000
      : compressor === "none" && codec === "protobuf"
        ? value
        : 500,
);

describe("in a terminal", () => {
  const text = textReport(crossing, { colors: false, detail: { all: true } }).replaceAll(
    "\u00a0",
    " ",
  );

  test("it has a table of rates and one of bytes, with a column for each value", () => {
    expect(text).toMatch(/^ codec +1 KiB +64 KiB +1 MB$/m);
    expect(text).toMatch(/^ json +(?:99\d\d|100\d\d)▲ +\d+ +\d+$/m);
    expect(text).toContain("write, facts/s, by size of a batch");
    expect(text).toContain("on disk, bytes per fact, by size of a batch");
  });

  test("it draws a curve for each codec", () => {
    expect(text).toContain("size of a batch, bytes");
    expect(text).toMatch(/^ {3}[a-z] json$/m);
    expect(text).toMatch(/^ {3}[a-z] protobuf gzip:6$/m);
  });

  test("it says who is fastest at either end, and what the whole way does", () => {
    expect(text).toContain("json writes fastest at 1 KiB, protobuf at 1 MB.");
    expect(text).toMatch(/protobuf 9[67]\d × \(95 %: /);
  });

  test("it fits 100 columns", () => {
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
  });
});

test("facts of different sizes are compared by their bytes", async () => {
  const sizes = [4000, 64_000];
  const level = await imaginedSweep("fact-size", sizes, (_, value) => 4e8 / value);
  const text = textReport(level, { colors: false, detail: { all: true } }).replaceAll(
    "\u00a0",
    " ",
  );
  expect(text).toContain("write, MB of JSON/s, by size of a fact");
  expect(text).toMatch(/^ json +(39\d|40\d)\S* +(39\d|40\d)/m);
  expect(text).toMatch(/change by these factors:\s.*json (1\.0\d|0\.99\d) ×/s);
  // All are as fast: none is marked as the fastest, and the conclusion names none.
  expect(text).not.toMatch(/^ json .*▲/m);
  expect(text).toContain("othing writes significantly fastest");
});

test("levels are one curve, whatever the compressor is called at each", async () => {
  const swept = await imaginedSweep("level", [1, 9], () => 100);
  const levels: SweepDocument = {
    ...swept,
    scenarios: swept.scenarios
      .filter(({ compressor }) => compressor !== "none")
      .map((scenario) => ({ ...scenario, compressor: `gzip:${scenario.sweepValue}` })),
  };
  const text = textReport(levels, { colors: false, detail: { all: true } });
  expect(text).toMatch(/^ codec +level 1 +level 9$/m);
  expect(text).toMatch(/^ json gzip +\d\S* +\d/m);
  expect(text).not.toContain("gzip:1");
});

test("a sweep of which nothing could be measured is said, and does not fail", () => {
  const scenarios = crossing.scenarios.map((scenario) => ({
    ...scenario,
    status: "unavailable" as const,
    reason: "it does not load",
    factsPerSecond: null,
    trials: [],
  }));
  expect(textReport({ ...crossing, scenarios }, { colors: false })).toContain("it does not load");
});

describe("under several runtimes, with what binds and what delays do", () => {
  const RUNTIMES = ["node@20.20.2", "node@24.21.0"];
  const verdict = {
    ...{ kind: "inconclusive", why: "few", detail: "too few", caveats: [], whatIf: null },
    evidence: { pipeline: null, codec: null, write: null, source: null },
  } as unknown as NonNullable<ScenarioResult["verdict"]>;
  const both: SweepDocument = {
    ...crossing,
    scenarios: crossing.scenarios
      .filter(({ codec, direction }) => direction === "write" && /^(json|protobuf)$/.test(codec))
      .flatMap((scenario) => RUNTIMES.map((runtime) => ({ ...scenario, runtime, verdict })))
      .map((scenario, index): ScenarioResult => {
        const slope = { median: index / 100, low: null, high: null };
        return { ...scenario, causal: [{ stage: "encode", slope, slackSeconds: 0 }] };
      }),
  };
  const text = textReport(both, { colors: false }).replaceAll("\u00a0", " ");

  test("each has a curve of its own, and is compared with itself only", () => {
    expect(text).toMatch(/^ json on node@20\.20\.2 +\d/m);
    expect(text).toMatch(/^ protobuf gzip:6 on node@24\.21\.0 +\d/m);
    expect(text).toContain("On node@24.21.0, json writes fastest at 1 KiB, protobuf at 1 MB.");
    expect(text).toMatch(/At 1 KiB: From node@20\.20\.2 to node@24\.21\.0, core-seconds/);
  });

  test("what binds and what a delay does stands in a table, a column for each value", () => {
    expect(text).toMatch(/what binds writing, by size of a batch\n +codec +1 KiB/);
    expect(text).toMatch(/^ json on node@24\.21\.0 +open +open +open$/m);
    expect(text).toContain("what a delay does");
    expect(text).toMatch(/^ json on node@20\.20\.2, encode +0\.\d\d +0\.\d\d +0\.\d\d$/m);
    expect(markdownReport(both)).toContain("what binds writing");
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  test("a page tells them apart by runtime and value", () => {
    const names = comparisonPage
      .sections(both, {
        prefix: "",
        tools: { toolVersion: "1", script: "", gzip: (page) => Buffer.from(page) },
      })
      .map(({ id, body }) => [id, body.text] as const);
    const ceilings = names.find(([id]) => id === "ceilings")?.[1];
    expect(ceilings).toContain("protobuf gzip 6 on node@24.21.0 at 64 KiB");
    expect(names.find(([id]) => id === "causal")?.[1]).toContain("json on node@20.20.2 at 1 MB");
  });
});

test("Markdown has the tables, and CSV the values", () => {
  const markdown = markdownReport(crossing);
  expect(markdown).toContain("| codec");
  expect(markdown).toContain("**write, facts/s, by size of a batch**");
  const [head = "", ...lines] = csvReport(crossing).trimEnd().split("\n");
  const column = head.split(",").indexOf("sweepValue");
  expect(new Set(lines.map((line) => line.split(",")[column]))).toEqual(
    new Set(["1024", "65536", "1000000"]),
  );
});

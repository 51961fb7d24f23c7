import { describe, expect, test } from "vitest";
import type { ScenarioResult } from "../../../trial/result.js";
import { imaginedDocument } from "../../../testing/document.js";
import { judgedDocument } from "../../../testing/judged-document.js";
import { roofsOf } from "../disk/roofline.js";
import { withVerdicts } from "../verdicts.js";
import { conclusionOf } from "./conclusion.js";
import { csvReport } from "./csv.js";
import { markdownReport } from "./markdown.js";
import { bytes, percent, significant } from "../../../report/numbers.js";
import { textReport } from "./text.js";

/** protobuf 3 × json, msgpackr as json, everything else half of it; gzip a third. */
const rate = ({ codec, compressor }: ScenarioResult) =>
  ({ protobuf: 12_000, json: 4_000, msgpackr: 4_000 })[codec] ??
  2_000 / (compressor === "none" ? 1 : 3);
const document = await imaginedDocument({ rate, noise: 0.01 });
const plain = textReport(document, { colors: false, detail: { all: true } });
const row = (words: string) =>
  plain.split("\n").find((line) => line.trim().startsWith(words)) ?? "";

test("of several runtimes each has its verdicts and delays, beside their own kind only", async () => {
  const judged = await judgedDocument();
  const names = ["node@20.20.2", "node@24.21.0"];
  const scenarios = names.flatMap((runtime) =>
    judged.scenarios.map((scenario) => ({ ...scenario, runtime })),
  );
  const both = { ...judged, scenarios: withVerdicts(scenarios, []) };
  const text = textReport(both, { colors: false }).replaceAll("\u00a0", " ");
  expect(text).toMatch(/^ json +- +node@24\.21\.0(?: +\S+){5} +(?:CPU|IO)-bound/m);
  expect(text).toMatch(/^ json +- +node@24\.21\.0 +encode +1\.01/m);
  expect(text).toMatch(/IO-bound, bandwidth: writing json on node@20\.20\.2/);
  expect(text).toMatch(/IO-bound, bandwidth: writing json on node@24\.21\.0/);
  for (const { verdict } of both.scenarios) {
    const others = verdict?.whatIf?.paysBelow ?? [];
    expect(new Set(others.map((one) => JSON.stringify(one))).size).toBe(others.length);
  }
  expect(roofsOf(both).map(({ name }) => name)).toContain("json gzip 6 on node@24.21.0");
});

describe("the table", () => {
  test("says what framing takes, and says nothing of documents that do not tell", () => {
    const text = textReport(document, { colors: false, detail: { all: true } });
    expect(text.replaceAll("\u00a0", " ")).toMatch(/framing, in memory's B\/fact: .*json 1\b/s);
    const scenarios = document.scenarios.map((one) => ({ ...one, framingBytesPerFact: undefined }));
    const silent = JSON.parse(JSON.stringify({ ...document, scenarios })) as typeof document;
    expect(textReport(silent, { colors: false, detail: { all: true } })).not.toContain("framing,");
    const [head = "", first = ""] = csvReport(document).split("\n");
    expect(head).toMatch(/,framingBytesPerFact,unframedBytesPerFact$/);
    expect(first).toMatch(/,1,38500$/);
  });

  test("fits 100 columns, whatever it has to say", async () => {
    const noisy = await imaginedDocument({ rate, noise: 1.5 });
    const unfinished = await imaginedDocument({ rate, noise: 0.1, trials: 1 });
    const wide = await imaginedDocument({
      rate: () => 123_456,
      noise: 1.9,
      matrix: { directions: ["write", "read", "project", "validate"] },
    });
    const absent = {
      ...noisy,
      complete: false,
      warnings: ["x".repeat(40) + " and so on".repeat(12)],
      scenarios: noisy.scenarios.map((scenario) => ({
        ...scenario,
        status: "unavailable" as const,
        reason: "the reason is long ".repeat(9),
      })),
    };
    for (const one of [document, noisy, unfinished, wide, absent]) {
      const lines = textReport(one, { colors: false, detail: { all: true } }).split("\n");
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  test("has one line for each codec and compressor, the fastest writer first", () => {
    const codecs = plain.split("\n").flatMap((line) => /^ ([a-z][a-z-]+) +-/.exec(line)?.[1] ?? []);
    expect(codecs[0]).toBe("protobuf");
    expect(codecs.at(-1)).toBe("simdjson");
    expect(codecs).toHaveLength(7);
  });

  test("marks the best, and only those that are not significantly different", () => {
    expect(row("protobuf            -")).toContain("▲");
    expect(row("json                -")).toMatch(/\d≈/);
    expect(row("msgpackr            -")).toMatch(/\d≈/);
    expect(row("protobuf            -")).not.toMatch(/\d▲?≈/);
  });

  test("says what a codec cannot do, and where its figures stand instead", () => {
    expect(row("fast-json-stringify -")).toContain("as json");
    expect(plain).toContain("note: simdjson: cannot write; it reads what json writes");
  });

  test("is the same without colours, but for the colours", () => {
    const colored = textReport(document, { colors: true, detail: { all: true } });
    expect(colored).not.toBe(plain);
    // oxlint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  test("shows that an interval is not known yet", async () => {
    const early = await imaginedDocument({ rate, noise: 0.01, trials: 2 });
    expect(textReport(early, { colors: false, detail: { all: true } })).toMatch(/\?!/);
  });
});

describe("the conclusion", () => {
  const sentences = conclusionOf(document).join("\n").replaceAll("\u00a0", " ");

  test("names the fastest, and by how much", () => {
    expect(sentences).toMatch(
      /^protobuf writes fastest: 1[12][0-9]00 facts\/s, (?:3\.0|2\.9)\d × as fast as json \(95 %: /,
    );
  });

  test("says which are not significantly different", () => {
    expect(sentences).toMatch(
      /Not significantly different: write: .*(json ≈ msgpackr|msgpackr ≈ json)/,
    );
  });

  test("does not crown one of several that are equal", async () => {
    const equal = await imaginedDocument({ rate: () => 1000, noise: 0.2 });
    expect(conclusionOf(equal)[0]).toMatch(
      /^Nothing writes significantly faster than all others: .*, .* may be equal/,
    );
  });

  test("is silent where nothing was measured", async () => {
    const nothing = { ...document, scenarios: [] };
    expect(conclusionOf(nothing)).toEqual([]);
  });
});

describe("other forms", () => {
  test("Markdown has a row for each line of the table", () => {
    const rows = markdownReport(document)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(2 + 14);
    expect(new Set(rows.map((line) => line.split("|").length)).size).toBe(1);
  });

  test("Markdown says what the signs mean, and what to know before believing it", () => {
    const partial = markdownReport({ ...document, complete: false, warnings: ["too small"] });
    expect(partial).toContain("- note: too small");
    expect(partial).toContain("- note: stopped before every trial was made");
    expect(partial).toContain("▲ best in its column");
    expect(partial).not.toContain("\u00a0");
  });

  test("what a codec cannot do is told even if nothing was written", async () => {
    const reading = await imaginedDocument({
      rate,
      noise: 0.01,
      matrix: { directions: ["read"], hasSchema: false },
    });
    expect(textReport(reading, { colors: false, detail: { all: true } })).toContain(
      "note: protobuf: needs a schema",
    );
  });

  test("a column without an interval shows its doubts behind the rate", async () => {
    const noisy = await imaginedDocument({ rate, noise: 1.5 });
    const line = textReport(noisy, { colors: false, detail: { all: true } })
      .split("\n")
      .find((text) => /^ simdjson +-/.test(text));
    expect(line).toMatch(/\d(▲|≈)*! +/);
  });

  test("CSV has a line for each scenario, with exact figures", () => {
    const [head = "", ...lines] = csvReport(document).trimEnd().split("\n");
    expect(lines).toHaveLength(document.scenarios.length);
    const median = head.split(",").indexOf("factsPerSecond");
    expect(Number(lines[0]?.split(",")[median])).toBe(
      document.scenarios[0]?.factsPerSecond?.median,
    );
  });

  test("CSV quotes what needs it", () => {
    const [first] = document.scenarios;
    const odd = { ...document, scenarios: [{ ...(first as ScenarioResult), reason: 'a, "b"\nc' }] };
    expect(csvReport(odd)).toContain('"a, ""b""\\x0ac"');
  });
});

describe("numbers", () => {
  test.each([
    [12_934, "12900"],
    [999.6, "1000"],
    [42.06, "42.1"],
    [4.2, "4.20"],
    [0.037_24, "0.0372"],
    [0, "0"],
  ])("%f has three significant figures: %s", (value, text) => {
    expect(significant(value)).toBe(text);
  });

  test("units", () => {
    expect(bytes(34_100_000)).toBe("34.1 MB");
    expect(bytes(999)).toBe("999 B");
    expect(percent(0.0042)).toBe("0.4");
    expect(percent(1.37)).toBe("137");
  });
});

import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { imaginedDocument } from "../../../testing/document.js";
import { judgedDocument } from "../../../testing/judged-document.js";
import { markup } from "../../../report/page/markup.js";
import { comparisonPage } from "./page.js";
import { reportPage } from "../../../report/page/page.js";

const tools = { toolVersion: "0.1.0", script: "", gzip: (text: string) => gzipSync(text) };
const judged = await judgedDocument();
const plain = await imaginedDocument({ rate: () => 1000, noise: 0.01 });

function pageOf(...documents: ResultDocument[]): string {
  return reportPage(
    documents.map((document, index) => ({
      name: `results-${index + 1}.json`,
      document,
      form: comparisonPage,
    })),
    tools,
  );
}

function sectionsIn(html: string): string[] {
  return [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id = ""]) => id);
}

/** The same document as somebody else's machine would have given it. */
function elsewhere(document: ResultDocument): ResultDocument {
  return { ...document, environment: { ...document.environment, cpuModel: "Other 7" } };
}

describe("a section is there if its data is", () => {
  test("of a comparison with verdicts and delays, all of them", () => {
    expect(sectionsIn(pageOf(judged))).toEqual([
      ...["rates", "size", "roofline", "stages", "ceilings", "causal", "measured"],
    ]);
  });

  test("of a plain comparison, nothing that was not measured", () => {
    expect(sectionsIn(pageOf(plain))).toEqual(["rates", "size", "measured"]);
  });

  test("where nothing could be measured the page says so, and why", () => {
    const scenarios = plain.scenarios.map((scenario): ScenarioResult => ({
      ...scenario,
      status: "failed",
      reason: "it fell over",
      trials: [],
      ...{ factsPerSecond: null, storedBytesPerFact: null, encodedBytesPerFact: null },
    }));
    const html = pageOf({ ...plain, scenarios, complete: false });
    expect(sectionsIn(html)).toEqual(["measured"]);
    expect(html).toContain("Nothing could be measured");
    expect(html).toContain("it fell over");
    expect(html).toContain("partial results");
  });
});

describe("strings from outside", () => {
  const evil = `</script><script>alert("&'1")</script>`;

  test("are text everywhere, in tables, charts, attributes and data", () => {
    const renamed = JSON.parse(
      JSON.stringify(judged)
        .replaceAll('"json"', JSON.stringify(evil))
        .replaceAll('"totalhelldeath"', JSON.stringify(evil)),
    ) as ResultDocument;
    const html = pageOf({ ...renamed, warnings: [evil] }, elsewhere(renamed));
    expect(html.match(/<script/g)).toHaveLength(3); // a slider's data for each, and the script
    expect(html.includes("<script>alert")).toBe(false);
    expect(html.includes("&#60;script&#62;alert")).toBe(true);
  });

  test("a template escapes everything but markup", () => {
    expect(markup`<a title="${`"><b>`}">${markup`<i>${1}</i>`}${["&", undefined]}</a>`.text).toBe(
      '<a title="&#34;&#62;&#60;b&#62;"><i>1</i>&#38;</a>',
    );
  });
});

describe("several documents", () => {
  test("of one machine stand beside each other in facts per second", () => {
    const html = pageOf(judged, { ...judged, createdAt: "2026-11-23T00:00:00.000Z" });
    expect(html).toContain("results-1.json, facts/s");
    expect(html).not.toContain("different machines");
  });

  test("of different machines only as ratios to their own json, with a warning", () => {
    const html = pageOf(judged, elsewhere(judged));
    const beside = html.slice(html.indexOf('id="beside"'), html.indexOf("<article"));
    expect(beside).toContain("different machines");
    expect(beside).toContain("results-2.json, × its json");
    expect(beside).not.toContain("facts/s,");
  });

  test("no id stands twice", () => {
    const ids = [...pageOf(judged, elsewhere(judged)).matchAll(/ id="([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("what goes along", () => {
  const html = pageOf(judged);

  test("every trial, as CSV and as the whole document", () => {
    const [, csv = ""] = /href="data:text\/csv;base64,([^"]+)"/.exec(html) ?? [];
    const trials = judged.scenarios.flatMap((scenario) => scenario.trials);
    expect(Buffer.from(csv, "base64").toString().trim().split("\n")).toHaveLength(
      trials.length + 1,
    );
    expect(html.includes('download="results.json.gz"')).toBe(true);
  });

  test("nothing that would be loaded from anywhere", () => {
    const targets = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !/^(?:#|data:)/.test(target))).toEqual([]);
    expect(/@import|url\(/.test(html)).toBe(false);
  });
});

/** The library as a program uses it: built, by its own name. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { compare, gate, infer, InputError, run, size, summarise } from "hellfact";
import type {
  CompareOptions,
  CompareResult,
  Measuring,
  ProgressEvent,
  ScenarioResult,
  SummarisedGroup,
  SummariseOptions,
  SummariseResult,
} from "hellfact";

const folder = mkdtempSync(join(tmpdir(), "hellfact-library-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const OWN = `export const codec = {
  name: "own", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
  needsSchema: false, npmPackage: null, mode: "JSON", losses: ["negative-zero"],
  abilities: ["encode", "decode"], module: import.meta.url,
  open: () => ({
    encode: (fact, out) => out.utf8(JSON.stringify(fact)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()),
  }),
};
export default codec;`;
const QUICK = {
  trials: 1,
  budgetSeconds: 0.01,
  facts: 40,
  compressors: ["none"],
  seed: 1,
} as const;

beforeAll(() => {
  writeFileSync(at("own.mjs"), OWN);
  writeFileSync(at("facts.ndjson"), '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n');
});

describe("compare", () => {
  const events: ProgressEvent[] = [];
  let result: CompareResult;
  beforeAll(async () => {
    const { codec } = (await import(pathToFileURL(at("own.mjs")).href)) as {
      codec: { name: string; module: string };
    };
    const comparing = compare({ ...QUICK, codecs: ["json", codec] });
    for await (const event of comparing.progress) events.push(event);
    result = await comparing;
  });

  test("measures codecs by name and by object, and tells how far it is", () => {
    const measured = result.scenarios.filter(({ status }) => status === "ok");
    expect(new Set(measured.map(({ codec }) => codec))).toEqual(new Set(["json", "own"]));
    expect(events.length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ stage: "done" });
    expect(result.document).toMatchObject({ kind: "compare", complete: true });
  });

  test("has the result in every form, and no winner after one trial", async () => {
    expect(result.toText()).toContain("totalhelldeath");
    expect(result.toMarkdown()).toMatch(/^\| codec +\|/);
    expect(result.toCsv().split("\n").length).toBe(result.scenarios.length + 2);
    expect(JSON.parse(result.toJson())).toEqual(JSON.parse(JSON.stringify(result.document)));
    expect(await result.toHtml()).toMatch(/^<!doctype html>/i);
    expect(result.best("write")).toBeNull();
    expectTypeOf(result.best("write")).toEqualTypeOf<ScenarioResult | null>();
  });

  test("a signal ends it with what was measured so far, and with out it is kept", async () => {
    const ending = new AbortController();
    const comparing = compare({
      ...{ ...QUICK, trials: 50, budgetSeconds: 60, codecs: ["json"], directions: ["write"] },
      ...{ signal: ending.signal, out: at("out") },
    });
    for await (const { stage } of comparing.progress)
      if (/round ([2-9]|\d\d)/.test(stage)) ending.abort();
    const { document } = await comparing;
    expect(document.complete).toBe(false);
    expect(document.scenarios[0]?.trials.length).toBeGreaterThan(0);
    expect(readdirSync(at("out"))).toContain("latest.compare.json");
  });

  test.each<[CompareOptions, RegExp]>([
    [{ codecs: ["jsn"] }, /unknown codec "jsn"\. Did you mean json/],
    [{ budget: 3 } as CompareOptions, /"budget" is no option\. /],
    [{ trials: 0 }, /trials is 0: it takes a number above 0/],
    [{ input: "nowhere.json" }, /nowhere\.json: there is no such file/],
    [{ codecs: [{ name: "mine" }] }, /add module: import\.meta\.url/],
  ])("%j is refused", async (options, message) => {
    const failing = compare(options);
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(message);
  });

  test("a codec that does not load says why, with its cause", async () => {
    writeFileSync(at("broken.mjs"), "export default {");
    await expect(compare({ codecs: [at("broken.mjs")] })).rejects.toThrow(/broken\.mjs/);
  });
});

test("run, size, infer and gate answer with the documents of their commands", async () => {
  const ran = await run({ facts: 40, codec: "json", workers: 1, folder: at("events") });
  expect(ran.document).toMatchObject({ kind: "run", run: { facts: 40 } });
  expect(ran.complete).toBe(true);
  const sizing = await size({
    results: ran.document,
    factsPerDay: 8.5e6,
    instance: ["c7g.2xlarge"],
  });
  expect(sizing.toText()).toContain("c7g.2xlarge");
  expect(sizing.toCsv()).toContain("terms.load.factsPerDay,8500000");
  const { schema, proto } = await infer({ input: at("facts.ndjson") });
  expect(Object.keys(schema.properties ?? {})).toEqual(["id", "name"]);
  expect(proto).toContain("string name");
  const same = { baseline: at("own.mjs"), candidate: at("own.mjs") };
  await expect(gate(same)).rejects.toThrow(/are the same file/);
});

describe("summarise", () => {
  test("answers what is asked of the paths, with how far it is, in every form", async () => {
    const events: ProgressEvent[] = [];
    const summarising = summarise({
      ...{ input: at("facts.ndjson"), unique: "name", quantile: ["id"], by: "name" },
      ...{ shares: [0.5], out: at("summaries") },
    });
    for await (const event of summarising.progress) events.push(event);
    const result = await summarising;
    expect(events.at(-1)).toMatchObject({ done: 1, activity: "2 facts" });
    expect([result.facts, result.groups.map(({ key }) => key)]).toEqual([2, ["a", "b"]]);
    const [unique, quantile] = result.groups[0]?.figures ?? [];
    expect(unique?.unique).toMatchObject({ count: 1, isEstimate: false });
    expect(quantile?.quantile).toMatchObject({ min: 1, quantiles: [{ share: 0.5 }] });
    expect(result.toText()).toContain("2 facts of ");
    expect(result.toCsv()).toContain("name,unique,1");
    expect(await result.toHtml()).toMatch(/^<!doctype html>/i);
    expect(readdirSync(at("summaries"))).toContain("latest.summarise.json");
    writeFileSync(at("1.sketch"), result.sketch);
    const merged = await summarise({ input: [at("1.sketch"), at("1.sketch")] });
    expect(merged.facts).toBe(2); // the same file counts once
  });

  test("ends with its signal", async () => {
    const ending = new AbortController();
    ending.abort("enough");
    const { signal } = ending;
    await expect(summarise({ input: at("facts.ndjson"), unique: "id", signal })).rejects.toThrow(
      expect.objectContaining({ name: "HellfactError", cause: "enough" }),
    );
  });

  test.each<[object, RegExp]>([
    [{ unique: "nam" }, /has no nam\. Did you mean name/],
    [{ unique: "id", shares: [2] }, /shares has 2: each is from 0 to 1/],
    [{ uniqe: "id" }, /"uniqe" is no option\. Did you mean unique/],
    [{ input: [] }, /input is missing/],
  ])("%j is refused", async (options, message) => {
    const failing = summarise({ input: at("facts.ndjson"), ...options });
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(message);
  });
});

test("run says where it does not write to", async () => {
  await expect(run({ facts: 1, sink: "sqlite:facts.db" })).rejects.toThrow(
    /run\(\) writes files; hellfact run --sink writes there/,
  );
  const object = { name: "mine", module: at("nowhere.mjs"), place: "there" };
  await expect(run({ facts: 1, sink: object })).rejects.toThrow(/nowhere\.mjs/);
});

test("types: everything is optional, and a study under way is a promise", () => {
  expectTypeOf(compare).toEqualTypeOf<(options?: CompareOptions) => Measuring<CompareResult>>();
  expectTypeOf<Measuring<CompareResult>>().toExtend<Promise<CompareResult>>();
  expectTypeOf<{}>().toExtend<CompareOptions>();
  expectTypeOf(summarise).toEqualTypeOf<
    (options: SummariseOptions) => Measuring<SummariseResult>
  >();
  expectTypeOf<SummariseResult["groups"]>().toEqualTypeOf<readonly SummarisedGroup[]>();
});

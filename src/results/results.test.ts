import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { imaginedDocument } from "../testing/document.js";
import { loadResults } from "../studies/compare/load.js";
import { latestDocument, makeRunFolder, saveDocument } from "./save.js";

const out = mkdtempSync(join(tmpdir(), "hellfact-results-"));
afterAll(() => rmSync(out, { recursive: true }));
const document = await imaginedDocument({ rate: () => 1000, noise: 0.01 });

function saved(value: unknown): string {
  const path = join(out, "given.json");
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

test("a document comes back as it was saved, from its run and as the latest", () => {
  const folder = makeRunFolder(out, new Date("2026-11-22T09:15:02.700Z"));
  expect(folder).toBe(join(out, "2026-11-22T09-15-02"));
  saveDocument(out, folder, document);
  expect(loadResults(join(folder, "results.json"))).toEqual(document);
  expect(loadResults(join(out, "latest.json"))).toEqual(document);
  expect(readdirSync(folder)).toEqual(["results.json"]);
});

test("the latest of a kind is found, whatever came after it", () => {
  const there = mkdtempSync(join(out, "latest-"));
  const folder = makeRunFolder(there, new Date());
  saveDocument(there, folder, document);
  saveDocument(there, folder, { ...document, kind: "experiment" });
  expect(loadResults(latestDocument(there, "compare"))).toEqual(document);
  expect(latestDocument(there)).toBe(join(there, "latest.json"));
  expect(latestDocument(there, "gate")).toBe(join(there, "latest.json"));
});

test("a document of version 1 is still read", () => {
  const { kind: _, configuration, ...rest } = { ...document, version: 1 };
  const { unit, ...others } = { ...configuration, unit: "file" as const };
  const first = { ...rest, configuration: { ...others, grain: unit } };
  expect(loadResults(saved(first))).toEqual({ ...document, configuration: { ...others, unit } });
});

test("two runs in one second have folders of their own", () => {
  const when = new Date("2026-11-22T10:00:00Z");
  expect(makeRunFolder(out, when)).not.toBe(makeRunFolder(out, when));
});

test.each([
  ["not JSON", "{", "is not JSON"],
  ["another format", { format: "other" }, 'its format is not "hellfact-results"'],
  ["a number", 5, 'its format is not "hellfact-results"'],
  [
    "another version",
    { ...document, version: 99 },
    "has version 99; this hellfact reads version 2",
  ],
  [
    "another kind",
    { ...document, kind: "gate" },
    'is a document of kind "gate", and not of a comparison',
  ],
  ["no kind", { ...document, kind: undefined }, "does not say what kind it is of"],
  ["a field missing", { ...document, payload: undefined }, "payload"],
  [
    "a wrong value inside",
    { ...document, payload: { ...document.payload, facts: "x" } },
    "payload.facts",
  ],
  [
    "a wrong value whose key ends a line",
    { ...document, environment: { ...document.environment, libraries: { "a\nb": {} } } },
    "environment.libraries",
  ],
  [
    "a status that is none",
    { ...document, scenarios: [{ ...document.scenarios[0], status: "fine" }] },
    "scenarios.0.status",
  ],
])("%s is refused, and said in one line", (_, value, expected) => {
  const load = () => loadResults(saved(value));
  expect(load).toThrow(expect.objectContaining({ name: "InputError", exitCode: 2 }));
  expect(load).toThrow(expected);
});

test("a missing document says what makes one", () => {
  expect(() => loadResults(join(out, "none.json"))).toThrow("Run hellfact bench first.");
});

test("an output folder that cannot be made is an error of the command line", () => {
  expect(() => makeRunFolder(saved("a file"), new Date())).toThrow(
    expect.objectContaining({ exitCode: 2 }),
  );
});

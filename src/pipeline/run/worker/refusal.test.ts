import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DiskFullError } from "../../../core/errors.js";
import { hellfact } from "../../../testing/command.js";
import { refusal } from "./refusal.js";
import { refusesNesting } from "../../../testing/too-deep.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-deep-"));
afterAll(() => rmSync(folder, { recursive: true }));

const DEPTH = 5000;
const isRefused = refusesNesting(DEPTH);

/** A fact nested so deep, behind so many others: within the sample of a plan, or a worker's find. */
beforeAll(() => {
  const deep = `${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}\n`;
  for (const before of [3, 400]) {
    const text = `${'{"a":1}\n'.repeat(before)}${deep}{"a":2}\n`;
    writeFileSync(join(folder, `${before}.ndjson`), text);
    writeFileSync(join(folder, `${before}.ndjson.gz`), gzipSync(text));
  }
});

async function isToldByItsPlace(input: string, codec: string, expected: string): Promise<void> {
  const words = ["--input", join(folder, input), "--codec", codec, "--workers", "1"];
  const place = join(folder, `${input}-${codec}`);
  const { code, stderr } = await hellfact(["run", ...words, "--sink", `file:${place}`, "--quiet"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^hellfact: [^\n]*: it is nested too deeply\.\n$/);
  expect(stderr).toContain(expected);
}

test.runIf(isRefused).each([
  ["3.ndjson", "json", "3.ndjson line 4, byte 24: json refuses this fact"],
  ["400.ndjson", "json", "400.ndjson line 401, byte 3200: json refuses this fact"],
  ["400.ndjson.gz", "json", "400.ndjson.gz line 401, byte 3200: json refuses this fact"],
])("a fact nested too deeply in %s by %s is told by its place", isToldByItsPlace);

test.each([
  ["400.ndjson", "v8", "400.ndjson line 401, byte 3200: v8 refuses this fact"],
  ["3.ndjson", "arrow", "3.ndjson line 5, byte 30026: arrow refuses one of the facts up to here"],
])("a fact nested too deeply in %s by %s is told by its place", isToldByItsPlace);

test.runIf(isRefused)("no part of it stays", () => {
  expect(readdirSync(join(folder, "400.ndjson-json"))).toEqual(["manifest.ndjson"]);
});

test("a full disk stays a full disk", () => {
  const full = new DiskFullError("the disk is full");
  const source = { place: () => "line 1" };
  expect(refusal(full, source, { name: "json", layout: "row" })).toBe(full);
});

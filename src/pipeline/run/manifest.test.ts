import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { InputError } from "../../core/errors.js";
import { ManifestWriter, readManifest } from "./manifest.js";
import type { PartEntry, RunPlan } from "./plan.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-manifest-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "manifest.ndjson");

const plan: RunPlan = {
  source: { kind: "generator", seed: 42, profile: DEFAULT_PROFILE },
  ...{ codec: "json", compressor: "gzip:6", unit: "file", sync: "none", folder: "out" },
  ...{ start: 0, end: 30, partLength: 10, mostPartBytes: null, mostPartSeconds: null },
  ...{ bytesPerPosition: 7.5, sidecar: "codec.structures", durationSeconds: 3, onError: "skip" },
};
const part = (from: number): PartEntry => ({
  ...{ from, to: from + 10, file: `part-${String(from).padStart(12, "0")}.ndjson.gz`, facts: 9 },
  ...{ encodedBytes: 20, storedBytes: 10, crc32: "0123abcd", sidecar: null, rejected: 1 },
  rejects: `part-${String(from).padStart(12, "0")}.ndjson.gz.rejects.ndjson`,
});

beforeEach(() => {
  rmSync(path, { force: true });
  const writer = new ManifestWriter(folder, plan);
  for (const from of [0, 10, 20]) writer.addPart(part(from), from + 1);
  writer.end("facts", 30);
  writer.close();
});

function linesOf(): unknown[] {
  const text = readFileSync(path, "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as unknown);
}

function write(lines: readonly unknown[]): void {
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** The same value with what stands at a path changed. */
function changed(value: unknown, [step, ...rest]: readonly string[], to: unknown): unknown {
  if (step === undefined) return to;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  const inner = changed(copy[step], rest, to);
  if (inner === undefined) delete copy[step];
  else copy[step] = inner;
  return copy;
}

test("what was written is read", () => {
  expect(readManifest(folder)).toEqual({
    ...{ plan, parts: [part(0), part(10), part(20)], lost: [], ended: "facts", end: 30 },
    seconds: 21,
  });
});

test("a part that was lost counts again when it is made again", () => {
  const writer = new ManifestWriter(folder, plan);
  writer.lose(part(10));
  expect(readManifest(folder).lost).toEqual([{ from: 10, to: 20 }]);
  expect(readManifest(folder).parts).toEqual([part(0), part(20)]);
  writer.addPart(part(10), 40);
  writer.close();
  expect(readManifest(folder)).toMatchObject({ lost: [], ended: "facts", seconds: 40 });
});

test("plans of earlier versions say grain, or nothing, and a file of code that is not taken", () => {
  const [head, ...rest] = linesOf();
  const old = changed(changed(head, ["plan", "unit"], undefined), ["plan", "grain"], "fact");
  write([old, ...rest]);
  expect(readManifest(folder).plan).toEqual({ ...plan, unit: "fact" });
  write([changed(head, ["plan", "unit"], undefined), ...rest]);
  expect(readManifest(folder).plan.unit).toBe("batch");
  write([changed(head, ["plan", "codecFile"], "/evil.mjs"), ...rest]);
  expect(readManifest(folder).plan).toEqual({ ...plan, codecSha256: null });
});

test.each<[number, string[], unknown, string]>([
  [0, ["plan", "partLength"], 0, "line 1: plan.partLength must be >= 1"],
  [0, ["plan", "end"], -1, "line 1: plan.end must be"],
  [0, ["plan", "sidecar"], "../../codec.x", "line 1: plan.sidecar"],
  [0, ["plan", "source", "kind"], "sql", "line 1: plan.source"],
  [
    0,
    ["plan", "source", "profile", "players"],
    undefined,
    "line 1: plan.source.profile.players is missing",
  ],
  [0, ["plan", "source", "profile", "factBytes"], 3, "line 1: plan.source.profile.factBytes is 3."],
  [0, ["version"], {}, "has version {}; this hellfact reads version 1."],
  [1, ["part", "file"], "../secret.ndjson", "line 2: part.file must match"],
  [1, ["part", "file"], "part-000000000000./../../secret", "line 2: part.file must match"],
  [1, ["part", "sidecar"], "/etc/passwd", "line 2: part.sidecar"],
  [1, ["part", "rejects"], null, "line 2: part.rejects must name the file of 1 lines."],
  [2, ["part"], null, "line 3: part must be object"],
  [2, ["part", "to"], 3, "line 3: part.to is before part.from."],
  [3, ["part", "from"], 10, "line 4: there is a part from 10 already."],
  [4, ["ended"], "maybe", "line 5: ended must be equal to one of"],
  [4, ["end"], "far", "line 5: end must"],
  [4, [], 7, "line 5: neither a part"],
])("line %i, %j: %j is refused", (line, field, value, expected) => {
  write(linesOf().map((one, index) => (index === line ? changed(one, field, value) : one)));
  expect(() => readManifest(folder)).toThrow(expected);
});

test("whatever is changed, it is read, or one line says which line is wrong", () => {
  const original = linesOf();
  const paths = original.flatMap((line, index) => pathsOf(line).map((one) => ({ index, one })));
  const value = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 1 }));
  fc.assert(
    fc.property(fc.constantFrom(...paths), value, ({ index, one }, to) => {
      write(original.map((line, at) => (at === index ? changed(line, one, to) : line)));
      expect(problemIn()).toMatch(/^(?:\S+manifest\.ndjson [^\n]*\.)?$/);
    }),
    { numRuns: 2000 },
  );
});

/** What is said of the manifest, if it is wrong; any other kind of error is thrown on. */
function problemIn(): string {
  try {
    readManifest(folder);
    return "";
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function pathsOf(value: unknown, to: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [to];
  return [to, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...to, key]))];
}

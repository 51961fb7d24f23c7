import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { MadePart } from "../crew/made-part.js";
import type { RunPlan } from "../plan.js";
import { placeStaged } from "./place.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-place-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = { sidecar: null, sync: "close" } as RunPlan;
const FILE = "part-000000000000.ndjson";

function made(staging: string, changed: Partial<MadePart["part"]> = {}): MadePart {
  return {
    part: {
      ...{ from: 0, to: 3, file: FILE, facts: 3, encodedBytes: 5, storedBytes: 5 },
      ...{ crc32: "00000000", sidecar: null, rejected: 0, rejects: null, ...changed },
    },
    sourceEnded: false,
    staging,
  };
}

function stage(name: string): string {
  mkdirSync(join(folder, ".staging", name), { recursive: true });
  writeFileSync(join(folder, ".staging", name, FILE), "12345");
  return `.staging/${name}`;
}

test("a part that counts is put in place, and its attempt's folder is gone", () => {
  const staging = stage("first");
  expect(placeStaged(plan, folder, made(staging))).toMatchObject({ facts: 3 });
  expect(readFileSync(join(folder, FILE), "utf8")).toBe("12345");
  expect(existsSync(join(folder, staging))).toBe(false);
});

test("what is gone, or is not whole, is not put in place", () => {
  expect(placeStaged(plan, folder, made(".staging/nothing"))).toBeUndefined();
  expect(placeStaged(plan, folder, made(stage("short"), { storedBytes: 6 }))).toBeUndefined();
});

test("what a worker says leads to no other place", () => {
  stage("second");
  expect(() => placeStaged(plan, folder, made(".staging/../.."))).toThrow(/where none may be/);
  expect(() => placeStaged(plan, folder, made(".staging/second", { file: "../x" }))).toThrow(
    /part.file/,
  );
});

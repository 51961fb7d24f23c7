import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Journal } from "./journal.js";
import type { Job } from "./model/plan.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const jobOf = (run: string): Job => ({
  ...{ stage: "a", part: "1", run, output: "x", retries: 0 },
  ...{ timeoutSeconds: null, after: [], afterAll: [] },
});

test("of a part only what was done last is done, also when it is read again", () => {
  const path = join(folder, "journal");
  const linesOf = (journal: Journal) => ["A", "B"].map((run) => journal.lineOf(jobOf(run)));
  const first = new Journal(path);
  first.add(jobOf("A"));
  expect(linesOf(first)).toEqual([2, undefined]);
  first.add(jobOf("B"));
  expect(linesOf(first)).toEqual([undefined, 3]);
  first.add(jobOf("A"));
  first.close();
  const second = new Journal(path);
  expect(linesOf(second)).toEqual([4, undefined]);
  second.forget(jobOf("B"));
  second.forget(jobOf("B"));
  second.close();
  const third = new Journal(path);
  expect(linesOf(third)).toEqual([undefined, undefined]);
  third.add(jobOf("B"));
  third.close();
  expect(linesOf(new Journal(path))).toEqual([undefined, 6]);
  writeFileSync(path, `${readFileSync(path, "utf8")}{"done":"[1]"}\n`);
  expect(() => new Journal(path)).toThrow("line 7: says nothing that is understood");
});

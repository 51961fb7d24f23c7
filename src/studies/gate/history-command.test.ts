import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";
import { imaginedGate } from "../../testing/gate-document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-history-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("gates are added, and a change of level is named where it began", async () => {
  const file = join(folder, "history.ndjson");
  for (const [index, change] of [0, 0.01, 0, 0.01, 0.2, 0.21, 0.2, 0.21].entries()) {
    const gate = join(folder, "gate.json");
    const createdAt = `2026-11-${String(index + 1).padStart(2, "0")}T10:00:00.000Z`;
    writeFileSync(gate, JSON.stringify({ ...imaginedGate(change), createdAt }));
    const words = ["history", "add", gate, "--file", file, "--label", `commit-${index}`];
    expect(await hellfact(words)).toMatchObject({ code: 0, stdout: "" });
  }
  const { code, stdout } = await hellfact(["history", "show", "--file", file]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/json write +commit-0 +2026-11-01 +4 +/);
  expect(stdout).toMatch(/commit-4 +2026-11-05 +4 +\+2\d +\+\d/);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test.each<[string[], string]>([
  [["show", "--file", "none.ndjson"], "none.ndjson: there is no such file"],
  [["forget"], '"forget" is neither'],
  [["add"], "takes the result document of a gate"],
])("history %j is one line and exit code 2", async (words, expected) => {
  const { code, stdout, stderr } = await hellfact(["history", ...words]);
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a broken line of a history is named", async () => {
  const file = join(folder, "broken.ndjson");
  writeFileSync(file, '{"at":1}\n');
  const { code, stderr } = await hellfact(["history", "show", "--file", file]);
  expect(code).toBe(2);
  expect(stderr).toContain("broken.ndjson line 1");
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";
import { refusesNesting } from "../testing/too-deep.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-shape-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("tells the shape of a file's facts, gzipped or not", async () => {
  const file = join(folder, "facts.ndjson");
  const text = '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n';
  writeFileSync(file, text);
  writeFileSync(`${file}.gz`, gzipSync(text));
  for (const path of [file, `${file}.gz`]) {
    const { code, stdout } = await hellfact(["shape", path]);
    expect(code).toBe(0);
    expect(stdout).toContain(`2 facts of ${path}, 15.0 B of JSON each`);
    expect(stdout).toMatch(/^ integers, % of values +50$/m);
    expect(stdout).toMatch(/^ keys, % of bytes +53$/m);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  }
});

test("without a file, the shape of generated facts, of the size that is asked for", async () => {
  const words = ["shape", "--facts", "64", "--fact-size", "8KB", "--json"];
  const { code, stdout } = await hellfact(words);
  expect(code).toBe(0);
  const shape = JSON.parse(stdout) as { facts: number; jsonBytes: { mean: number } };
  expect(shape.facts).toBe(64);
  expect(shape.jsonBytes.mean).toBeGreaterThan(7_600);
  expect(shape.jsonBytes.mean).toBeLessThan(8_400);
});

test.each<[string[], string]>([
  [["no-such-file"], "no-such-file"],
  [["some.json", "--fact-size", "8KB"], "--fact-size is for generated facts"],
  [["--fact-size", "8"], "It takes a size with its unit"],
  [["--facts", "0"], "It takes a whole number from 1"],
])("shape %j is one line and exit code 2", async (words, expected) => {
  const { code, stdout, stderr } = await hellfact(["shape", ...words]);
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

const DEPTH = 9000;
test.runIf(refusesNesting(DEPTH))("a fact that is nested too deeply is named", async () => {
  const file = join(folder, "deep.ndjson");
  writeFileSync(file, `{"a":1}\n{"a":${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}}\n`);
  const { code, stderr } = await hellfact(["shape", file, "--quiet"]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    `hellfact: ${file}, fact 2: it is nested too deeply to be looked into. Leave it out.\n`,
  );
});

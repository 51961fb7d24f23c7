import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { factsOf, type OnReject, type Reject } from "../core/ranged-source.js";
import { inputFile, lineRange, opened } from "./line-range.js";
import { lineStream } from "./line-stream.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "facts.ndjson");

test("ranges of any length give every fact once, whatever the lines are like", () => {
  const line = fc.oneof(
    fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })).map((fact) => JSON.stringify(fact)),
    fc.constantFrom("", "  ", '{"a":1}\r'),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 100 }),
      (lines, endsWithNewline, step) => {
        const text = lines.join("\n") + (endsWithNewline ? "\n" : "");
        writeFileSync(path, text);
        const expected = lines
          .filter((one) => one.trim() !== "")
          .map((one) => JSON.parse(one) as Fact);
        const source = lineRange(path);
        const size = Buffer.byteLength(text);
        const found: Fact[] = [];
        for (let from = 0; from < size; from += step) {
          found.push(...(source.facts(from, from + step) as Iterable<Fact>));
        }
        expect(found).toEqual(expected);
        expect(source.ended || size === 0).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

test("a line longer than what is read at a time is one fact", () => {
  const facts = [{ a: "x".repeat(3_000_000) }, { b: 1 }, { c: "y".repeat(1_048_570) }];
  writeFileSync(path, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
  expect([...(lineRange(path).facts(0, 1e9) as Iterable<Fact>)]).toEqual(facts);
});

test("a range inside a long line has nothing, also after the last range was read", () => {
  writeFileSync(path, `{"a":"${"x".repeat(1000)}"}\n{"b":1}\n`);
  const source = lineRange(path);
  expect([...(source.facts(1000, 2000) as Iterable<Fact>)]).toEqual([{ b: 1 }]);
  expect(source.ended).toBe(true);
  expect([...(source.facts(100, 200) as Iterable<Fact>)]).toEqual([]);
  expect({ position: source.position, ended: source.ended }).toEqual({
    position: 200,
    ended: false,
  });
});

test("what is no fact is an error with its line and byte, or is kept aside", async () => {
  writeFileSync(path, '{"a":1}\n{"a":\n[1]\n{"a":2}\n');
  const { bytes: size } = inputFile(path);
  expect(() => [...(lineRange(path).facts(3, size) as Iterable<Fact>)]).toThrow(
    `${path} line 2, byte 13: Unexpected end of input`,
  );
  const sources = [
    (onReject: OnReject) => lineRange(path, onReject),
    (onReject: OnReject) => lineStream(path, { onReject }),
  ];
  for (const open of sources) {
    const rejects: Reject[] = [];
    const facts: Fact[] = [];
    const source = open((reject) => rejects.push(reject));
    for await (const fact of factsOf(source, 0, size)) {
      if (fact !== undefined) facts.push(fact);
    }
    expect(facts).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rejects.map(({ byte, problem }) => [byte, problem])).toEqual([
      [8, `${path} line 2, byte 13: Unexpected end of input. Make it valid JSON.`],
      [14, `${path} line 3, byte 14: an array where a fact should be. Give an object.`],
    ]);
  }
});

test.skipIf(process.platform === "win32")("a pipe is no file, and is not waited for", () => {
  const pipe = join(folder, "pipe");
  execFileSync("/usr/bin/env", ["mkfifo", pipe]);
  for (const look of [inputFile, opened]) {
    expect(() => look(pipe)).toThrow(`${pipe} is not a file. Give one with facts in it.`);
  }
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readLines } from "../../../sources/lines.js";
import { factOn } from "../../../sources/parse-fact.js";
import { FactSummary } from "../../../summarise/fact-summary.js";
import { questionOf, type Asked } from "../../../summarise/index.js";
import { sumUp } from "./sum-up.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-sum-up-"));
const path = join(folder, "facts.ndjson.gz");
afterAll(() => rmSync(folder, { recursive: true }));

/** What a text's sketch is, or what is wrong with it: line by line, each made whole. */
async function plainly(asked: Asked): Promise<string> {
  const summary = new FactSummary(questionOf(asked));
  try {
    for await (const line of readLines(path)) summary.add(factOn(path, line));
    return told(summary);
  } catch (error) {
    return String(error);
  }
}

async function summedUp(asked: Asked): Promise<string> {
  const summary = new FactSummary(questionOf(asked));
  try {
    await sumUp({ kind: "stream", path, allowBombs: false }, summary, () => undefined);
    return told(summary);
  } catch (error) {
    return String(error);
  }
}

const told = (summary: FactSummary) => Buffer.from(summary.toBytes()).toString("base64");

const KINDS = ["count", "unique", "quantile", "top"] as const;
const all = (...paths: string[]) =>
  paths.flatMap((one) => KINDS.map((kind) => ({ kind, path: one })));
const QUESTIONS: readonly Asked[] = [
  { aggregates: all("a", "b", "c.d") },
  { aggregates: all("l[]", "l[].a", "l[][]", "l", "c") },
  { by: "b", aggregates: all("a", "l[].a") },
  { by: "c.d", aggregates: all("b") },
  { aggregates: all("*", "c.*", "a") },
];

const scalar = fc.oneof(
  fc.constantFrom(
    "x",
    "y",
    "",
    "é",
    'say "hi"',
    "a\nb",
    "🗡",
    "a text that is longer than most are",
  ),
  fc.constantFrom(0, -0, 1, -7, 2 ** 31, 1e21, 1e-7, 0.1, 123456789.125, 4e-320),
  fc.constantFrom(null, true, false),
  fc.integer({ min: 0, max: 40 }).map((id) => `id-${id}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar },
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "d", "ä", "__proto__"), tie("value")),
  ),
})).value;
const row = fc.record({ a: scalar, b: scalar, c: fc.record({ d: scalar }), l: value });
const good = fc.oneof(
  { weight: 8, arbitrary: row.map((one) => JSON.stringify(one)) },
  fc.record({ a: value, l: value }, { requiredKeys: [] }).map((one) => JSON.stringify(one)),
  fc.constantFrom(
    ...['{"a":1,"a":"x"}', '{"l":[{"a":1,"a":"é"},{"a":[],"a":null}],"a":1}', "{}"],
    ...['{"\\u0061":"escaped"}', '{"a":1e400,"b":-0,"c":{"d":1E3}}', '{"a":"\\ud800","b":"\\/"}'],
    ...['{"a": 1, "b": 2}', ' {"a":1}', '{"a":1} ', '{"a":1}\r', "", " ", "\r", "\t\n\n"],
    `{"a":"${"large ".repeat(1000)}","b":1}`,
    `{"a":1,"l":${"[".repeat(400)}${"]".repeat(400)}}`,
    `{"a":1,"l":${"[".repeat(600)}${"]".repeat(600)}}`,
  ),
);
const bad = fc.constantFrom(
  ...["7", "null", "[1]", '"text"', '{"a":1}{"a":2}', '{"a":1},', '{"a":01}', '{"a":tru}', "{"],
  ...['{"a":"b\tc"}', '{"a":1,}', "{a:1}", "\u0000", '{"a":"'],
);

test("lines that are read together say what each says alone, and so do errors", async () => {
  const text = fc.record({
    lines: fc.array(good, { minLength: 1, maxLength: 120 }),
    wrong: fc.option(fc.tuple(bad, fc.nat(119)), { freq: 3 }),
    isDamaged: fc.boolean(),
    ending: fc.constantFrom("\n", "", "\n\n", "\r\n"),
    repeated: fc.constantFrom(1, 2, 9),
  });
  await fc.assert(
    fc.asyncProperty(text, async ({ lines, wrong, isDamaged, ending, repeated }) => {
      const first = JSON.stringify({ a: 1, b: "x" });
      const written = [first, ...Array.from({ length: repeated }, () => lines).flat()];
      if (wrong !== null) written.splice(1 + (wrong[1] % lines.length), 0, wrong[0]);
      const bytes = Buffer.from(written.join("\n") + ending);
      // Half a character where there was a whole one.
      if (isDamaged && wrong !== null) bytes[bytes.lastIndexOf("a")] = 0xc3;
      writeFileSync(path, gzipSync(bytes, { level: 1 }));
      for (const asked of QUESTIONS) expect(await summedUp(asked)).toBe(await plainly(asked));
    }),
    { seed: 5, numRuns: 120 },
  );
});

/** Rows of which many share a read, in several pieces of a file, with more different values than tops count. */
function rows(count: number): string[] {
  return Array.from({ length: count }, (_, id) =>
    JSON.stringify({
      ...{ a: `p${(id * 7919) % 5003}`, b: id % 3 === 0 ? id % 7 : `b${id % 7}` },
      ...{ c: { d: (id * 31) % 2711 }, l: [id / 8, null, { a: id % 100 }] },
    }),
  );
}

test("many rows say what each says alone", async () => {
  writeFileSync(path, gzipSync(`${rows(30_000).join("\n")}\n`, { level: 1 }));
  for (const asked of QUESTIONS) expect(await summedUp(asked)).toBe(await plainly(asked));
});

test.each([
  [1, '{"a":1', "line 2, byte"],
  [12_345, '{"a":"b\tc"}', "line 12346, byte"],
  [29_999, "[1]", "line 30000, byte"],
])(
  "after %i rows that are read together, %s is told with its line and byte",
  async (at, line, expected) => {
    const lines = rows(30_000);
    lines.splice(at, 1, line);
    writeFileSync(path, gzipSync(`${lines.join("\n")}\n`, { level: 1 }));
    const problem = await summedUp(QUESTIONS[0] as Asked);
    expect(problem).toContain(expected);
    expect(problem).toBe(await plainly(QUESTIONS[0] as Asked));
  },
);

test("too many groups are refused in the middle of lines that are read together", async () => {
  writeFileSync(path, gzipSync(`${rows(5000).join("\n")}\n`, { level: 1 }));
  const asked: Asked = { by: "a", aggregates: all("b") };
  expect(await summedUp(asked)).toContain("more than 1000 groups");
});

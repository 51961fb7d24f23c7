import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { parserCases, realDocuments } from "../testing/shared-data.js";
import { fileSource } from "./file.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-source-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Uint8Array): string {
  const path = join(folder, `${++files}.data`);
  writeFileSync(path, content);
  return path;
}

async function read(path: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const fact of fileSource(path).facts()) facts.push(fact);
  return facts;
}

const errorOutput = async (content: string | Uint8Array) => {
  const error: unknown = await read(file(content)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InputError", exitCode: 2 });
  const { message } = error as Error;
  expect(message).not.toContain("\n");
  return message.replace(/^\S+\.data:? /, "");
};

describe("what a file may hold", () => {
  const facts = [{ a: 1 }, { b: "zwölf\nlines" }, { c: { d: [null] } }];
  const lines = facts.map((fact) => JSON.stringify(fact));
  test.each([
    ["one object", JSON.stringify(facts[2]), [facts[2]]],
    ["one object over several lines", JSON.stringify(facts[1], null, 2), [facts[1]]],
    ["an array of objects", JSON.stringify(facts), facts],
    ["an array over several lines", JSON.stringify(facts, null, 2), facts],
    ["one object a line", lines.join("\n"), facts],
    ["one object a line, the last ended, too", `${lines.join("\n")}\n`, facts],
    ["blank lines between", `\n${lines.join("\r\n\r\n")}\n  \n`, facts],
    ["a byte-order mark", `\ufeff${lines.join("\n")}`, facts],
    ["a single object with a byte-order mark", `\ufeff${lines[0]}`, [facts[0]]],
  ])("%s", async (_, content, expected) => {
    expect(await read(file(content))).toEqual(expected);
    expect(await read(file(gzipSync(content)))).toEqual(expected);
  });

  test("several gzip members behind one another", async () => {
    const members = lines.map((line) => gzipSync(`${line}\n`));
    expect(await read(file(Buffer.concat(members)))).toEqual(facts);
  });

  test("lines longer than any buffer, and many of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(400_000), { minLength: 2, maxLength: 5 }),
        async (lengths) => {
          const long = lengths.map((length) => ({ text: "ü".repeat(length) }));
          const content = long.map((fact) => JSON.stringify(fact)).join("\n");
          expect(await read(file(content))).toEqual(long);
        },
      ),
      { numRuns: 20 },
    );
  });

  test.skipIf(realDocuments.length === 0).each(realDocuments.map((path) => [basename(path), path]))(
    "the real document %s",
    async (_, path) => {
      expect((await read(path)).length).toBeGreaterThan(0);
    },
  );
});

describe("what is wrong is said with its place", () => {
  test.each([
    ["", "holds no facts. Give it at least one JSON object."],
    ["  \n\n", "holds no facts. Give it at least one JSON object."],
    ["[]", "holds no facts. Give it at least one JSON object."],
    ['{"a":1,}', "line 1, byte 7: Expected double-quoted property name. Make it valid JSON."],
    ['{"a":1}\n{"b":2\n{"c":3}', "line 2, byte 14: Expected ',' or '}' after property value. "],
    ['{"a":"ü"}\n{"b":xyz}', "line 2, byte 16: Unexpected token 'x'. Make it valid JSON."],
    ['{\n "a": 1\n "b": 2\n}', "line 3, byte 11: Expected ',' or '}' after property value. "],
    ['{"a":', "line 1, byte 5: Unexpected end of"],
    ["[1,\n x]", "line 2, byte 5: Unexpected token 'x'. Make it valid JSON."],
    ["5", "holds a number. Give an object, an array of objects, or one object a line."],
    ['[{"a":1},[2]]', "element 1: an array where a fact should be. Give an object."],
    ['{"a":1}\nnull', "line 2, byte 8: null where a fact should be. Give an object."],
  ])("%j", async (content, expected) => {
    expect(await errorOutput(content)).toContain(expected);
  });

  test("bytes that are not UTF-8", async () => {
    const content = Buffer.concat([
      Buffer.from('{"ä":1}\n{"b":"'),
      Buffer.from([0xff, 0x22, 0x7d]),
    ]);
    expect(await errorOutput(content)).toBe(
      "line 2, byte 15: not UTF-8. Convert the file to UTF-8.",
    );
  });

  test("gzip that is cut off, damaged, or followed by something else", async () => {
    const whole = gzipSync('{"a":1}\n{"b":2}\n'.repeat(1000));
    expect(await errorOutput(whole.subarray(0, -9))).toContain(
      `the gzip data is truncated; the file ends at byte ${whole.length - 9}.`,
    );
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 1;
    expect(await errorOutput(damaged)).toMatch(/the gzip data is damaged near byte \d+ of \d+/);
    expect(await errorOutput(Buffer.concat([whole, Buffer.from("more")]))).toMatch(/near byte \d+/);
    expect(await errorOutput(Buffer.concat([whole, Buffer.alloc(4)]))).toContain(
      `from byte ${whole.length} of ${whole.length + 4}. Cut them off.`,
    );
  });

  test("a file that is not there, or is no file", async () => {
    await expect(read(join(folder, "missing"))).rejects.toThrow("there is no such file.");
    await expect(read(folder)).rejects.toThrow("is not a file.");
  });

  test.skipIf(parserCases.length === 0)("every case that no parser may accept", async () => {
    const cases = parserCases.filter((path) => basename(path).startsWith("n_"));
    expect(cases.length).toBeGreaterThan(180);
    for (const path of cases) {
      const error: unknown = await read(path).catch((thrown: unknown) => thrown);
      expect(error, basename(path)).toMatchObject({ name: "InputError" });
      expect((error as Error).message).toMatch(/line \d+, byte \d+: |holds no facts/);
    }
  });

  test.skipIf(parserCases.length === 0)("no case that every parser must accept", async () => {
    for (const path of parserCases.filter((name) => basename(name).startsWith("y_"))) {
      const error: unknown = await read(path).catch((thrown: unknown) => thrown);
      // Most of these are no facts, which is another matter than broken JSON.
      expect(String(error), basename(path)).not.toContain("valid JSON");
    }
  });
});

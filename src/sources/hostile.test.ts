import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsOf } from "../core/ranged-source.js";
import { hellfact } from "../testing/command.js";
import { fileSource } from "./file.js";
import { lineStream } from "./line-stream.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const SIZE = 54e6;

/** Both ways to read a file from its start. */
const readers = {
  fileSource: (path: string, allowBombs: boolean) =>
    fileSource(path, undefined, { allowBombs }).facts(),
  lineStream: (path: string, allowBombs: boolean) =>
    factsOf(lineStream(path, { allowBombs }), 0, Infinity),
};

async function read(facts: AsyncIterable<unknown> | Iterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const fact of facts) found.push(fact);
  return found;
}

/** 270 MB of newlines: over 1,000:1 as level 9 has them, about 230:1 as level 1 does. */
beforeAll(() => {
  for (const level of [1, 9]) {
    const member = gzipSync(Buffer.alloc(SIZE, "\n"), { level });
    const members = Array.from({ length: 5 }, () => member);
    writeFileSync(at(`blank-${level}.gz`), Buffer.concat(members));
    writeFileSync(at(`fact-${level}.gz`), Buffer.concat([...members, gzipSync('{"a":1}\n')]));
  }
  writeFileSync(at("spaces.gz"), gzipSync(Buffer.alloc(5 * SIZE, " "), { level: 9 }));
});

describe.each(Object.entries(readers))("%s", (_, facts) => {
  test("empty lines take no memory, however many there are", async () => {
    const before = process.memoryUsage.rss();
    expect(await read(facts(at("fact-1.gz"), false))).toEqual([{ a: 1 }]);
    // A thousandth of what an object for each line would take.
    expect(process.memoryUsage.rss() - before).toBeLessThan(150e6);
  });

  test.each(["blank-9.gz", "fact-9.gz", "spaces.gz"])("%s is told as a bomb", async (name) => {
    await expect(read(facts(at(name), false))).rejects.toThrow(
      /gz: \d+ bytes of gzip hold \d+ bytes and no fact, over 1,000:1.*--allow-bombs/,
    );
  });

  test("which can be read on purpose", async () => {
    expect(await read(facts(at("fact-9.gz"), true))).toEqual([{ a: 1 }]);
  });

  test("places are right behind empty lines, in lines and in a document over several", async () => {
    writeFileSync(at("late.ndjson"), `\n \n\r\n{"a":1}\n\n{"a":}\n`);
    await expect(read(facts(at("late.ndjson"), false))).rejects.toThrow("line 6, byte 19");
  });

  test("a bit that flipped in gzip is told of the gzip, not of the JSON that it makes", async () => {
    const lines = Array.from({ length: 3000 }, (__, n) => `{"id":${n},"name":"n${n * 7919}"}\n`);
    const gzip = gzipSync(lines.join(""));
    for (const byte of [1, 12, 60, 500, gzip.length >> 1, gzip.length - 6]) {
      const flipped = Buffer.from(gzip);
      flipped[byte] = (flipped[byte] ?? 0) ^ 4;
      writeFileSync(at("flipped.gz"), flipped);
      await expect(read(facts(at("flipped.gz"), false)), `byte ${byte}`).rejects.toThrow(/gzip/);
    }
  });
});

test("a document after empty lines has its places right", async () => {
  writeFileSync(at("late.json"), `\n \n{\n\n  "a": [1,\n   oops]\n}\n`);
  await expect(read(fileSource(at("late.json")).facts())).rejects.toThrow("line 6, byte 20");
});

test.each([
  ["run", "--input", at("fact-9.gz"), "--sink", "null"],
  ["infer", at("fact-9.gz")],
])("%s takes --allow-bombs", async (...words) => {
  const refused = await hellfact([...words, "--quiet"], { cwd: folder });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^hellfact: [^\n]* Give --allow-bombs to read on\.\n$/);
  expect(await hellfact([...words, "--quiet", "--allow-bombs"], { cwd: folder })).toMatchObject({
    code: 0,
    stderr: "",
  });
});

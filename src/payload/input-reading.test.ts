import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { openInput } from "../sources/input.js";
import { readerOf } from "./input-reading.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FACTS = [{ a: 1 }, { a: 2, b: ["x"] }, { a: 3 }];
const LINES = FACTS.map((fact) => JSON.stringify(fact)).join("\n");

async function readerOfFile(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const read = await readerOf(await openInput([path], { bytes: 0 }), FACTS);
  return { path, read };
}

describe("what a pipeline reads is read again from its file", () => {
  test.each([
    ["lines.ndjson", LINES],
    ["lines.ndjson.gz", gzipSync(LINES)],
    ["table.csv", "a\n1\n2\n3\n"],
  ])("%s", async (name, content) => {
    const { path, read } = await readerOfFile(name, content);
    expect([await read(2), await read(9)]).toEqual([2, 3]);
    rmSync(path);
    await expect(read(2)).rejects.toThrow("there is no such file");
  });
});

test.each([
  ["one document of many lines", JSON.stringify(FACTS, null, 2)],
  ["an array on one line", JSON.stringify(FACTS)],
  ["one fact of many lines", JSON.stringify(FACTS[0], null, 2)],
])("%s costs what its facts cost as lines", async (_, text) => {
  const { path, read } = await readerOfFile("document.json", text);
  rmSync(path);
  expect([await read(2), await read(9)]).toEqual([2, 3]);
});

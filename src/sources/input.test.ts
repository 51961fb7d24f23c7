import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  Table as ArrowTable,
  tableToIPC,
  vectorFromArray,
  Utf8,
  Int64,
  Float64,
  List,
  Field,
} from "apache-arrow";
import { afterAll, describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { inputSource, openInput } from "./input.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-input-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};

async function read(...words: string[]): Promise<Fact[]> {
  const facts: Fact[] = [];
  const input = await openInput(words, { bytes: 1e6 });
  for await (const fact of inputSource(input).facts()) facts.push(fact);
  return facts;
}

async function complaint(...words: string[]): Promise<string> {
  const error: unknown = await read(...words).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InputError", exitCode: 2 });
  const { message } = error as Error;
  expect(message).not.toContain("\n");
  return message.replaceAll(`${folder}/`, "");
}

describe("several files", () => {
  mkdirSync(at("logs/deep"), { recursive: true });
  write("logs/b.ndjson", '{"n":2}\n{"n":3}\n');
  write("logs/a.ndjson.gz", gzipSync('{"n":1}\n'));
  write("logs/deep/c.json", '[{"n":4}]');
  write("logs/t.csv", "n\n5\n");

  test("are read one after another, whatever their formats", async () => {
    const words = ["logs/b.ndjson", "logs/t.csv", "logs/deep/c.json"].map(at);
    expect(await read(...words)).toEqual([{ n: 2 }, { n: 3 }, { n: 5 }, { n: 4 }]);
  });

  test("a pattern means the files that match it, in the order of their names, each once", async () => {
    expect(await read(at("logs/*.ndjson*"), at("logs/b.ndjson"))).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    expect((await read(at("logs/**/*"))).length).toBe(5);
  });

  test("a file whose name looks like a pattern is that file", async () => {
    expect(await read(write("odd[1].json", '{"n":6}'))).toEqual([{ n: 6 }]);
  });

  test("what is wrong is one line", async () => {
    expect(await complaint(at("logs/*.xml"))).toBe("logs/*.xml: no file matches.");
    expect(await complaint(at("none.json"))).toBe("none.json: there is no such file.");
    expect(await complaint("-", at("logs/b.ndjson"))).toContain(
      "standard input (-) can only be read alone",
    );
    expect(await complaint(at("logs/b.ndjson"), write("bad.ndjson", '{"n":1}\n{n}\n'))).toContain(
      "bad.ndjson line 2, byte 9",
    );
  });
});

describe("CSV", () => {
  const csv = (text: string) => read(write("table.csv", text));

  test("columns of numbers and of true and false are read as such, empty cells are no keys", async () => {
    expect(
      await csv('\ufeffid,name,ok,price\n1,Ann,true,1.50\n2,,false,-2e3\n3,"a,""b""\nc",,\n'),
    ).toEqual([
      { id: 1, name: "Ann", ok: true, price: 1.5 },
      { id: 2, ok: false, price: -2000 },
      { id: 3, name: 'a,"b"\nc' },
    ]);
  });

  test("a column with one word in it is text, as are numbers that would change", async () => {
    expect(await csv("zip,id,at,zero\n01234,12345678901234567890,1,-0\n56789,7,n/a,1\n")).toEqual([
      { zip: "01234", id: "12345678901234567890", at: "1", zero: "-0" },
      { zip: "56789", id: "7", at: "n/a", zero: "1" },
    ]);
  });

  test("semicolons and tabs do, and gzip", async () => {
    expect(await csv("a;b\n1,5;2\n")).toEqual([{ a: "1,5", b: 2 }]);
    expect(await read(write("tabs.tsv", "a\tb\n1\t2\n"))).toEqual([{ a: 1, b: 2 }]);
    expect(await read(write("zipped.csv.gz", gzipSync("a,b\n1,2\n")))).toEqual([{ a: 1, b: 2 }]);
  });

  test("a column may be called as what no assignment keeps", async () => {
    const [fact] = await csv("id,__proto__,constructor\n1,2,x\n");
    expect(Object.entries(fact ?? {})).toEqual([
      ["id", 1],
      ["__proto__", 2],
      ["constructor", "x"],
    ]);
  });

  test("a delimiter within a name in quotes is part of the name", async () => {
    expect(await csv('"size; in cm; net",price\n"1;2",3\n')).toEqual([
      { "size; in cm; net": "1;2", price: 3 },
    ]);
  });

  test.each([
    ["a,b\n1,2\n3\n", "table.csv line 3: "],
    ["a,a\n1,2\n", 'table.csv line 1: two columns are called "a"'],
    ["a,,c\n1,2,3\n", "table.csv line 1: column 2 has no name"],
    ['a,b\n"1,2\n', "table.csv line"],
    ["a,b\n", "table.csv holds no facts. Give it at least one row."],
    ["", "table.csv holds no facts"],
  ])("%j is refused in one line", async (text, expected) => {
    write("table.csv", text);
    expect(await complaint(at("table.csv"))).toContain(expected);
  });
});

const parquet = await import("parquet-wasm").catch(() => undefined);

describe.skipIf(parquet === undefined)(
  "Parquet (skipped where parquet-wasm is not installed)",
  () => {
    const bytesOf = () => {
      if (parquet === undefined) return new Uint8Array();
      const table = new ArrowTable({
        id: vectorFromArray([1n, 2n, 2n ** 60n], new Int64()),
        name: vectorFromArray(["a", null, "c"], new Utf8()),
        share: vectorFromArray([0.5, Number.NaN, -2], new Float64()),
        tags: vectorFromArray([["x"], [], ["y", "z"]], new List(new Field("item", new Utf8()))),
      });
      return parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, "stream")));
    };

    test("rows are facts, by what the file is and not what it is called", async () => {
      expect(await read(write("rows.bin", bytesOf()))).toEqual([
        { id: 1, name: "a", share: 0.5, tags: ["x"] },
        { id: 2, name: null, share: null, tags: [] },
        { id: "1152921504606846976", name: "c", share: -2, tags: ["y", "z"] },
      ]);
    });

    test("a truncated file is refused in one line", async () => {
      write("cut.parquet", bytesOf().subarray(0, 100));
      expect(await complaint(at("cut.parquet"))).toContain("cut.parquet is no whole Parquet file");
    });
  },
);

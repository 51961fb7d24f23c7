/** Queries over files of facts whose names and keys are as odd as they may be. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { quoted } from "../core/sql.js";
import type { Fact } from "../core/fact.js";
import { openDataset } from "./dataset.js";
import { Engine } from "./engine.js";
import type { PlainValue } from "./result.js";

const hasDuckDb = await import("@duckdb/node-api").then(
  () => true,
  () => false,
);
const folder = mkdtempSync(join(tmpdir(), "hellfact-engine-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

function written(facts: readonly Fact[], ending = ".ndjson"): string {
  const path = join(folder, `facts-${files++}${ending}`);
  const text = facts.map((fact) => `${JSON.stringify(fact)}\n`).join("");
  writeFileSync(path, ending.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

async function ask(sql: string, ...places: string[]): Promise<PlainValue[][]> {
  const temp = join(folder, "temp");
  const engine = await Engine.open(await openDataset(places), { temp });
  try {
    const found: PlainValue[][] = [];
    for await (const { rows } of engine.ask(sql)) {
      for await (const some of rows) found.push(...some.map((row) => [...row]));
    }
    return found;
  } finally {
    engine.close();
    expect(readdirSync(temp)).toEqual([]);
  }
}

const oddKey = fc.oneof(
  fc.constantFrom(
    "a.b",
    '"',
    "'",
    "größe",
    "🗡",
    " ",
    "\\",
    "select",
    "'); DROP VIEW facts; --",
    "[1]",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
const name = oddKey.filter(
  (key) => !key.includes("\0") && key.isWellFormed() && key !== "__proto__",
);

test.skipIf(!hasDuckDb)("values at any keys come back, whatever the keys are", async () => {
  await fc.assert(
    fc.asyncProperty(name, name, name, async (outer, inner, other) => {
      const value = { [inner]: 7, [`${inner}2`]: "x" };
      const facts = [{ [outer]: value, [`${outer}${other}`]: [value, value] }];
      const path = written(Array.from({ length: 12 }, () => facts[0] as Fact));
      const [row] = await ask(
        `SELECT ${quoted(outer)}.${quoted(inner)}, ${quoted(`${outer}${other}`)}[2].${quoted(inner)} FROM facts`,
        path,
      );
      expect(row).toEqual([7, 7]);
    }),
    { numRuns: 10 },
  );
});

test.skipIf(!hasDuckDb)(
  "keys that SQL cannot tell apart, and values of no one type, are JSON",
  async () => {
    const path = written([
      { id: 1, odd: { a: 1, A: 2, "": 3 }, mixed: "x", map: { k: 1 } },
      { id: 2, odd: { a: 4, A: 5, "": 6 }, mixed: [1], map: { k: 2 } },
    ]);
    const rows = await ask(`SELECT odd->>'$.A', odd->>'/', mixed FROM facts ORDER BY id`, path);
    expect(rows).toEqual([
      ["2", "3", "x"],
      ["5", "6", [1]],
    ]);
  },
);

test.skipIf(!hasDuckDb)("a file's name is no pattern and no SQL", async () => {
  const odd = join(folder, "odd");
  mkdirSync(odd);
  for (const file of ['a[1]\'s "q"; DROP.ndjson', 'a1\'s "q"; DROP.ndjson']) {
    writeFileSync(join(odd, file), `${JSON.stringify({ file })}\n`);
  }
  expect(await ask("SELECT file FROM facts", join(odd, 'a[1]\'s "q"; DROP.ndjson'))).toEqual([
    ['a[1]\'s "q"; DROP.ndjson'],
  ]);
});

test.skipIf(!hasDuckDb)(
  "halves of surrogate pairs are read as U+FFFD, and the rest is right",
  async () => {
    const facts = [
      { id: 1, text: "a\ud800b" },
      { id: 2, text: "\\ud800 😀" },
    ];
    for (const path of [written(facts), written(facts, ".ndjson.gz")]) {
      expect(await ask("SELECT text FROM facts ORDER BY id", path)).toEqual([
        ["a\ufffdb"],
        ["\\ud800 😀"],
      ]);
    }
  },
);

test.skipIf(!hasDuckDb)(
  "nothing is fetched from a network, and no extension is installed",
  async () => {
    const path = written([{ id: 1 }]);
    await expect(ask("SELECT * FROM 'https://127.0.0.1:1/x.parquet'", path)).rejects.toThrow(
      "requires the extension httpfs",
    );
    expect(await ask("SELECT current_setting('autoinstall_known_extensions')", path)).toEqual([
      [false],
    ]);
  },
);

test.skipIf(!hasDuckDb)("JSON documents, CSV and several files at once are one table", async () => {
  const array = join(folder, "array.json");
  writeFileSync(array, JSON.stringify([{ id: 1 }, { id: 2 }], null, 2));
  expect(await ask("SELECT sum(id) FROM facts", array)).toEqual([[3]]);
  expect(await ask("SELECT sum(id) FROM facts", array, written([{ id: 4 }]))).toEqual([[7]]);
  const csv = join(folder, "table.csv");
  writeFileSync(csv, "id,name\n1,x\n2,y\n");
  expect(await ask("SELECT max(name), sum(id) FROM facts", csv)).toEqual([["y", 3]]);
  expect(existsSync(join(folder, "temp"))).toBe(true);
});

test("parts that are missing or cut are told, and those that no manifest has do not count", async () => {
  const run = join(folder, "run");
  mkdirSync(run);
  const part = {
    from: 0,
    to: 1,
    file: "part-000000000000.ndjson",
    facts: 1,
    encodedBytes: 9,
    storedBytes: 9,
  };
  const plan = {
    source: { kind: "lines", path: "x.ndjson", bytes: 9 },
    ...{ codec: "json", compressor: "none", unit: "batch", sync: "close", folder: run },
    ...{ start: 0, end: 9, partLength: 9, mostPartBytes: null, mostPartSeconds: null },
    ...{ bytesPerPosition: null, sidecar: null, durationSeconds: null, onError: "stop" },
  };
  const lines = [
    { format: "hellfact-run", version: 1, plan },
    {
      part: { ...part, crc32: "d99d6d54", sidecar: null, rejected: 0, rejects: null },
      atSeconds: 1,
    },
  ];
  writeFileSync(
    join(run, "manifest.ndjson"),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
  await expect(openDataset([run])).rejects.toThrow("missing, with 1 facts");
  writeFileSync(join(run, part.file), '{"id":1}');
  await expect(openDataset([run])).rejects.toThrow("it has 8 bytes, and should have 9");
  writeFileSync(join(run, part.file), '{"id":1}\n');
  writeFileSync(join(run, "part-000000000009.ndjson"), '{"id":2}\n');
  const { notes, relations } = await openDataset([run]);
  expect(relations).toMatchObject([{ kind: "ndjson", files: [join(run, part.file)] }]);
  expect(notes.join()).toContain("1 facts in 1 parts count; 1 unfinished file does not");
  await expect(openDataset([join(run, "part-000000000009.ndjson")])).rejects.toThrow(
    "the manifest beside it does not have it",
  );
  await expect(openDataset([join(folder, "nowhere")])).rejects.toThrow("there is no such file");
});

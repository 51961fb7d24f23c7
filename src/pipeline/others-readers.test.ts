/** Files of every format are read by readers that are not ours, whole and right, whatever wrote them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import avro from "avsc";
import { UnpackrStream } from "msgpackr";
import protobuf from "protobufjs";
import { afterAll, describe, expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { memorySink } from "../sinks/memory.js";
import { dataFileName } from "./data-file.js";
import { factsIn } from "./fact-reader.js";
import { encoderOf, FactWriter } from "./fact-writer.js";
import { loadCompressor } from "../plugins/load-compressor.js";
import { loadParts } from "./parts.js";

/** Text that no encoding leaves alone, fields that are missing, null, nested, and lists. */
const schema: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "integer", minimum: 0, maximum: 1e9 },
    name: { type: "string" },
    speed: { type: "number" },
    region: { type: ["string", "null"] },
    player: {
      type: "object",
      properties: { level: { type: "integer", minimum: 0, maximum: 99 } },
      required: ["level"],
      additionalProperties: false,
    },
    marks: { type: "array", items: { type: "number" } },
  },
  required: ["id", "name", "speed", "region", "player", "marks"],
  additionalProperties: false,
};
/** Columns are made of 256 facts: that makes three batches, the last one of them smaller. */
const facts: Fact[] = Array.from({ length: 600 }, (_, id) => ({
  id,
  name: `Zoë “${id}”\n🗡`,
  speed: id / 8,
  region: id % 7 === 0 ? null : `region-${id % 5}`,
  player: { level: id % 90 },
  marks: Array.from({ length: id % 4 }, (__, mark) => mark / 2),
}));
const SPEEDS = facts.reduce((sum, { speed }) => sum + Number(speed), 0);

const folder = mkdtempSync(join(tmpdir(), "hellfact-others-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file as the pipeline writes it, in small batches. It is read back by our own reader, too. */
async function written(codec: string, compressor = "none", unit: "batch" | "file" = "batch") {
  const parts = await loadParts(codec, compressor, null, unit);
  const open = parts.codec.open({ schema });
  const sink = memorySink();
  const encoder = encoderOf(parts.codec, open);
  const writer = new FactWriter({ ...parts, ...encoder, batchBytes: 10_000 }, sink);
  for (const fact of facts) writer.add(fact);
  writer.endFile();
  const bytes = Buffer.from(sink.content());
  expect([...factsIn(bytes, parts, parts.codec.open({ schema }))]).toEqual(facts);
  const choice = await loadCompressor(compressor);
  const path = join(folder, unit + dataFileName(parts.codec, choice, unit));
  writeFileSync(path, bytes);
  return { path, bytes, sidecar: Buffer.from(open.sidecar?.() ?? []) };
}

/** DuckDB, where it is installed. */
const duckDb = await import("@duckdb/node-api").then(
  async ({ DuckDBInstance }) => (await DuckDBInstance.create()).connect(),
  () => undefined,
);

async function ask(sql: string): Promise<unknown[][]> {
  return (await duckDb?.runAndReadAll(sql))?.getRowsJson() ?? [];
}

const SUMS = `count(*)::INT, count(DISTINCT id)::INT, sum(speed), count(region)::INT, sum(player.level)::INT,
  sum(len(marks))::INT, max(name)`;
const LARGEST = facts
  .map(({ name }) => String(name))
  .toSorted()
  .at(-1);
const EXPECTED = [
  facts.length,
  facts.length,
  SPEEDS,
  facts.filter(({ region }) => region !== null).length,
  facts.reduce((sum, { player }) => sum + (player as { level: number }).level, 0),
  facts.reduce((sum, { marks }) => sum + (marks as number[]).length, 0),
  LARGEST,
];

describe.skipIf(duckDb === undefined)("DuckDB, where @duckdb/node-api is installed,", () => {
  test.each([
    ["json", "none", "batch"],
    ["json", "gzip", "batch"],
    ["json", "gzip", "file"],
    ["compiled-json", "gzip:1", "batch"],
  ] as const)("reads %s, %s by %s", async (codec, compressor, unit) => {
    const { path } = await written(codec, compressor, unit);
    const from = `read_json('${path}', format='newline_delimited')`;
    expect(await ask(`SELECT ${SUMS} FROM ${from}`)).toEqual([EXPECTED]);
  });

  test("reads Parquet: one plain file of several row groups", async () => {
    const { path } = await written("parquet");
    expect(await ask(`SELECT ${SUMS} FROM '${path}'`)).toEqual([EXPECTED]);
    expect(await ask(`SELECT count(*)::INT FROM '${path}'`)).toEqual([[600]]);
    expect(
      await ask(`SELECT num_rows::INT, num_row_groups::INT FROM parquet_file_metadata('${path}')`),
    ).toEqual([[600, 3]]);
    // What the footer says of each row group lets others be skipped, and has to be right.
    expect(
      await ask(`SELECT count(*)::INT, min(speed), max(speed) FROM '${path}' WHERE id >= 512`),
    ).toEqual([[88, 64, 599 / 8]]);
  });
});

test("gzip -d reads what is compressed in many members, also Parquet and Arrow", async () => {
  for (const codec of ["json", "parquet", "arrow", "avro"]) {
    const plain = await written(codec);
    const { path } = await written(codec, "gzip");
    const unpacked = execFileSync("gzip", ["-dc"], { input: readFileSync(path), maxBuffer: 1e9 });
    expect(unpacked.equals(plain.bytes)).toBe(true);
  }
});

test("apache-arrow's own reader reads Arrow: one plain stream of several batches", async () => {
  const { bytes } = await written("arrow");
  const table = arrow.tableFromIPC(bytes);
  expect([table.numRows, table.batches.length]).toEqual([600, 3]);
  const rows = table
    .toArray()
    .map((row: { toJSON(): unknown }) => JSON.parse(JSON.stringify(row)) as Fact);
  expect(rows).toEqual(facts);
});

test("avsc's own reader reads Avro: an object container file of several blocks", async () => {
  const { path } = await written("avro");
  const { rows, compression } = await new Promise<{ rows: unknown[]; compression: string }>(
    (resolve, reject) => {
      const found: unknown[] = [];
      let name = "";
      avro
        .createFileDecoder(path)
        .on("metadata", (_: unknown, used: string) => (name = used))
        .on("data", (row: unknown) => found.push(row))
        .on("error", reject)
        .on("end", () => resolve({ rows: found, compression: name }));
    },
  );
  expect(compression).toBe("null");
  expect(JSON.parse(JSON.stringify(rows))).toEqual(facts);
});

test("protobufjs' own delimited reader reads Protocol Buffers, by the .proto beside the file", async () => {
  const { bytes, sidecar } = await written("protobuf");
  const root = protobuf.parse(String(sidecar), { keepCase: true }).root;
  const type = root.lookupType("hellfact.Fact");
  const reader = protobuf.Reader.create(bytes);
  const rows: unknown[] = [];
  while (reader.pos < reader.len)
    rows.push(type.toObject(type.decodeDelimited(reader), { arrays: true }));
  expect(rows).toHaveLength(facts.length);
  expect(rows[8]).toMatchObject({ id: 8, name: facts[8]?.["name"], marks: [] });
  expect(rows.reduce((sum: number, row) => sum + ((row as { speed?: number }).speed ?? 0), 0)).toBe(
    SPEEDS,
  );
});

test("msgpackr's own stream reads MessagePack", async () => {
  const { bytes } = await written("msgpackr");
  const stream = new UnpackrStream({ mapsAsObjects: true });
  stream.end(bytes);
  const rows: unknown[] = [];
  for await (const row of stream) rows.push(row);
  expect(rows).toEqual(facts);
});

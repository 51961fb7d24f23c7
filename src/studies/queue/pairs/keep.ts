/** Puts distances that were computed into a store, each range exactly once. */
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { InputError } from "../../../core/errors.js";
import type { Row, TableShape } from "../../../core/store.js";
import { checkedStore } from "../../../contracts/store/own-store.js";
import { loadStore } from "../../../plugins/load-store.js";
import { readingProblem } from "../../../sources/file-bytes.js";
import { pairsBetween } from "../model/pairs.js";

const DISTANCES: TableShape = {
  name: "distances",
  columns: [
    { name: "a_id", type: "bigint" },
    { name: "b_id", type: "bigint" },
    { name: "val", type: "double" },
  ],
  constraints: ["PRIMARY KEY (a_id, b_id)", "CHECK (a_id < b_id)"],
};

export interface PairRange {
  readonly samples: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps the values of a file, one a line in the order of the pairs' numbers. Rejects with an `InputError` where
 * there are not as many as pairs.
 */
export async function keepDistances(
  file: string,
  { samples, from, to }: PairRange,
  url: string,
): Promise<void> {
  const bytes = bytesOf(file);
  const lines = bytes.toString().split("\n").slice(0, -1);
  if (lines.length !== to - from) {
    throw new InputError(
      `${file} has ${lines.length} lines. It takes one for each of ${to - from} pairs.`,
    );
  }
  const values = lines.map((line, index) => {
    const value = Number(line);
    if (line !== "" && Number.isFinite(value)) return value;
    throw new InputError(`${file} line ${index + 1}: it takes a number.`);
  });
  const choice = await checkedStore(url);
  const store = await loadStore(choice);
  const open = await store.open(choice.url);
  try {
    await open.create(DISTANCES, false);
    const sum = crc32(bytes).toString(16).padStart(8, "0");
    await open.loadPart(
      { run: `pairs/${samples}`, from, to, crc32: sum },
      [{ table: DISTANCES, rows: rowsOf(values, from, to) }],
      store.defaultMethod,
    );
  } finally {
    await open.close();
  }
}

function* rowsOf(values: readonly number[], from: number, to: number): Generator<Row> {
  let place = 0;
  for (const { a, b } of pairsBetween(from, to)) yield [a, b, values[place++] ?? null];
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw readingProblem(file, error);
  }
}

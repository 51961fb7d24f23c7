import { readFile, stat } from "node:fs/promises";
import { DataType, MapRow, StructRow, tableFromIPC, Vector, type Field } from "apache-arrow";
import { firstLine, InputError, whyNotLoaded } from "../core/errors.js";
import type { Fact } from "../core/fact.js";

/** It is read whole, and takes a multiple of its size in memory. */
const MAX_BYTES = 512_000_000;

/**
 * The rows of a Parquet file as facts. Times are milliseconds since 1970, bytes are base64, whole numbers
 * beyond 2⁵³ are text, and what JSON cannot say (NaN, infinity) is null.
 *
 * Throws an `InputError` if it is damaged or too large, or the library is not there.
 */
export async function* parquetFacts(path: string): AsyncGenerator<Fact> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    throw new InputError(
      `${path} has ${Math.round(size / 1e6)} MB, and a Parquet file is read whole: at most ${MAX_BYTES / 1e6} MB. Split it.`,
    );
  }
  const { readParquet } = await library(path);
  let table;
  try {
    table = tableFromIPC(readParquet(await readFile(path)).intoIPCStream());
  } catch (error) {
    throw new InputError(`${path} is no whole Parquet file: ${firstLine(error)}.`);
  }
  const { fields } = table.schema;
  for (const batch of table.batches) {
    const columns = fields.map((_, place) => batch.getChildAt(place));
    for (let row = 0; row < batch.numRows; row++) {
      yield Object.fromEntries(
        fields.map((field, place) => [field.name, plain(columns[place]?.get(row), field)]),
      );
    }
  }
}

async function library(path: string) {
  try {
    return await import("parquet-wasm");
  } catch (error) {
    throw new InputError(
      `${path} is Parquet, and parquet-wasm does not load: ${whyNotLoaded(error)}. npm install parquet-wasm.`,
    );
  }
}

/** A value of Arrow as JSON has it. @param field of what it is, where that is known */
function plain(value: unknown, field?: Field): unknown {
  switch (typeof value) {
    case "undefined":
      return null;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "object":
      return value === null ? null : plainObject(value, field);
    default:
      return value;
  }
}

function plainObject(value: object, field?: Field): unknown {
  const type = field?.type as DataType | undefined;
  if (type !== undefined && DataType.isDecimal(type) && value instanceof Uint32Array) {
    return decimal(value, type.scale);
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.getTime();
  if (value instanceof Vector || Array.isArray(value)) {
    const [items] = type?.children ?? [];
    return Array.from(value as Iterable<unknown>, (item) => plain(item, items));
  }
  if (value instanceof StructRow || value instanceof MapRow) {
    const fields = new Map((type?.children ?? []).map((child) => [child.name, child] as const));
    return Object.fromEntries(
      [...(value as Iterable<[unknown, unknown]>)].map(([key, inner]) => [
        String(key),
        plain(inner, fields.get(String(key))),
      ]),
    );
  }
  return JSON.stringify(value);
}

/** Words of 32 bits, the lowest first, in two's complement, as the number that they are. */
function decimal(words: Uint32Array, scale: number): number {
  const bits = BigInt(words.length * 32);
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return Number(BigInt.asIntN(Number(bits), unsigned)) / 10 ** scale;
}

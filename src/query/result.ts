/** The rows of a statement, a few at a time, in values that JSON has. */
import type { DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api";

/** What JSON can say. */
export type PlainValue =
  null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Whether the statement asks for rows, and does not only change something. */
  readonly hasRows: boolean;
  readonly rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
}

const QUERY_RESULT = 3;

export function openResult(
  result: DuckDBResult,
  said: <T>(work: () => Promise<T>) => Promise<T>,
): QueryResult {
  const types = result.columnTypes();
  const columns = result.deduplicatedColumnNames().map((name, index) => ({
    name,
    type: types[index]?.alias ?? String(types[index]),
  }));
  return {
    columns,
    hasRows: (result.returnType as number) === QUERY_RESULT,
    rows: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const chunk = await said(() => result.fetchChunk());
          if (chunk === null || chunk.rowCount === 0) return;
          yield chunk
            .getRows()
            .map((row) => row.map((value, place) => plainValue(value, types[place])));
        }
      },
    },
  };
}

/** A value as JSON has it: whole numbers beyond 2⁵³ and times are text, bytes are base64. */
function plainValue(value: DuckDBValue, type: DuckDBType | undefined): PlainValue {
  switch (typeof value) {
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "string":
      return type?.alias === "JSON" ? parsed(value) : value;
    case "object":
      return value === null ? null : plainObject(value, type);
    default:
      return value;
  }
}

type ObjectValue = Exclude<DuckDBValue, null | boolean | number | bigint | string>;

function plainObject(value: ObjectValue, type: DuckDBType | undefined): PlainValue {
  const inner = type !== undefined && "valueType" in type ? type.valueType : undefined;
  if ("items" in value) return value.items.map((item) => plainValue(item, inner));
  if ("bytes" in value) return Buffer.from(value.bytes).toString("base64");
  if ("scale" in value) return Number(String(value)); // a decimal
  if (!("entries" in value)) return String(value);
  if (Array.isArray(value.entries)) {
    const entries = value.entries.map(
      ({ key, value: item }) =>
        [keyText(plainValue(key, undefined)), plainValue(item, inner)] as const,
    );
    return Object.fromEntries(entries);
  }
  const types = type !== undefined && "entryTypes" in type ? type.entryTypes : [];
  return Object.fromEntries(
    Object.entries(value.entries).map(([key, item], place) => [
      key,
      plainValue(item, types[place]),
    ]),
  );
}

function keyText(key: PlainValue): string {
  return typeof key === "string" ? key : JSON.stringify(key);
}

function parsed(text: string): PlainValue {
  try {
    return JSON.parse(text) as PlainValue;
  } catch {
    return text;
  }
}

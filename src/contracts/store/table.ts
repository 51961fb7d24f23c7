/** The table that stores are tried with, and whether its rows came back. */
import type { OpenStore, Row, TableShape } from "../../core/store.js";

export const TABLE: TableShape = {
  name: "hellfact contract",
  columns: [
    { name: "position", type: "bigint" },
    { name: "count", type: "integer" },
    { name: "share", type: "double" },
    { name: "is on", type: "boolean" },
    { name: "text", type: "text" },
    { name: "bytes", type: "bytes" },
    { name: "document", type: "json" },
  ],
  constraints: ['PRIMARY KEY ("position")'],
};

export const ROW: Row = [1, 1, 1, true, "a", null, null];

const DOCUMENT = JSON.stringify({ a: [1, 2.5, 'x\\\t\n"ü😀'], b: { c: null, d: "\u0001" } });
const TEXTS = ["", "'", '"', "\\", "a\nb\tc", "ü😀", "NULL", "?", "$1", "x".repeat(5_000)];
const NUMBERS = [0, -1, 0.1, 1e300, -2.5e-10];

/** More rows than most groups have, with values that are easily got wrong. */
export const ROWS: readonly Row[] = Array.from({ length: 1_234 }, (_, index): Row => {
  if (index % 50 === 49) return [index, null, null, null, null, null, null];
  return [
    index === 0 ? Number.MAX_SAFE_INTEGER : index,
    index % 2 === 0 ? 2 ** 31 - 1 - index : -(2 ** 31) + index,
    NUMBERS[index % NUMBERS.length] ?? 0,
    index % 3 === 0,
    TEXTS[index % TEXTS.length] ?? "",
    Buffer.from([0, index & 255, 255]),
    DOCUMENT,
  ];
});

export async function countRows(open: OpenStore): Promise<number> {
  const [row] = await open.query(`SELECT count(*) FROM "${TABLE.name}"`);
  return Number(row?.[0]);
}

/** How rows of that table differ from those that were loaded, in whatever order they come; `undefined` if they do not. */
export function sameRows(found: readonly Row[], loaded: readonly Row[]): string | undefined {
  if (found.length !== loaded.length)
    return `${loaded.length} rows went in, and ${found.length} came back`;
  const byKey = new Map(found.map((row) => [Number(row[0]), row]));
  for (const row of loaded) {
    const other = byKey.get(Number(row[0]));
    if (other === undefined) return `the row of key ${String(row[0])} is not there`;
    for (const [index, { name, type }] of TABLE.columns.entries()) {
      if (comparable(row[index], type) !== comparable(other[index], type)) {
        return `${name} of key ${String(row[0])} comes back changed`;
      }
    }
  }
  return undefined;
}

/** A value of a column in the form in which all stores can be compared. */
export function comparable(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "bytes":
      return Buffer.from(bytesOf(value)).toString("hex");
    case "json": {
      // Binary forms keep no order of keys.
      const entries = Object.entries(JSON.parse(documentOf(value)) as object);
      return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }
    case "boolean":
      return String(Boolean(Number(value)));
    case "text":
      return `text ${JSON.stringify(value)}`;
    default:
      return String(Number(value) === 0 ? 0 : Number(value)); // whether −0 is kept is another study's question
  }
}

/** The text of a document, as whatever a driver gives it. */
export function documentOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "bytes" in value) value = bytesOf(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString() : JSON.stringify(value);
}

function bytesOf(value: unknown): Uint8Array {
  const { bytes } = value as { bytes?: Uint8Array };
  return bytes ?? (value as Uint8Array);
}

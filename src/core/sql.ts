/** SQL that all stores have in common. */
import { HellfactError } from "./errors.js";
import type { PartKey, Row, TableShape } from "./store.js";

/** A name as SQL has it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL has it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `INSERT INTO "t" ("a", "b")`, to be followed by values or a query. */
export function insertInto({ name, columns }: TableShape): string {
  return `INSERT INTO ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(", ")})`;
}

/**
 * `(?, ?), (?, ?)`: places for some rows.
 *
 * @param place how the place of a parameter is written, by its number from 1 and its column's from 0
 */
export function places(
  rows: number,
  columns: number,
  place: (parameter: number, column: number) => string,
): string {
  return Array.from({ length: rows }, (_, row) => {
    const one = Array.from({ length: columns }, (__, column) =>
      place(row * columns + column + 1, column),
    );
    return `(${one.join(", ")})`;
  }).join(", ");
}

/** Statements that make a table, each type written as the store calls it. */
export function creation(
  table: TableShape,
  typeOf: (type: TableShape["columns"][number]["type"]) => string,
): string[] {
  const { name, columns, constraints = [], indexes = [] } = table;
  const inside = [
    ...columns.map((column) => `${quoted(column.name)} ${typeOf(column.type)}`),
    ...constraints,
  ];
  return [
    `CREATE TABLE IF NOT EXISTS ${quoted(name)} (${inside.join(", ")})`,
    ...indexes.map(
      (column) =>
        `CREATE INDEX IF NOT EXISTS ${quoted(`${name}_${column}`)} ON ${quoted(name)} (${quoted(column)})`,
    ),
  ];
}

/** Where stores keep which parts of which runs they have. */
export const PARTS: TableShape = {
  name: "hellfact_parts",
  columns: [
    { name: "run", type: "text" },
    { name: "from_position", type: "bigint" },
    { name: "to_position", type: "bigint" },
    { name: "crc32", type: "text" },
  ],
  constraints: ['PRIMARY KEY ("run", "from_position", "to_position")'],
};

/** A part as a row of that table. */
export function partRow({ run, from, to, crc32 }: PartKey): Row {
  return [run, from, to, crc32];
}

/** The error of a part that is there already with other bytes. */
export function otherChecksum({ run, from, to, crc32 }: PartKey, loaded: string): HellfactError {
  return new HellfactError(
    `run ${run}, positions ${from} to ${to - 1}: the part has CRC-32 ${crc32}, and one with ` +
      `${loaded} was loaded before. Load the changed run into a table of its own.`,
  );
}

/** Groups of up to `size` rows, in order. */
export function* grouped(rows: Iterable<Row>, size: number): Generator<Row[]> {
  let group: Row[] = [];
  for (const row of rows) {
    group.push(row);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

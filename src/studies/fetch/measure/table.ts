/** The rows that are fetched: the same in every store, by their number. */
import type { Column, ColumnType, Row, TableShape, Value } from "../../../core/store.js";

/** Types that columns have in turn, those of a game's events: whole numbers, texts, doubles. */
export const USUAL_TYPES: readonly ColumnType[] = [
  ...(["bigint", "integer", "bigint", "text", "text", "integer", "double", "double"] as const),
];

export const COLUMN_TYPES = ["integer", "bigint", "double", "boolean", "text"] as const;

export interface TablePlan {
  readonly rows: number;
  readonly columns: number;
  readonly types: readonly ColumnType[];
}

/** Columns are called `c1`, `c2`; the first is the row's number. */
export function tableShape(name: string, { columns, types }: TablePlan): TableShape {
  return {
    name,
    columns: Array.from({ length: columns }, (_, place): Column => {
      const type = place === 0 ? "bigint" : (types[place % types.length] ?? "integer");
      return { name: `c${place + 1}`, type };
    }),
  };
}

export function* tableRows(shape: TableShape, rows: number): Generator<Row> {
  for (let number = 0; number < rows; number++) {
    yield shape.columns.map(({ type }, place) =>
      place === 0 ? number : valueOf(type, number * 31 + place * 17),
    );
  }
}

const WORDS = ["jump", "slide", "coin", "brimstone", "checkpoint", "Größe", "salt & sulphur"];

function valueOf(type: ColumnType, seed: number): Value {
  switch (type) {
    case "integer":
      return seed % 1_000;
    case "bigint":
      return 1_700_000_000_000 + seed;
    case "double":
      return (seed % 10_007) / 8;
    case "boolean":
      return seed % 3 === 0;
    default:
      return `${WORDS[seed % WORDS.length] ?? ""} ${seed % 997}`;
  }
}

/** How a query is done: what is read, as which types, and DuckDB's plan. */
import { InputError } from "../../../core/errors.js";
import type { Engine } from "../../../query/engine.js";
import type { Dataset } from "../../../query/place.js";
import type { Relation } from "../../../query/relation.js";
import type { PlainValue } from "../../../query/result.js";

/** Ends with a newline. Rejects as `ask` does. */
export async function explain(engine: Engine, dataset: Dataset, sql: string): Promise<string> {
  const { schema, isSampled, relations } = dataset;
  const types =
    schema === undefined
      ? "as the files say them"
      : isSampled
        ? "inferred from the first facts"
        : "by the facts' schema, so that nothing is guessed";
  const lines = [...relations.map(readingOf), `types: ${types}`, ""];
  for await (const { columns, rows } of engine.ask(`EXPLAIN ${sql}`)) {
    if (columns.length !== 2) throw new InputError("--explain takes one query.");
    for await (const some of rows) for (const [, plan] of some) lines.push(cellLines(plan));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** A plan is text. */
function cellLines(plan: PlainValue | undefined): string {
  return typeof plan === "string" ? plan : JSON.stringify(plan);
}

function readingOf(relation: Relation): string {
  switch (relation.kind) {
    case "ndjson":
      return `reads ${files(relation.files)} of NDJSON${relation.compression === "none" ? "" : `, ${relation.compression}`}, by DuckDB`;
    case "parquet":
      return `reads ${files(relation.files)} of Parquet, by DuckDB`;
    case "csv":
      return `reads ${files(relation.files)} of CSV, by DuckDB`;
    case "duckdb":
      return `reads the table facts of ${relation.file}, by DuckDB`;
    case "facts":
      return `reads ${relation.name} by hellfact, and hands the columns that are needed to DuckDB as NDJSON`;
  }
}

function files({ length }: readonly string[]): string {
  return length === 1 ? "a file" : `${length} files`;
}

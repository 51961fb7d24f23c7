/** Where facts lie, and the SQL that reads them there. */
import { literal, quoted } from "../core/sql.js";
import { columnsLiteral, type QueryColumns } from "./columns.js";
import type { Fact } from "../core/fact.js";

/** Some files, or another place, whose facts have the same form. */
export type Relation =
  | {
      readonly kind: "ndjson";
      readonly files: readonly string[];
      readonly compression: "none" | "gzip" | "zstd";
    }
  | { readonly kind: "parquet"; readonly files: readonly string[]; readonly isOurs: boolean }
  | { readonly kind: "csv"; readonly files: readonly string[] }
  /**
   * A table of a DuckDB file. `text` is SQL that gives the text of its documents, where it has such as
   * `hellfact load` makes them; else its columns are those of the facts.
   */
  | { readonly kind: "duckdb"; readonly file: string; readonly text: string | undefined }
  /** What only this tool reads. */
  | {
      readonly kind: "facts";
      /** What it is read from, in a few words: `events (msgpackr)`. */
      readonly name: string;
      readonly count: number | null;
      readonly read: () => Iterable<Fact> | AsyncIterable<Fact>;
    };

/** A relation that DuckDB reads itself. */
export type DirectRelation = Exclude<Relation, { kind: "facts" }>;

/** What a DuckDB file is called where it is attached. */
export const ATTACHED = "hellfact_store";

/** Larger facts need larger buffers: DuckDB takes two of them for each thread. */
export const USUAL_FACT_BYTES = 16 << 20;

/** A query that gives the facts of a relation as rows. Every name in it is quoted, whatever is in it. */
export function relationSql(
  relation: DirectRelation,
  columns: QueryColumns | undefined,
  factBytes: number,
): string {
  switch (relation.kind) {
    case "ndjson":
      return ndjsonSql(relation, columns, factBytes);
    case "duckdb":
      return storeSql(relation.text, columns);
    case "csv":
      return `SELECT * FROM read_csv(${listOf(relation.files)})`;
    case "parquet": {
      const all = `SELECT * FROM read_parquet(${listOf(relation.files)})`;
      // Our files carry what has no one type as text.
      const texts = (relation.isOurs ? (columns?.columns ?? []) : [])
        .filter(({ type }) => /\bJSON\b/.test(type.replaceAll(/"(?:[^"]|"")*"/g, "")))
        .map(({ name, type }) => `CAST(${quoted(name)} AS ${type}) AS ${quoted(name)}`);
      return texts.length === 0 ? all : all.replace("*", `* REPLACE (${texts.join(", ")})`);
    }
  }
}

function ndjsonSql(
  { files, compression }: Extract<Relation, { kind: "ndjson" }>,
  columns: QueryColumns | undefined,
  factBytes: number,
): string {
  const packed = compression === "none" ? "uncompressed" : compression;
  const options =
    `compression = '${packed}', format = 'newline_delimited'` +
    (factBytes === USUAL_FACT_BYTES ? "" : `, maximum_object_size = ${factBytes}`);
  if (columns === undefined || columns.isWhole) {
    return `SELECT json AS fact FROM read_ndjson_objects(${listOf(files)}, ${options})`;
  }
  // Said, because finding it out takes ten seconds and 800 MB for wide facts.
  const said = `columns = ${columnsLiteral(columns.columns)}, records = true`;
  return `SELECT * FROM read_json(${listOf(files)}, ${options}, ${said})`;
}

function storeSql(text: string | undefined, columns: QueryColumns | undefined): string {
  if (text === undefined) return `SELECT * FROM ${ATTACHED}.facts`;
  if (columns === undefined || columns.isWhole) {
    return `SELECT CAST(${text} AS JSON) AS fact FROM ${ATTACHED}.facts`;
  }
  const types = columns.columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(", ");
  return `SELECT unnest(CAST(CAST(${text} AS JSON) AS STRUCT(${types}))) FROM ${ATTACHED}.facts`;
}

/** No rows, but all columns. */
export function emptySql({ columns }: QueryColumns): string {
  const nothing = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quoted(name)}`);
  return `SELECT ${nothing.join(", ")} WHERE false`;
}

/** The view that a person asks. @param queries at least one */
export function factsView(queries: readonly string[]): string {
  return `CREATE OR REPLACE TEMP VIEW facts AS ${queries.join(" UNION ALL BY NAME ")}`;
}

function listOf(files: readonly string[]): string {
  return `[${files.map(literalPath).join(", ")}]`;
}

/** A file by its name, and not by a pattern that its name happens to be. */
function literalPath(file: string): string {
  return literal(file.replaceAll(/[*?[]/g, (sign) => `[${sign}]`));
}

/** The same figures, counted exactly: DuckDB reads the same files and keeps every value. */
import { join } from "node:path";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { InputError, UnavailableError, whyNotLoaded } from "../../../core/errors.js";
import { literal } from "../../../core/sql.js";
import { loadCodec } from "../../../plugins/load-codec.js";
import { Uniques } from "../../../sketches/index.js";
import type { Question, SummaryPath } from "../../../summarise/index.js";
import type { Check, Figure, SummarisedGroup, SummariseDocument } from "../document.js";
import type { Inputs } from "../inputs.js";
import { codecOf } from "../../../pipeline/run/own-plugins.js";

/** Files of JSON lines that are compressed alike. */
interface ExactSource {
  readonly files: readonly string[];
  readonly compression: "none" | "gzip" | "zstd";
}

/** A fact that is longer is refused by DuckDB. */
const MOST_FACT_BYTES = 64 << 20;
/** Bounds are for exact arithmetic, and figures are doubles. */
const ROUNDING = 1e-9;

/** The files that DuckDB can read. Rejects with an `InputError` where an input is something else. */
export async function exactSources({
  runs,
  files,
  sketches,
}: Inputs): Promise<readonly ExactSource[]> {
  const [sketch] = sketches;
  if (sketch !== undefined) {
    throw new InputError(
      `--exact counts facts, and ${sketch.path} is a sketch, which has none: leave one of them out.`,
    );
  }
  const other = files.find(({ form }) => form === "stream" || form === "document");
  if (other !== undefined) {
    throw new InputError(
      `--exact reads files of JSON lines; ${other.path === "-" ? "standard input" : other.path} is none: leave out --exact.`,
    );
  }
  const ofRuns = await Promise.all(
    runs.map(async ({ folder, plan, parts }): Promise<ExactSource> => {
      const codec = await loadCodec(codecOf(plan, {}));
      const compression = plan.compressor.split(":", 1)[0] ?? "none";
      const isKnown = compression === "none" || compression === "gzip" || compression === "zstd";
      if (codec.format !== "json" || !isKnown || (plan.unit === "fact" && compression !== "none")) {
        throw new InputError(
          `--exact reads JSON lines, plain, gzip or zstd; ${folder} is ${plan.codec}, ${plan.compressor}: leave out --exact.`,
        );
      }
      return { files: parts.map(({ file }) => join(folder, file)), compression };
    }),
  );
  return [
    ...ofRuns,
    ...files.map(({ path, form }): ExactSource => ({
      files: [path],
      compression: form === "gzip-lines" ? "gzip" : "none",
    })),
  ];
}

/**
 * Counts everything exactly, and compares. Rejects with an `UnavailableError` where DuckDB is missing, and with an
 * `InputError` where an input cannot be read by it.
 */
export async function checkExactly(
  sources: readonly ExactSource[],
  question: Question,
  groups: readonly SummarisedGroup[],
): Promise<NonNullable<SummariseDocument["exact"]>> {
  const from = sources.map(sourceSql).join(" UNION ALL ");
  const duckDb = await loadDuckDb();
  const startedAt = performance.now();
  const instance = await duckDb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const checks: Check[] = [];
    for (const [at, { path }] of question.aggregates.entries()) {
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE found AS SELECT g, v, json_type(v) AS t FROM (${valuesSql(from, question.by, path)})`,
      );
      for (const [group, { key, figures }] of groups.entries()) {
        const figure = figures[at];
        if (figure === undefined) continue;
        const where = question.by === undefined ? "true" : `g IS NOT DISTINCT FROM ${keySql(key)}`;
        checks.push({ group, figure: at, ...(await checkOf(connection, figure, where)) });
      }
    }
    return {
      engine: `DuckDB ${duckDb.version()}`,
      seconds: (performance.now() - startedAt) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      checks,
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const SCALAR = "t IN ('VARCHAR', 'BOOLEAN', 'BIGINT', 'UBIGINT', 'DOUBLE')";
const NUMBER = "t IN ('BIGINT', 'UBIGINT', 'DOUBLE')";
/** A value and its type as one text; numbers as doubles, which is what JSON's are here. */
const VALUE = `CASE WHEN ${NUMBER} THEN 'n' || v::DOUBLE WHEN t = 'VARCHAR' THEN 's' || (v->>'$') ELSE 'b' || v END`;

async function checkOf(
  connection: DuckDBConnection,
  figure: Figure,
  where: string,
): Promise<Pick<Check, "exact" | "error" | "bound">> {
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const one = async (expression: string, also = "true") =>
    numberOf((await ask(`SELECT ${expression} FROM found WHERE ${where} AND ${also}`))[0]?.[0]);
  switch (figure.kind) {
    case "count": {
      const exact = await one("count(*)", "t <> 'NULL'");
      return { exact: [exact], error: relative(figure.values, exact), bound: 0 };
    }
    case "unique": {
      const exact = await one(`count(DISTINCT ${VALUE})`, SCALAR);
      const bound = figure.unique?.isEstimate === true ? 2 * Uniques.STANDARD_ERROR : 0;
      return { exact: [exact], error: relative(figure.unique?.count ?? 0, exact), bound };
    }
    case "quantile": {
      const found = figure.quantile?.quantiles ?? [];
      const count = await one("count(*)", NUMBER);
      // Of n values the one with ⌊q (n − 1)⌋ before it.
      const shares = found.map(({ share }) =>
        count < 2 ? 0 : Math.floor(share * (count - 1)) / (count - 1),
      );
      const [row] = await ask(
        `SELECT quantile_cont(v::DOUBLE, [${shares.join(", ")}]) FROM found WHERE ${where} AND ${NUMBER}`,
      );
      const items = (row?.[0] as { readonly items?: readonly DuckDBValue[] } | null)?.items ?? [];
      const exact = items.map(numberOf);
      const errors = found.map(({ value }, index) => relative(value, exact[index] ?? NaN));
      return {
        exact,
        error: Math.max(0, ...errors),
        bound: (figure.quantile?.accuracy ?? 0) + ROUNDING,
      };
    }
    case "top": {
      const exact: number[] = [];
      for (const { value } of figure.top?.values ?? []) {
        exact.push(await one("count(*)", `${SCALAR} AND ${VALUE} = ${valueSql(value)}`));
      }
      const [most] = await ask(
        `SELECT count(*) FROM found WHERE ${where} AND ${SCALAR} GROUP BY ${VALUE} ORDER BY 1 DESC LIMIT 1`,
      );
      const off = (figure.top?.values ?? []).map(({ atMost }, index) =>
        relative(atMost, exact[index] ?? NaN),
      );
      const missed = relative(exact[0] ?? 0, numberOf(most?.[0]));
      const bounds = (figure.top?.values ?? []).map(({ atLeast, atMost }) =>
        atLeast === 0 ? Infinity : (atMost - atLeast) / atLeast,
      );
      return { exact, error: Math.max(missed, 0, ...off), bound: Math.max(0, ...bounds) };
    }
  }
}

function sourceSql({ files, compression }: ExactSource): string {
  const list = `[${files.map(literal).join(", ")}]`;
  return `SELECT json FROM read_ndjson_objects(${list}, compression=${literal(compression)}, maximum_object_size=${MOST_FACT_BYTES})`;
}

/** All values at a path, each with its group. */
function valuesSql(from: string, by: SummaryPath | undefined, path: SummaryPath): string {
  const group =
    by === undefined
      ? "NULL"
      : `(SELECT CASE WHEN t = 'NULL' OR v IS NULL THEN NULL WHEN ${NUMBER} THEN 'n' || v::DOUBLE WHEN t = 'VARCHAR' THEN 's' || (v->>'$') ELSE 'b' || v END FROM (SELECT json_extract(json, ${literal(jsonPath(by))}) AS v, json_type(json, ${literal(jsonPath(by))}) AS t))`;
  const isOne = path.every(({ kind }) => kind === "key");
  const found = `json_extract(json, ${literal(jsonPath(path))})`;
  const values = isOne ? found : `unnest(${found})`;
  return `SELECT * FROM (SELECT ${group} AS g, ${values} AS v FROM (${from})) WHERE v IS NOT NULL`;
}

/** A path as DuckDB's JSON functions have it. */
function jsonPath(path: SummaryPath): string {
  const steps = path.map((step) => {
    if (step.kind === "items") return "[*]";
    return step.kind === "values" ? ".*" : `."${step.key.replaceAll('"', '\\"')}"`;
  });
  return `$${steps.join("")}`;
}

function keySql(key: SummarisedGroup["key"]): string {
  return key === null ? "NULL" : valueSql(key);
}

function valueSql(value: SummarisedGroup["key"]): string {
  if (typeof value === "number") return `'n' || (${value})::DOUBLE`;
  return literal(typeof value === "string" ? `s${value}` : `b${String(value)}`);
}

function relative(found: number, exact: number): number {
  if (found === exact) return 0;
  // Not there at all.
  if (!Number.isFinite(exact)) return 1;
  return Math.abs(found - exact) / Math.abs(exact === 0 ? found : exact);
}

function numberOf(value: DuckDBValue | undefined): number {
  return Number(value ?? NaN);
}

async function loadDuckDb() {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw new UnavailableError(
      `--exact needs DuckDB, which does not load: ${whyNotLoaded(error)}. npm install @duckdb/node-api (68 MB, nothing to compile).`,
    );
  }
}

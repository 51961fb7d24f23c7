/** The same figures, counted exactly: DuckDB reads the same files and keeps every value. */
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { UnavailableError, whyNotLoaded } from "../../../core/errors.js";
import { literal } from "../../../core/sql.js";
import { Scratch } from "../../../query/scratch.js";
import { Uniques } from "../../../sketches/index.js";
import type { Question, SummaryPath } from "../../../summarise/index.js";
import type { Check, Figure, SummarisedGroup, SummariseDocument } from "../document.js";
import { sourcesSql, type ExactSource } from "./exact-sources.js";

/** Bounds are for exact arithmetic, and figures are doubles. */
const ROUNDING = 1e-9;

/**
 * Counts everything exactly, and compares. Rejects with an `UnavailableError` where DuckDB is missing, and with an
 * `InputError` where an input cannot be read by it.
 */
export async function checkExactly(
  sources: readonly ExactSource[],
  question: Question,
  groups: readonly SummarisedGroup[],
): Promise<NonNullable<SummariseDocument["exact"]>> {
  const duckDb = await loadDuckDb();
  const startedAt = performance.now();
  const scratch = new Scratch();
  const instance = await duckDb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const from = await sourcesSql(sources, question, scratch.folder);
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
    scratch.close();
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

/** All values at a path, each with its group. */
function valuesSql(from: string, by: SummaryPath | undefined, path: SummaryPath): string {
  const group =
    by === undefined
      ? "NULL"
      : `(SELECT CASE WHEN t = 'NULL' OR v IS NULL THEN NULL WHEN ${NUMBER} THEN 'n' || v::DOUBLE WHEN t = 'VARCHAR' THEN 's' || (v->>'$') ELSE 'b' || v END FROM (SELECT ${jsonAt("json", by)} AS v, json_type(${jsonAt("json", by)}) AS t))`;
  let values = `SELECT ${group} AS g, json AS v FROM (${from})`;
  for (const stretch of stretchesOf(path)) {
    const isOne = stretch.every(({ kind }) => kind === "key");
    const found = jsonAt("v", stretch);
    values = `SELECT g, ${isOne ? found : `unnest(${found})`} AS v FROM (${values})`;
  }
  return `SELECT * FROM (${values}) WHERE v IS NOT NULL`;
}

/** One path, where DuckDB's can say all of it; else its keys, and what is between them, by themselves. */
function stretchesOf(path: SummaryPath): SummaryPath[] {
  if (path.every((step) => step.kind !== "key" || isSayable(step.key))) return [path];
  return path.map((step) => [step]);
}

/** Keys that DuckDB's paths can say; in them `"*"` means any key, and `""` is an error. */
function isSayable(key: string): boolean {
  return /^[^"\\*]+$/.test(key);
}

function jsonAt(json: string, path: SummaryPath): string {
  return `json_extract(${json}, ${literal(jsonPath(path) ?? jsonPointer(path))})`;
}

/** A path as DuckDB's JSON functions have it; `undefined` where they have no words for a key. */
function jsonPath(path: SummaryPath): string | undefined {
  const steps: string[] = [];
  for (const step of path) {
    if (step.kind === "items") steps.push("[*]");
    else if (step.kind === "values") steps.push(".*");
    else if (isSayable(step.key)) steps.push(`."${step.key}"`);
    else return undefined;
  }
  return `$${steps.join("")}`;
}

/** JSON Pointer, RFC 6901, which has no wildcards, but any key. */
function jsonPointer(path: SummaryPath): string {
  const keys = path.map((step) => (step.kind === "key" ? step.key : "*"));
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
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

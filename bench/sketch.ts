/**
 * What sketches say against what is true: five distributions of 100 to 10 million values (100 million with
 * --huge), added one by one; and DuckDB's approximations of the same values beside them, by turns.
 *
 *   npm run bench:sketch [-- --huge]
 *
 * What is under way is told on standard error.
 */
import { cpus } from "node:os";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { Quantiles, Tops, Uniques } from "../src/sketches/index.js";
import { openDuckDb } from "./sketch-duckdb.js";
import { DISTRIBUTIONS, quantileError, truthOf } from "./sketch-values.js";

const SIZES = [100, 10_000, 1_000_000, 10_000_000];
if (process.argv.includes("--huge")) SIZES.push(100_000_000);
const SHARES = [0.5, 0.9, 0.99, 0.999];
const TOP = 10;

const duckDb = await openDuckDb();
const LABELS = ["values", "distribution"];
const aligned = (columns: number) => ["right", "left", ...Array<"right">(columns).fill("right")];
const errors = borderless({
  head: [...LABELS, "uniques", "off by", "DuckDB", "quantiles off by", "DuckDB", "of top 10"],
  colAligns: aligned(6) as "right"[],
});
const costs = borderless({
  head: [...LABELS, "uniques", "DuckDB", "quantiles", "DuckDB", "tops", "KB together"],
  colAligns: aligned(6) as "right"[],
});
const worst: Record<string, number> = {};

for (const size of SIZES) {
  for (const [name, draw] of Object.entries(DISTRIBUTIONS)) {
    const values = new Float64Array(size);
    draw(values);
    const seconds = Math.round(performance.now() / 1000);
    console.error(`${size.toLocaleString("en")} values, ${name}, after ${seconds} s`);
    await compare(name, values);
  }
}
console.log(`${errors.toString()}

A million values a second, on one core of ${cpus()[0]?.model ?? "an unknown processor"}; DuckDB on one thread:

${costs.toString()}

Uniques are off by ${worst["uniques"]} % at most, quantiles (${SHARES.join(", ")}) by ${worst["quantiles"]} %; "of top 10"
is how many of the ten most frequent values were named, where they came more often than one time in 1,024.`);
console.log(
  duckDb === undefined
    ? "DuckDB is missing: npm install @duckdb/node-api"
    : `DuckDB's approximations are off by ${worst["DuckDB's uniques"]} % and ${worst["DuckDB's quantiles"]} % at most.`,
);

async function compare(name: string, values: Float64Array): Promise<void> {
  const [uniques, quantiles, tops] = [new Uniques(), new Quantiles(), new Tops()];
  const seconds = [
    secondsOf(values, (value) => uniques.add(value)),
    secondsOf(values, (value) => quantiles.add(value)),
    secondsOf(values, (value) => tops.add(value)),
  ];
  const theirs = await duckDb?.approximate(values, SHARES);
  const size = values.length;
  const { distinct, sorted, frequent } = truthOf(values, TOP, size / tops.capacity);
  const largest = (found: readonly (number | undefined)[]) =>
    Math.max(...SHARES.map((share, at) => quantileError(sorted, share, found[at])));
  const named = new Set(tops.top(TOP).map(({ value }) => value));
  const labels = [values.length.toLocaleString("en"), name];
  errors.push([
    ...labels,
    distinct.toLocaleString("en"),
    percent("uniques", relative(uniques.count(), distinct)),
    theirs === undefined ? "-" : percent("DuckDB's uniques", relative(theirs.uniques, distinct)),
    percent("quantiles", largest(SHARES.map((share) => quantiles.quantile(share)))),
    theirs === undefined ? "-" : percent("DuckDB's quantiles", largest(theirs.quantiles)),
    frequent.length === 0
      ? "no such"
      : `${frequent.filter((value) => named.has(value)).length} of ${frequent.length}`,
  ]);
  if (values.length < 1_000_000) return;
  const bytes = [uniques, quantiles, tops].reduce((sum, one) => sum + one.toBytes().length, 0);
  const rate = (taken: number | undefined) =>
    taken === undefined ? "-" : significant(values.length / taken / 1e6);
  costs.push([
    ...labels,
    rate(seconds[0]),
    rate(theirs?.uniquesSeconds),
    rate(seconds[1]),
    rate(theirs?.quantilesSeconds),
    rate(seconds[2]),
    significant(bytes / 1000),
  ]);
}

/** Seconds that all values take. */
function secondsOf(values: Float64Array, add: (value: number) => void): number {
  const start = performance.now();
  for (let index = 0; index < values.length; index++) add(values[index] ?? 0);
  return (performance.now() - start) / 1000;
}

/** How far a figure is off, as a part of the true one. */
function relative(found: number | undefined, exact: number): number {
  if (found === exact) return 0;
  return Math.abs((found ?? NaN) - exact) / Math.abs(exact);
}

/** An error for the table; the largest of its kind is kept. */
function percent(kind: string, error: number): string {
  const text = (error * 100).toFixed(2);
  worst[kind] = Math.max(worst[kind] ?? 0, Number(text));
  return `${text} %`;
}

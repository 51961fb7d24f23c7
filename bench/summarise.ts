/**
 * What summing facts up costs, as people do it: files of gzipped JSON lines asked by `hellfact summarise`, which
 * reads them anew each time, and by DuckDB, exactly and with its approximations; and how much slower a run is
 * that sums up what it writes. All by turns, in fresh processes. With `values`: what a hundred million values of
 * eight paths take, in rows of eight.
 *
 *   npm run bench:summarise [-- files | run] [--facts 20000] [--rounds 5]
 *   npm run bench:summarise -- values [--values 100000000] [--rounds 1]      some five minutes
 */
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { significant } from "../src/report/numbers.js";
import { borderless } from "../src/report/layout.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { seededUniform } from "../src/stats/random.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    facts: { type: "string", default: "20000" },
    values: { type: "string", default: "100000000" },
    rounds: { type: "string" },
  },
});
const FACTS = values.facts;
const IS_LONG = positionals[0] === "values";
const ROUNDS = Number(values.rounds ?? (IS_LONG ? 1 : 5));
const MAIN = join(import.meta.dirname, "../src/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-summarise-"));

/** Eight paths: of each fact once, of each run, and of each event. */
const EIGHT = [
  ...["--unique", "player.id", "--unique", "session.id", "--top", "player.country"],
  ...["--quantile", "player.level", "--quantile", "runs[].score", "--count", "runs[]"],
  ...["--quantile", "runs[].events[].speedMetresPerSecond", "--count", "runs[].events[]"],
];
const ONE = ["--unique", "player.id"];
const SQL = {
  exact: "SELECT count(DISTINCT player.id) FROM facts",
  approximate: "SELECT approx_count_distinct(player.id) FROM facts",
  rows: `SELECT approx_count_distinct(player), approx_count_distinct(session), approx_top_k(country, 10),
      approx_top_k(device, 10), approx_quantile(level, [0.5, 0.99]), approx_quantile(score, [0.5, 0.99]),
      approx_quantile(milliseconds, [0.5, 0.99]), count(revenue) FROM facts`,
  // Read once: what is asked for is kept as a table, and the lists taken apart from there.
  eight: `WITH f AS MATERIALIZED (SELECT player.id AS player, session.id AS session, player.country AS country,
      player.level AS level, list_transform(runs, r -> r.score) AS scores, len(runs) AS runs,
      flatten(list_transform(runs, r -> list_transform(r.events, e -> e.speedMetresPerSecond))) AS speeds FROM facts),
    s AS (SELECT unnest(scores) AS score FROM f), e AS (SELECT unnest(speeds) AS speed FROM f)
    SELECT approx_count_distinct(player), approx_count_distinct(session), approx_top_k(country, 10),
      approx_quantile(level, [0.5, 0.99]), sum(runs), sum(len(speeds)),
      (SELECT approx_quantile(score, [0.5, 0.99]) FROM s), (SELECT approx_quantile(speed, [0.5, 0.99]) FROM e) FROM f`,
};

async function files(): Promise<void> {
  await write("events", []);
  const ways = {
    "summarise, unique player.id": () => ["summarise", "events", "--fresh", ...ONE],
    "DuckDB, exactly": () => ["query", SQL.exact, "events"],
    "DuckDB, approximately": () => ["query", SQL.approximate, "events"],
    "summarise, eight paths": () => ["summarise", "events", "--fresh", ...EIGHT],
    "DuckDB, eight approximations": () => ["query", SQL.eight, "events"],
  };
  const taken = await byTurns(ways);
  printCosts(`${FACTS} facts in gzipped JSON lines`, taken);
}

function printCosts(title: string, taken: ReadonlyMap<string, Cost[]>): void {
  const table = borderless({
    head: [title, "s", "CPU s", "MB of one process at most"],
    colAligns: ["left", "right", "right", "right"],
  });
  for (const [name, costs] of taken) {
    table.push([
      name,
      interval(costs.map(({ seconds }) => seconds)),
      interval(costs.map(({ cpuSeconds }) => cpuSeconds)),
      interval(costs.map(({ peakBytes }) => peakBytes / 1e6)),
    ]);
  }
  console.log(`${table.toString()}\n`);
}

/** The paths of a row, and what is asked of each. */
const ROW = {
  ...{ player: "--unique", session: "--unique", country: "--top", device: "--top" },
  ...{ level: "--quantile", score: "--quantile", milliseconds: "--quantile", revenue: "--count" },
};

async function longFile(): Promise<void> {
  const rows = Math.ceil(Number(values.values) / Object.keys(ROW).length);
  const name = "rows.ndjson.gz";
  const file = createWriteStream(join(folder, name));
  await pipeline(Readable.from(rowsText(rows)), createGzip({ level: 1 }), file);
  const asked = Object.entries(ROW).flatMap(([path, what]) => [what, path]);
  const taken = await byTurns(
    {
      "summarise, eight paths": () => ["summarise", name, "--fresh", ...asked],
      "DuckDB, eight approximations": () => ["query", SQL.rows, name],
    },
    undefined,
    0,
  );
  printCosts(`${rows} rows of eight values, gzipped`, taken);
}

const TEXT_ROWS = 10_000;

function* rowsText(rows: number): Iterable<string> {
  const uniform = seededUniform(1);
  const below = (most: number) => Math.floor(uniform() * most);
  for (let made = 0; made < rows; made += TEXT_ROWS) {
    let text = "";
    for (let row = made; row < Math.min(rows, made + TEXT_ROWS); row++) {
      const milliseconds = (-Math.log(1 - uniform()) * 40).toFixed(2);
      text +=
        `{"player":"p${below(rows)}","session":${row},"country":"c${below(200)}","device":"d${below(3000)}",` +
        `"level":${below(100)},"score":${Math.floor(Math.exp(12 * uniform()))},"milliseconds":${milliseconds},` +
        `"revenue":${below(500) / 100}}\n`;
    }
    yield text;
  }
}

async function runs(): Promise<void> {
  const ways = {
    bare: () => runWords("bare", []),
    ...{ "one path": () => runWords("one", ["--summarise", "unique:player.id"]) },
    ...{ "eight paths": () => runWords("eight", eightWords()) },
  };
  const taken = await byTurns(ways, clear);
  const bare = taken.get("bare") ?? [];
  for (const [name, costs] of taken) {
    if (name === "bare") continue;
    const of = (what: "seconds" | "cpuSeconds") =>
      added(costs.map((cost, round) => cost[what] / (bare[round]?.[what] ?? NaN)));
    console.log(
      `run --summarise, ${name}: ${of("cpuSeconds")} processor time, ${of("seconds")} time; wanted: 5 % at most`,
    );
  }
}

const eightWords = () =>
  EIGHT.flatMap((word, at) =>
    at % 2 === 0 ? ["--summarise", `${word.slice(2)}:${EIGHT[at + 1] ?? ""}`] : [],
  );

const runWords = (name: string, more: readonly string[]) => [
  ...["run", "--facts", FACTS, "--compress", "gzip", "--sink", `file:${name}`, "--quiet"],
  ...more,
];

const write = (name: string, more: readonly string[]) => measure(runWords(name, more));

/** Away with what runs have written. */
function clear(): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of its largest process. */
  readonly peakBytes: number;
}

/** A round after the other, each in another order, the first of them not counted where there is no other wish. */
async function byTurns(
  ways: Readonly<Record<string, () => string[]>>,
  before = () => undefined as void,
  uncounted = 1,
): Promise<Map<string, Cost[]>> {
  const taken = new Map(Object.keys(ways).map((name) => [name, [] as Cost[]]));
  const names = Object.keys(ways);
  for (let round = 1 - uncounted; round <= ROUNDS; round++) {
    for (const name of [
      ...names.slice(round % names.length),
      ...names.slice(0, round % names.length),
    ]) {
      before();
      const cost = await measure(ways[name]?.() ?? []);
      if (round > 0) taken.get(name)?.push(cost);
    }
  }
  return taken;
}

/** GNU time sees the processes that a command starts, too. */
async function measure(words: readonly string[]): Promise<Cost> {
  const report = join(folder, ".time");
  const child = spawn(
    "/usr/bin/time",
    ["-f", "%e %U %S %M", "-o", report, process.execPath, MAIN, ...words],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  let told = "";
  child.stderr.on("data", (text) => (told += String(text)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`hellfact ${words.join(" ")}: ${told}`);
  const [seconds = NaN, user = NaN, system = NaN, kilobytes = NaN] = readFileSync(report, "utf8")
    .trim()
    .split(/\s+/)
    .map(Number);
  return { seconds, cpuSeconds: user + system, peakBytes: kilobytes * 1024 };
}

function interval(all: readonly number[]): string {
  const { median, low, high } = medianInterval(all);
  return `${significant(median)} (${significant(low)} to ${significant(high)})`;
}

function added(ratios: readonly number[]): string {
  const { median, low, high } = medianInterval(ratios);
  const share = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)} %`;
  return `${share(median)} more (95 %: ${share(low)} to ${share(high)})`;
}

try {
  if (IS_LONG) await longFile();
  else {
    if (positionals[0] !== "run") await files();
    if (positionals[0] !== "files") await runs();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * What summing facts up costs, as people do it: files of gzipped JSON lines asked by `hellfact summarise`, which
 * reads them anew each time, and by DuckDB, exactly and with its approximations; and how much slower a run is
 * that sums up what it writes. All by turns, in fresh processes.
 *
 *   npm run bench:summarise [-- files | run] [--facts 20000] [--rounds 5]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { significant } from "../src/report/numbers.js";
import { borderless } from "../src/report/layout.js";
import { medianInterval } from "../src/stats/median-interval.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    facts: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
  },
});
const FACTS = values.facts;
const ROUNDS = Number(values.rounds);
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
  const table = borderless({
    head: [`${FACTS} facts in gzipped JSON lines`, "s", "CPU s", "MB of one process at most"],
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

/** A round after the other, each in another order, the first of them not counted. */
async function byTurns(
  ways: Readonly<Record<string, () => string[]>>,
  before = () => undefined as void,
): Promise<Map<string, Cost[]>> {
  const taken = new Map(Object.keys(ways).map((name) => [name, [] as Cost[]]));
  const names = Object.keys(ways);
  for (let round = 0; round <= ROUNDS; round++) {
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
  if (positionals[0] !== "run") await files();
  if (positionals[0] !== "files") await runs();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

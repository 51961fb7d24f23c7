/**
 * Reading the lines of NDJSON into facts, as `run --input` does, against `JSON.parse` on each line: processor
 * time, by turns, for facts of 40 kB and for rows of 200 B. And lines only found, of which nothing is read.
 *
 *   npm run bench:lines [-- rounds=9]
 */
import { isUtf8 } from "node:buffer";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { World } from "../generators/world.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { linesFrom, lineRange, opened } from "../src/sources/line-range.js";
import { medianInterval } from "../src/stats/median-interval.js";

const ROUNDS = Number(process.argv[2] ?? 9);
const WARM_UP = 3;
const FACTS = 400;
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));

interface Way {
  readonly name: string;
  /** Takes all lines of a file; returns how many there were. */
  readonly walk: (path: string) => number;
}

function overLines(take: (line: Buffer) => unknown): Way["walk"] {
  return (path) => {
    let lines = 0;
    for (const { bytes } of linesFrom(path, opened(path), 0, Infinity)) {
      take(bytes);
      lines++;
    }
    return lines;
  };
}

const ways: readonly Way[] = [
  {
    name: "run --input",
    walk: (path) => {
      let facts = 0;
      for (const _ of lineRange(path).facts(0, statSync(path).size)) facts++;
      return facts;
    },
  },
  {
    name: "JSON.parse",
    walk: overLines((bytes) => isUtf8(bytes) && JSON.parse(bytes.toString("utf8"))),
  },
  { name: "finding lines", walk: overLines(() => undefined) },
];

function files(): (readonly [string, string])[] {
  const world = new World(42, DEFAULT_PROFILE);
  const facts = Array.from({ length: FACTS }, (_, index) => world.fact(index));
  const rows = facts.flatMap(({ factId, player, runs }) =>
    runs.flatMap(({ startedAt, events }) =>
      events.map(({ atMilliseconds, type, district, lane, distanceMetres }) => ({
        ...{ factId, at: startedAt + atMilliseconds, player: player.name, country: player.country },
        ...{ type, district, lane, distanceMetres, session: player.id },
      })),
    ),
  );
  return Object.entries({ "facts of 40 kB": facts, "rows of 200 B": rows }).map(
    ([name, values]) => {
      const path = join(folder, name);
      writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(""));
      return [name, path];
    },
  );
}

/** Microseconds of processor time for a line. */
function sample({ walk }: Way, path: string): number {
  const before = process.cpuUsage();
  const lines = walk(path);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / lines;
}

try {
  const table = borderless({ gap: 3, colAligns: ["left", "left", "right", "right", "right"] });
  table.push(["", "", "µs a line", "times as fast as JSON.parse", "95 % interval"]);
  for (const [name, path] of files()) {
    const taken = new Map<Way, number[]>(ways.map((way) => [way, []]));
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      for (const way of ways) {
        const microseconds = sample(way, path);
        if (round >= WARM_UP) taken.get(way)?.push(microseconds);
      }
    }
    const base = taken.get(ways[1] as Way) ?? [];
    for (const way of ways) {
      const own = taken.get(way) ?? [];
      const { median, low, high } = medianInterval(own.map((us, i) => (base[i] ?? NaN) / us));
      const ratio = [significant(median), `${significant(low)} to ${significant(high)}`];
      table.push([name, way.name, significant(medianInterval(own).median), ...ratio]);
    }
  }
  console.log(`Node ${process.version}, ${ROUNDS} rounds by turns\n\n${table.toString()}\n`);
  console.log("Wanted: run --input twice as fast as JSON.parse.");
} finally {
  rmSync(folder, { recursive: true });
}

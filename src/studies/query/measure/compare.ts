/** Asks the same questions of the same facts, kept in every way, by turns. */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { World } from "../../../../generators/world.js";
import { askOnce } from "../../../process/client.js";
import { storedInterval } from "../../../results/schema.js";
import { fileSink } from "../../../sinks/file.js";
import { medianInterval } from "../../../stats/median-interval.js";
import { measureRounds, type MeasuredCell, type RoundsOptions } from "../../../trial/rounds.js";
import type { MeasuredWay, QueryDocument } from "../document.js";
import type { QuestionName, WayFigures, WayTask } from "./messages.js";
import { questionsAbout } from "./questions.js";
import type { WayName, WayPlace } from "./way.js";
import { WAYS, wayNamed } from "./ways.js";

export interface CompareOptions extends Pick<
  RoundsOptions<WayName, WayFigures>,
  "rounds" | "budgetSeconds" | "seed" | "signal" | "onProgress"
> {
  readonly facts: number;
  /** Of PostgreSQL, where there is one. */
  readonly postgres: string | null;
  /** Where files go while it is measured. */
  readonly folder: string;
}

const PATIENCE_SECONDS = 180;
const SCRIPT = new URL("./way-process.js", import.meta.url);

export async function compareWays(
  options: CompareOptions,
): Promise<Pick<QueryDocument, "facts" | "jsonBytes" | "rounds" | "ways">> {
  const { facts, postgres, seed, signal } = options;
  const folder = join(options.folder, "scratch");
  mkdirSync(folder, { recursive: true });
  const ndjson = join(folder, "facts.ndjson");
  const prefix = `hellfact_query_${randomBytes(3).toString("hex")}_`;
  const place: WayPlace = { ndjson, folder, postgres, prefix };
  try {
    const jsonBytes = writeFacts(ndjson, facts, seed);
    const questions = await questionsAbout(ndjson);
    const { cells, rounds } = await measureRounds<WayName, WayFigures>({
      ...options,
      cells: WAYS.map(({ name, store, summary }) => ({ name, store, summary })),
      now: () => performance.now() / 1000,
      measure: ({ name }, round) => {
        const task: WayTask = { way: name, place, questions, isFirst: round === 1 };
        return askOnce<WayFigures>(SCRIPT, task, { patienceSeconds: PATIENCE_SECONDS, signal });
      },
    });
    if (postgres !== null) await clear(place);
    return { facts, jsonBytes, rounds, ways: cells.map(summarised) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns how many bytes they have. */
function writeFacts(path: string, count: number, seed: number): number {
  const sink = fileSink(path, "none");
  const world = new World(seed);
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const line = Buffer.from(`${JSON.stringify(world.fact(index))}\n`);
    sink.write(line);
    bytes += line.length;
  }
  sink.close();
  return bytes;
}

/** Takes the tables out of the user's database; every way there has the same. */
async function clear(place: WayPlace): Promise<void> {
  const open = await wayNamed("postgres json")
    .open(place)
    .catch(() => undefined);
  await open?.clear();
  await open?.close();
}

function summarised({ cell, answers, problem }: MeasuredCell<WayName, WayFigures>): MeasuredWay {
  const trials = answers.map(({ asked, peakMemoryBytes }, index) => ({
    ...{ round: index + 1, ...asked, peakMemoryBytes },
  }));
  const isOk = problem === undefined && trials.length > 0;
  const rate = (name: QuestionName) => {
    if (!isOk) return null;
    const rates = trials.map(({ [name]: { answers: count, wallSeconds } }) => count / wallSeconds);
    return storedInterval(medianInterval(rates));
  };
  const isMissing = problem?.failure?.kind === "unavailable";
  return {
    ...cell,
    status: isOk
      ? "ok"
      : problem === undefined
        ? "not-measured"
        : isMissing
          ? "unavailable"
          : "failed",
    reason: problem?.reason ?? null,
    server: answers[0]?.server ?? null,
    load: answers[0]?.load ?? null,
    ...{ byId: rate("byId"), inRange: rate("inRange"), averages: rate("averages") },
    peakMemoryBytes: isOk ? Math.max(...trials.map((trial) => trial.peakMemoryBytes)) : null,
    trials,
  };
}

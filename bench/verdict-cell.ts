/** A cell of known truth, measured in processes of its own, and what the verdict says of it. */
import { execFileSync, fork, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clockTickSeconds } from "../src/trial/clock.js";
import type { Round } from "../src/verdict/evidence.js";
import { judge } from "../src/verdict/judge.js";
import type { Answer } from "./confusion.js";
import type { Cell, CellOutcome } from "./verdict-cell-process.js";

/** How often a cell is measured again because the machine was busy. */
const MAX_REPEATS = 3;
/** Memory, where there is such a folder: a real disk would add a time of its own, and the truth be lost. */
export const folder = mkdtempSync(
  join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "hellfact-verdict-"),
);

/** Runs a cell in as many processes as it has workers, at the same time. */
export async function outcomesOf(cell: Cell, lane = 0): Promise<CellOutcome[]> {
  return Promise.all(
    Array.from({ length: cell.workers }, (_, worker) => {
      const file = join(folder, `cell-${lane}-${worker}`);
      rmSync(file, { force: true }); // what a cell before it left there
      if (cell.sink === "pipe") execFileSync("sh", ["-c", `mkfifo "${file}"`]);
      return inProcess({ ...cell, file });
    }),
  );
}

export function inProcess(cell: Cell): Promise<CellOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./verdict-cell-process.js", import.meta.url), {
      serialization: "advanced",
    });
    let drain: ReturnType<typeof spawn> | undefined;
    let outcome: CellOutcome | undefined;
    child.on("message", (message: CellOutcome | { drainBytesPerSecond: number }) => {
      if ("rounds" in message) outcome = message;
      else drain = drained(cell.file, message.drainBytesPerSecond);
    });
    child.on("exit", (code) => {
      drain?.kill("SIGKILL");
      if (cell.sink === "pipe") rmSync(cell.file, { force: true });
      if (outcome === undefined) reject(new Error(`a cell ended with ${code}`));
      else resolve(outcome);
    });
    child.send(cell);
  });
}

function drained(pipe: string, bytesPerSecond: number) {
  const program = fileURLToPath(new URL("./drain-process.js", import.meta.url));
  return spawn(process.execPath, [program, pipe, String(bytesPerSecond)], { stdio: "ignore" });
}

/** Rounds of all workers together. */
export function together(outcomes: readonly CellOutcome[]): Round[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  return first.rounds.map((_, index) => {
    const rounds = outcomes.map((outcome) => outcome.rounds[index] as Round);
    const sum = (value: (round: Round) => number | null) =>
      rounds.reduce((total, round) => total + (value(round) ?? 0), 0);
    const one = rounds[0] as Round;
    return {
      source: null,
      encode: one.encode === null ? null : sum((round) => round.encode),
      codec: sum((round) => round.codec),
      write: sum((round) => round.write),
      wideWrite: sum((round) => round.wideWrite),
      pipeline: sum((round) => round.pipeline),
      counters: {
        ...one.counters,
        processes: rounds.length,
        cpuSeconds: sum(({ counters }) => counters.cpuSeconds),
        runQueueSeconds: sum(({ counters }) => counters.runQueueSeconds),
      },
    };
  });
}

/** What the tool says of a cell. */
export function answerOf(
  cell: Cell,
  outcomes: readonly CellOutcome[],
): { answer: Answer; kind: string; why: string | null } {
  const [first] = outcomes;
  if (first === undefined) throw new Error("a cell has a worker");
  const verdict = judge({
    rounds: together(outcomes),
    workers: cell.workers,
    toDisk: false,
    oneReader: false,
    syncsAtClose: false,
    storedBytesPerFact: first.storedBytesPerFact,
    factsPerBatch: first.factsPerBatch,
    clockSeconds: clockTickSeconds(),
    shortestSeconds: Math.min(...outcomes.map(({ shortestSeconds }) => shortestSeconds)),
    caveats: [],
  });
  const { kind } = verdict;
  const answer =
    kind === "codec-bound" ? "CPU" : kind.startsWith("sink") ? "IO" : (kind as "balanced");
  return { answer, kind, why: kind === "inconclusive" ? verdict.why : null };
}

/** A cell, again where the machine was taken away meanwhile: as its user would, told so. */
export async function undisturbed(cell: Cell, lane: number) {
  for (let repeats = 0; ; repeats++) {
    const outcomes = await outcomesOf(cell, lane);
    const judged = answerOf(cell, outcomes);
    if (judged.why !== "busy" || repeats === MAX_REPEATS) return { outcomes, repeats, ...judged };
  }
}

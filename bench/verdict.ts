/**
 * The verdict against known truth, and its predictions against what is then measured.
 *
 *   npm run bench:verdict [-- cells]     cells: how many of the matrix at most (all of it: about half an hour)
 *   npm run bench:verdict -- --default 20     what default comparisons say binds, so many times: verdict-default.ts
 *
 * Codecs are held to a fixed time for each fact, and sinks to a multiple of that: so it is known which is
 * the slower one, by how much, whatever else the machine does.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { borderless } from "../src/report/layout.js";
import { quantile } from "simple-statistics";
import { seededUniform, shuffled } from "../src/stats/random.js";
import { causalEffect } from "../src/verdict/causal.js";
import { predictedRate } from "../src/verdict/model.js";
import { Confusion, type Band, type Truth } from "./confusion.js";
import type { Cell, CellOutcome } from "./verdict-cell-process.js";
import { answerOf, folder, inProcess, outcomesOf, together, undisturbed } from "./verdict-cell.js";
import { sweep } from "./verdict-sweep.js";

if (process.argv[2] === "--default") {
  await import("./verdict-default.js");
  process.exit();
}

const RATIOS = [0.1, 0.3, 0.6, 0.8, 0.88, 0.93, 0.97, 1.03, 1.07, 1.14, 1.6, 3, 10];
const ROUNDS = 5;
/** What the codec of a cell takes for a fact; the cell is told. */
const FACT_SECONDS = 100e-6;
/** How often a cell was measured again because the machine was busy. */
let repeats = 0;
const MAX_CELLS = Number(process.argv[2] ?? 1000) || 1000;
function matrix(): Cell[] {
  const cells: Cell[] = [];
  const base = { rounds: ROUNDS, study: "ceilings", file: "", factSeconds: FACT_SECONDS } as const;
  for (const ratio of RATIOS) {
    for (const codec of ["json", "protobuf"] as const) {
      for (const compressor of ["none", "gzip:1"]) {
        for (const sink of ["device", "in turn"] as const) {
          for (const [workers, sync] of [
            [1, "none"],
            [1, "close"],
            [2, "close"],
          ] as const) {
            // Compressing needs room beside the encoding.
            const factSeconds = compressor === "none" ? FACT_SECONDS : FACT_SECONDS * 1.4;
            cells.push({ ...base, factSeconds, ratio, codec, compressor, sink, workers, sync });
          }
        }
      }
    }
    for (const sink of ["latency", "pipe"] as const) {
      cells.push({
        ...base,
        ratio,
        codec: "json",
        compressor: "none",
        sink,
        workers: 1,
        sync: "none",
      });
    }
  }
  return shuffled(cells, seededUniform(7)).slice(0, MAX_CELLS);
}

const RULES: Record<string, (symptoms: CellOutcome["symptoms"]) => Truth> = {
  "CPU > 90 %": ({ cpu }) => (cpu > 0.9 ? "CPU" : "IO"),
  "iowait > 10 %": ({ ioWait }) => (ioWait > 0.1 ? "IO" : "CPU"),
  "event loop > 0.95": ({ eventLoop }) => (eventLoop > 0.95 ? "CPU" : "IO"),
  "I/O pressure > 10 %": ({ ioPressure }) => (ioPressure > 0.1 ? "IO" : "CPU"),
};

function bandOf(ratio: number): Band {
  const difference = Math.max(ratio, 1 / ratio) - 1;
  if (difference > 0.1) return "over 10 %";
  return difference > 0.05 ? "5 to 10 %" : "under 5 %";
}

async function truthMatrix(): Promise<void> {
  const cells = matrix();
  const confusion = new Confusion(Object.keys(RULES));
  const errors: number[] = [];
  let done = 0;
  const take = async (cell: Cell, lane: number) => {
    const { outcomes, repeats: again, answer, kind } = await undisturbed(cell, lane);
    repeats += again;
    const truth: Truth = cell.ratio < 1 ? "IO" : "CPU";
    const band = bandOf(cell.ratio);
    confusion.add("hellfact", band, truth, answer);
    const symptoms = outcomes[0]?.symptoms;
    if (symptoms !== undefined) {
      for (const [rule, judged] of Object.entries(RULES)) {
        confusion.add(rule, band, truth, judged(symptoms));
      }
    }
    const isWrong =
      answer !== truth && (band === "over 10 %" || answer === "CPU" || answer === "IO");
    const wrongIo =
      kind.startsWith("sink") && (kind === "sink-latency-bound") !== (cell.sink === "latency");
    if (isWrong || wrongIo) console.error(`${JSON.stringify({ ...cell, file: "" })}: ${kind}`);
    errors.push(...predictionErrors(cell, outcomes));
    if (++done % 20 === 0) console.error(`${done} of ${cells.length} cells`);
  };
  // Cells of one worker share the machine by two: each has a core, as the workers of the others have.
  const single = cells.filter(({ workers }) => workers === 1);
  const lane = async (number: number) => {
    for (let cell = single.pop(); cell !== undefined; cell = single.pop()) await take(cell, number);
  };
  await Promise.all([lane(0), lane(1)]);
  for (const cell of cells) if (cell.workers > 1) await take(cell, 0);
  console.log(
    `\n${cells.length} cells; ${repeats} times one was measured again, because the machine was busy\n`,
  );
  confusion.print();
  want(confusion.right("over 10 %") >= 0.99, "fewer than 99 % right where ceilings differ by far");
  want(confusion.right("5 to 10 %") >= 0.95, "fewer than 95 % right between 5 and 10 %");
  want(confusion.confidentlyWrong("under 5 %") === 0, "a confident wrong verdict below 5 %");
  if (errors.length === 0) return;
  want(quantile(errors, 0.5) <= 0.05, "predictions are off by over 5 % at the median");
  want(quantile(errors, 0.95) <= 0.1, "predictions are off by over 10 % at the 95th percentile");
  const shown = (p: number) => (quantile(errors, p) * 100).toFixed(1);
  console.log(
    `The rate predicted for a sink that was never measured (the codec's ceiling, the sink's known rate, ` +
      `all at once or in turn) was off by ${shown(0.5)} % at the median and ${shown(0.95)} % at the 95th ` +
      `percentile of ${errors.length} cells (wanted: 5 and 10).\n`,
  );
}

/** How far the pipeline's rate is from what the codec's ceiling and the sink's known rate predict. */
function predictionErrors(cell: Cell, outcomes: readonly CellOutcome[]): number[] {
  if (cell.sink === "pipe" || cell.sink === "latency") return [];
  const rounds = together(outcomes);
  const measured = quantile(
    rounds.map(({ pipeline }) => pipeline),
    0.5,
  );
  const codec = quantile(
    rounds.map(({ codec: rate }) => rate),
    0.5,
  );
  const sink = (cell.ratio / cell.factSeconds) * cell.workers;
  const predicted = predictedRate([1 / codec, 1 / sink], cell.sink === "device" ? 1 : 0);
  return [Math.abs(predicted / measured - 1)];
}

async function causalCells(): Promise<void> {
  const table = borderless({ gap: 2 });
  table.push(["sink", "÷ codec", "stage", "truth", "slope", "off by"]);
  const base = {
    codec: "json",
    compressor: "none",
    workers: 1,
    rounds: 0,
    sync: "none",
    factSeconds: FACT_SECONDS,
  } as const;
  for (const sink of ["device", "in turn"] as const) {
    for (const ratio of [0.4, 2.5]) {
      const cell: Cell = { ...base, sink, ratio, study: "causal", file: join(folder, "cell-0-0") };
      const slopes: Record<string, number[]> = { encode: [], sink: [] };
      for (let trial = 0; trial < 5; trial++) {
        const { injected } = await inProcess(cell);
        for (const stage of ["encode", "sink"] as const) {
          const own = injected.filter((entry) => entry.stage === stage);
          slopes[stage]?.push(causalEffect(own).slope);
        }
      }
      for (const stage of ["encode", "sink"] as const) {
        const isCritical = sink === "in turn" || (stage === "sink") === ratio < 1;
        const slope = quantile(slopes[stage] ?? [], 0.5);
        const truth = isCritical ? 1 : 0;
        want(Math.abs(slope - truth) <= 0.05, `the slope of ${stage} is ${slope.toFixed(3)}`);
        table.push([
          sink,
          String(ratio),
          stage,
          String(truth),
          slope.toFixed(3),
          Math.abs(slope - truth).toFixed(3),
        ]);
      }
    }
  }
  console.log(`Slopes of injected delays (wanted: within 0.05)\n\n${table.toString()}\n`);
}

async function printSweep(): Promise<void> {
  const table = borderless({ gap: 2 });
  table.push(["bandwidth, MB/s", "predicted", "found", "off by"]);
  for (const { what, predicted, found } of await sweep()) {
    const off = Math.abs(found / predicted - 1);
    want(off <= 0.05, `${what} is off by ${percent(off)}`);
    table.push([what, (predicted / 1e6).toFixed(2), (found / 1e6).toFixed(2), percent(off)]);
  }
  console.log(`Found by sweeping bandwidths (wanted: within 5 %)\n\n${table.toString()}\n`);
}

/** A process that takes every core from the middle on has to be noticed. */
async function printRival(): Promise<void> {
  const cell: Cell = {
    ...{ codec: "json", compressor: "none", sink: "device", sync: "none", ratio: 3 },
    ...{
      seesOthers: true,
      workers: 1,
      rounds: 8,
      study: "ceilings",
      file: "",
      factSeconds: FACT_SECONDS,
    },
  };
  const rivals: ReturnType<typeof spawn>[] = [];
  const timer = setTimeout(() => {
    for (let n = 0; n < 2; n++) rivals.push(spawn(process.execPath, ["-e", "for(;;);"]));
  }, 2500);
  const outcomes = await outcomesOf(cell);
  clearTimeout(timer);
  for (const rival of rivals) rival.kill("SIGKILL");
  const { kind } = answerOf(cell, outcomes);
  want(kind === "inconclusive", `a rival for the processor was judged ${kind}`);
  console.log(`Two rivals for the processor from the middle on: ${kind} (wanted: inconclusive).\n`);
}

/** Notes a figure that was to be reached. */
function want(isReached: boolean, otherwise: string): void {
  if (isReached) return;
  console.log(`MISSED: ${otherwise}`);
  process.exitCode = 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

try {
  await printSweep();
  await printRival();
  await causalCells();
  await truthMatrix();
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * A second ruler: benchmark.js beside this tool's own trials, on the same operation and the same
 * pool, each in fresh processes, by turns. If the two disagree, one of them lies.
 *
 *   npm run bench:ruler [-- rounds]
 */
import { fork } from "node:child_process";
import Table from "cli-table3";
import { median } from "simple-statistics";
import { collectPool } from "../src/measure/pool.js";
import { spawnTrial } from "../src/measure/spawn-trial.js";
import { loadPlugin, pluginNames } from "../src/plugins/catalog.js";
import { BORDERLESS } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { seededUniform, shuffled } from "../src/stats/random.js";
import type { RulerTask } from "./second-ruler-process.js";

const ROUNDS = Number(process.argv[2] ?? 7);
const SECONDS = 1;

interface Subject {
  readonly codec: string;
  readonly operation: "encode" | "decode";
  readonly ours: number[];
  readonly theirs: number[];
}

const { size: poolSize } = await collectPool(generatorSource({ seed: 42, from: 0 }), null);
const subjects = await findSubjects();
const uniform = seededUniform(42);
for (let round = 1; round <= ROUNDS; round++) {
  console.error(`round ${round} of ${ROUNDS}`);
  for (const subject of shuffled(subjects, uniform)) {
    const both = [
      async () => subject.ours.push(await ourRate(subject)),
      async () => subject.theirs.push(await theirRate(subject)),
    ];
    for (const measure of shuffled(both, uniform)) await measure();
  }
}
print();

async function findSubjects(): Promise<Subject[]> {
  const found: Subject[] = [];
  for (const name of pluginNames("codecs")) {
    const { abilities, decodesAs } = await loadPlugin("codecs", name);
    const subject = (operation: Subject["operation"]) => ({
      codec: name,
      operation,
      ours: [],
      theirs: [],
    });
    if (abilities.includes("encode")) found.push(subject("encode"));
    if (abilities.includes("decode") && decodesAs === undefined) found.push(subject("decode"));
  }
  return found;
}

/** A trial as `bench --sink null` makes it. */
async function ourRate({ codec, operation }: Subject): Promise<number> {
  const outcome = await spawnTrial(
    {
      scenario: {
        codec,
        compressor: "none",
        engine: null,
        direction: operation === "encode" ? "write" : "read",
        sink: "null",
        sync: null,
      },
      payload: { kind: "generator", seed: 42 },
      poolSize,
      file: null,
      fields: [],
      allowanceSeconds: SECONDS + 0.7,
      prepareOnly: false,
    },
    new AbortController().signal,
  );
  if (outcome.status !== "ok") throw new Error(`${codec} ${operation}: ${JSON.stringify(outcome)}`);
  return outcome.measure.factsPerSecond;
}

function theirRate({ codec, operation }: Subject): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./second-ruler-process.js", import.meta.url));
    child.on("message", (rate) => resolve(Number(rate)));
    child.on("exit", (code) => reject(new Error(`benchmark.js ended with ${code}`)));
    child.send({ codec, operation, seconds: SECONDS } satisfies RulerTask);
  });
}

function print(): void {
  const table = new Table({
    ...BORDERLESS,
    chars: { ...BORDERLESS.chars, middle: "   " },
    colAligns: ["left", "left", "right", "right", "right", "right"],
  });
  table.push(["codec", "operation", "hellfact", "benchmark.js", "ratio", "95 % interval"]);
  const ratios: number[] = [];
  for (const { codec, operation, ours, theirs } of subjects) {
    const ratio = medianInterval(ours.map((rate, round) => rate / (theirs[round] ?? NaN)));
    ratios.push(ratio.median);
    table.push([
      codec,
      operation,
      significant(median(ours)),
      significant(median(theirs)),
      ratio.median.toFixed(3),
      `${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`,
    ]);
  }
  const middle = median(ratios);
  const typical = median(ratios.map((ratio) => Math.abs(ratio - 1)));
  console.log(table.toString());
  console.log(
    `\nOver all of them the median ratio is ${middle.toFixed(3)}; a figure of ours differs from ` +
      `benchmark.js's by ${(typical * 100).toFixed(1)} % at the median (wanted: under 5 %).`,
  );
}

/**
 * A second harness: benchmark.js beside this tool's own measuring, for every codec, encoding and decoding
 * the same pool, by turns in one process for each. If the two disagree, one of them lies.
 *
 *   npm run bench:second-harness [-- pairs]
 */
import { fork } from "node:child_process";
import { median } from "simple-statistics";
import { loadPlugin, pluginNames } from "../src/plugins/catalog.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";
import type { RulerRates, RulerTask } from "./second-harness-process.js";

const PAIRS = Number(process.argv[2] ?? 15);

const table = borderless({
  gap: 3,
  colAligns: ["left", "left", "right", "right", "right", "right"],
});
table.push(["codec", "operation", "hellfact", "benchmark.js", "ratio", "95 % interval"]);
const ratios: number[] = [];
for (const task of await tasks()) {
  console.error(`${task.codec} ${task.operation}`);
  const { ours, theirs } = await inFreshProcess(task);
  const ratio = medianInterval(ours.map((rate, pair) => rate / (theirs[pair] ?? NaN)));
  ratios.push(ratio.median);
  table.push([
    task.codec,
    task.operation,
    significant(median(ours)),
    significant(median(theirs)),
    ratio.median.toFixed(3),
    `${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`,
  ]);
}
const typical = median(ratios.map((ratio) => Math.abs(ratio - 1)));
console.log(`facts per second, medians over ${PAIRS} pairs\n\n${table.toString()}`);
console.log(
  `\nOver all of them the median ratio is ${median(ratios).toFixed(3)}; a figure of ours differs from ` +
    `benchmark.js's by ${(typical * 100).toFixed(1)} % at the median (wanted: under 5 %).`,
);

async function tasks(): Promise<RulerTask[]> {
  const found: RulerTask[] = [];
  for (const codec of pluginNames("codecs")) {
    const { abilities, decodesAs, layout } = await loadPlugin("codecs", codec);
    if (layout === "columnar") continue; // the other harness measures a fact at a time
    if (abilities.includes("encode")) found.push({ codec, operation: "encode", pairs: PAIRS });
    if (abilities.includes("decode") && decodesAs === undefined) {
      found.push({ codec, operation: "decode", pairs: PAIRS });
    }
  }
  return found;
}

function inFreshProcess(task: RulerTask): Promise<RulerRates> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./second-harness-process.js", import.meta.url));
    child.on("message", (rates) => resolve(rates as RulerRates));
    child.on("exit", (code) => reject(new Error(`${task.codec}: the process ended with ${code}`)));
    child.send(task);
  });
}

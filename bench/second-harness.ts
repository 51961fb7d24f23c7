/**
 * Other harnesses, benchmark.js and tinybench, beside this tool's own measuring, for every codec, encoding and
 * decoding the same pool, by turns in one process for each. If they disagree, one of them lies.
 *
 *   npm run bench:second-harness [-- rounds]
 */
import { fork } from "node:child_process";
import { median } from "simple-statistics";
import { loadPlugin, pluginNames } from "../src/plugins/catalog.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";
import { OURS, THEIRS, type RulerRates, type RulerTask } from "./second-harness-rulers.js";

const PAIRS = Number(process.argv[2] ?? 15);

const table = borderless({
  gap: 3,
  colAligns: [
    "left",
    "left",
    "right",
    ...THEIRS.flatMap(() => ["right" as const, "right" as const]),
  ],
});
table.push([
  "codec",
  "operation",
  OURS,
  ...THEIRS.flatMap((name) => [`÷ ${name}`, "95 % interval"]),
]);
const ratios = new Map(THEIRS.map((name) => [name, [] as number[]]));
for (const task of await tasks()) {
  console.error(`${task.codec} ${task.operation}`);
  const rates = await inFreshProcess(task);
  const ours = rates[OURS];
  const cells = THEIRS.flatMap((name) => {
    const ratio = medianInterval(ours.map((rate, round) => rate / (rates[name][round] ?? NaN)));
    ratios.get(name)?.push(ratio.median);
    return [ratio.median.toFixed(3), `${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`];
  });
  table.push([task.codec, task.operation, significant(median(ours)), ...cells]);
}
console.log(`facts per second, medians over ${PAIRS} rounds\n\n${table.toString()}\n`);
for (const [name, found] of ratios) {
  const typical = median(found.map((ratio) => Math.abs(ratio - 1)));
  console.log(
    `Over all of them the median ratio to ${name} is ${median(found).toFixed(3)}; a figure of ours differs from ` +
      `its by ${(typical * 100).toFixed(1)} % at the median (wanted: under 5 %).`,
  );
}

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

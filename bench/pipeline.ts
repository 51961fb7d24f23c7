/**
 * The pipeline against its ceilings, against one worker, and against what a user would write; by turns.
 *
 *   npm run bench:pipeline [-- rounds=5 [rivals]]     with `rivals`, not against ceilings, which takes long
 */
import { execFileSync, fork } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { usableCores } from "../src/machine/environment.js";
import { DEFAULT_CODECS } from "../src/plugins/default-codecs.js";
import { loadPlugin } from "../src/plugins/catalog.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import type { RunDocument } from "../src/studies/run/document.js";
import { medianInterval } from "../src/stats/median-interval.js";
import type { CeilingTask } from "./ceiling-process.js";

const ROUNDS = Number(process.argv[2] ?? 5);
const CEILING_SECONDS = 1.5;
const RUN_SECONDS = "4s";
/** Starting and compiling are in the time of all; so many make little of them. */
const RIVAL_FACTS = 40_000;
const WORKERS = usableCores();
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const RIVALS = fileURLToPath(new URL("./rivals.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));

/** Runs the pipeline into a folder that is gone afterwards. */
function run(...words: string[]): RunDocument["run"] {
  const sink = join(folder, "run");
  const all = ["run", ...words, "--sync", "none", "--sink", `file:${sink}`, "--json", "--quiet"];
  const text = execFileSync(process.execPath, [MAIN, ...all], { encoding: "utf8" });
  rmSync(sink, { recursive: true });
  return (JSON.parse(text) as RunDocument).run;
}

/** Facts a second of all workers together, each doing one stage alone. */
async function ceiling(stage: CeilingTask["stage"], codec: string, compressor: string) {
  const rates = await Promise.all(
    Array.from({ length: WORKERS }, (_, worker) => {
      const path = join(folder, `sink-${worker}`);
      const task = { stage, codec, compressor, seconds: CEILING_SECONDS, path };
      return new Promise<number>((resolve, reject) => {
        const child = fork(new URL("./ceiling-process.js", import.meta.url));
        child.on("message", (rate) => resolve(Number(rate)));
        child.on("exit", (code) => reject(new Error(`${stage} ended with ${code}`)));
        child.send(task satisfies CeilingTask);
      });
    }),
  );
  return rates.reduce((sum, rate) => sum + rate, 0);
}

/** One rival's facts a second, and the bytes that it stored. */
function rival(name: string): { rate: number; bytes: number } {
  const path = join(folder, "rival");
  const words = [RIVALS, name, String(RIVAL_FACTS), path];
  const rate = Number(execFileSync(process.execPath, words, { encoding: "utf8" }));
  const bytes = statSync(path).size;
  rmSync(path);
  return { rate, bytes };
}

function ratio(above: readonly number[], below: readonly number[]): string {
  const { median, low, high } = medianInterval(above.map((rate, i) => rate / (below[i] ?? NaN)));
  return `${significant(median)} (${significant(low)} to ${significant(high)})`;
}

async function againstRivals(): Promise<void> {
  const rates: Record<string, number[]> = {};
  const stored: Record<string, number> = {};
  const note = (name: string, rate: number, bytes: number) => {
    (rates[name] ??= []).push(rate);
    stored[name] = bytes;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const compress of ["none", "gzip"]) {
      for (const workers of ["1", String(WORKERS)]) {
        const words = [
          "--facts",
          String(RIVAL_FACTS),
          "--compress",
          compress,
          "--workers",
          workers,
        ];
        const { factsPerSecond, storedBytes } = run(...words);
        note(`run ${compress} × ${workers}`, factsPerSecond, storedBytes);
      }
    }
    for (const name of ["stream", "stream-gzip", "sonic-boom"]) {
      const { rate, bytes } = rival(name);
      note(name, rate, bytes);
    }
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  const pairs = [
    ["run gzip × 2", "run gzip × 1", 1.9],
    ["run none × 2", "run none × 1", 1.85],
    ["run gzip × 2", "stream-gzip", 6],
    ["run none × 2", "stream", 1.8],
    ["run none × 2", "sonic-boom", 3],
  ] as const;
  const table = borderless({ gap: 3, colAligns: ["left", "right", "left", "right", "right"] });
  table.push(["", "facts/s", "against", "times (95 %)", "wanted", "stored bytes"]);
  for (const [ours, theirs, wanted] of pairs) {
    const name = ours.replace("× 2", `× ${WORKERS}`);
    const own = rates[name] ?? [];
    table.push([
      name,
      significant(medianInterval(own).median),
      theirs,
      ratio(own, rates[theirs] ?? []),
      String(wanted),
      `${(((stored[name] ?? NaN) / (stored[theirs] ?? NaN)) * 100).toFixed(2)} %`,
    ]);
  }
  console.log(
    `\nJSON, ${RIVAL_FACTS} facts of 40 kB, ${ROUNDS} rounds, no sync\n\n${table.toString()}\n`,
  );
}

async function againstCeilings(): Promise<void> {
  const table = borderless({
    gap: 3,
    colAligns: ["left", "left", "right", "right", "right", "right", "right", "right"],
  });
  table.push(["codec", "", "source", "codec", "sink", "pipeline", "of lowest", "of all in turn"]);
  for (const codec of DEFAULT_CODECS) {
    if (!(await loadPlugin("codecs", codec)).abilities.includes("encode")) continue;
    for (const compressor of ["none", "gzip"]) {
      const source: number[] = [];
      const encode: number[] = [];
      const sink: number[] = [];
      const whole: number[] = [];
      for (let round = 0; round < Math.max(3, ROUNDS - 2); round++) {
        source.push(await ceiling("source", codec, compressor));
        encode.push(await ceiling("codec", codec, compressor));
        sink.push(await ceiling("sink", codec, compressor));
        const words = ["--codec", codec, "--compress", compressor, "--duration", RUN_SECONDS];
        whole.push(run(...words).factsPerSecond);
      }
      const lowest = whole.map((_, i) => Math.min(source[i] ?? 0, encode[i] ?? 0, sink[i] ?? 0));
      // What the same cores can do that have to do all three, one after the other.
      const inTurn = whole.map((_, i) =>
        [source, encode, sink].reduce((sum, rates) => sum + 1 / (rates[i] ?? NaN), 0),
      );
      const middle = (rates: number[]) => significant(medianInterval(rates).median);
      table.push([
        codec,
        compressor,
        ...[source, encode, sink, whole].map(middle),
        middle(whole.map((rate, i) => rate / (lowest[i] ?? NaN))),
        middle(whole.map((rate, i) => rate * (inTurn[i] ?? NaN))),
      ]);
      console.error(`${codec} ${compressor}`);
    }
  }
  console.log(`${WORKERS} workers, facts/s, medians\n\n${table.toString()}\n`);
  console.log(
    "Wanted: 0.95 of the lowest ceiling. 'of all in turn': of what cores that do all three can do.",
  );
}

try {
  await againstRivals();
  if (process.argv[3] !== "rivals") await againstCeilings();
} finally {
  rmSync(folder, { recursive: true });
}

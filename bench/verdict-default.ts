/**
 * What default comparisons say binds, one after the other on a machine that is left alone: how often the answer of
 * the first screen, which is that on uncompressed json's writes, is not decided, and how often another one is wrong.
 * What binds a write is known where its sink carries many times what its codec makes, at the median over all
 * runs: the codec. Exits with 1 where more than one answer of twenty is open, or one is wrong.
 *
 *   npm run bench:verdict -- --default 20         about half an hour
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { choiceName } from "../src/report/names.js";
import { loadResults } from "../src/studies/compare/load.js";
import { judgedWrites } from "../src/studies/compare/report/verdict.js";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
/** A sink so many times as fast as the codec binds nothing, whatever the machine does meanwhile. */
const FAR = 3;
const MOST_OPEN = 1 / 20;

interface Judged {
  readonly kinds: string[];
  /** The sink's facts per second over the codec's; where that was not told, nothing is. */
  readonly ratios: number[];
}

const runs = Number(process.argv[3] ?? 20);
const out = mkdtempSync(join(tmpdir(), "hellfact-verdict-"));
const writes = new Map<string, Judged>();
for (let run = 1; run <= runs; run++) {
  const words = [MAIN, "bench", "--out", out, "--json"];
  const { status } = spawnSync(process.execPath, words, { stdio: ["ignore", "ignore", "ignore"] });
  if (status !== 0) throw new Error(`hellfact bench ended with ${status}`);
  const judged = judgedWrites(loadResults(join(out, "latest.json")));
  for (const write of judged) {
    const { kind, evidence } = write.verdict;
    const found = writes.get(choiceName(write)) ?? { kinds: [], ratios: [] };
    found.kinds.push(kind);
    if (evidence.codec !== null && evidence.write !== null) {
      found.ratios.push(evidence.write.median / evidence.codec.median);
    }
    writes.set(choiceName(write), found);
  }
  const said = judged.map((write) => `${choiceName(write)} ${write.verdict.kind}`).join(", ");
  console.log(`run ${run}: ${said === "" ? "nothing was judged" : said}`);
}
rmSync(out, { recursive: true });

const open = (kinds: readonly string[]) => kinds.filter((kind) => kind === "inconclusive").length;
const headline = writes.get("json")?.kinds ?? [];
const unsaid = runs - headline.length + open(headline);
console.log(`the first screen's answer: not decided in ${unsaid} of ${runs} runs`);
let wrong = 0;
for (const [name, { kinds, ratios }] of writes) {
  const ratio = ratios.length === 0 ? NaN : median(ratios);
  const isKnown = ratio > FAR;
  const others = kinds.filter((kind) => kind !== "inconclusive" && kind !== "codec-bound").length;
  if (isKnown) wrong += others;
  console.log(
    `${name}: the sink carries ${ratio.toFixed(2)} × what the codec makes; ${open(kinds)} of ${kinds.length} not decided, ` +
      (isKnown ? `${others} wrong` : `${others} not the codec, and what is right is not known`),
  );
}
process.exitCode = unsaid > runs * MOST_OPEN || wrong > 0 ? 1 : 0;

import { statSync } from "node:fs";
import type { Fact } from "../core/fact.js";
import type { Input } from "../sources/input.js";
import { decile, startProgress, secondsToGo } from "./progress.js";

const LOOK_FACTS = 200;
/** Nobody needs to know how far something is that is nearly done. */
const QUIET_SECONDS = 2;

/** Shows how far the reading of an input is, by the facts that came, or about how many of its bytes they took. */
export function startReadingProgress(
  { files }: Pick<Input, "files">,
  mostFacts: number,
  quiet: boolean,
): { count: (fact: Fact) => void; stop: () => void } {
  const progress = startProgress("reading", quiet);
  // What is packed does not tell how much is in it.
  const isPacked = files.some(({ path, format }) => path.endsWith(".gz") || format === "parquet");
  const size =
    isPacked || files.length === 0
      ? Infinity
      : files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  const startedAt = performance.now();
  let facts = 0;
  let bytes = 0;
  return {
    count: (fact) => {
      facts += 1;
      if (facts % LOOK_FACTS !== 0) return;
      bytes += JSON.stringify(fact).length * LOOK_FACTS; // about
      const seconds = (performance.now() - startedAt) / 1000;
      const done = Math.min(1, Math.max(facts / mostFacts, bytes / size));
      if (seconds < QUIET_SECONDS || done === 0) return;
      const secondsLeft = secondsToGo(done, seconds);
      progress.update({ done, secondsLeft, stage: decile(done), activity: `${facts} facts` });
    },
    stop: () => progress.stop(),
  };
}

/** 0 where nobody can tell; whoever reads it will say why. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

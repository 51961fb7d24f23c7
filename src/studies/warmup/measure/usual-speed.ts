/**
 * What processes would have taken had the machine kept its usual speed. A shared machine changes it from one
 * second to the next, and processes that are watched one after the other meet different ones; the fixed piece
 * of native work after each block of facts says which.
 */
import { median } from "simple-statistics";
import type { WarmupScenario, WatchedBlock, WatchedProcess } from "../document.js";

/** Blocks on either side whose readings tell the speed of one: about a tenth of a second. */
const NEIGHBOURS = 20;
/** What took no tick of the clock took some time all the same. */
const SHORTEST = 1e-9;

/**
 * The processes of some scenarios at the speed that the machine usually had for all of them; of each runtime
 * apart, for the work is native and no two runtimes need have the same.
 */
export function atUsualSpeed(
  scenarios: readonly Pick<WarmupScenario, "runtime" | "watched">[],
): WatchedProcess[][] {
  const usual = new Map<string | undefined, number>();
  for (const { runtime } of scenarios) {
    const readings = scenarios
      .filter((one) => one.runtime === runtime)
      .flatMap(({ watched }) => watched.flatMap(({ blocks }) => blocks.map(readingOf)));
    if (readings.length > 0) usual.set(runtime, median(readings));
  }
  return scenarios.map(({ runtime, watched }) =>
    watched.map((process) => atReading(process, usual.get(runtime) ?? SHORTEST)),
  );
}

/** The same process where the reference workload takes `usual`; its start at the speed of its first facts. */
function atReading(process: WatchedProcess, usual: number): WatchedProcess {
  const readings = process.blocks.map(readingOf);
  const factorAt = (index: number) => {
    const near = readings.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
    return usual / median(near);
  };
  const first = factorAt(0);
  return {
    ...process,
    startCpuSeconds: process.startCpuSeconds * first,
    loadCpuSeconds: process.loadCpuSeconds * first,
    prewarmCpuSeconds: process.prewarmCpuSeconds * first,
    blocks: process.blocks.map((block, index) => ({
      ...block,
      cpuSeconds: block.cpuSeconds * factorAt(index),
    })),
  };
}

function readingOf({ referenceSeconds }: WatchedBlock): number {
  return Math.max(SHORTEST, referenceSeconds);
}

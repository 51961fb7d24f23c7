/**
 * What sizing promises: that searching the whole price table takes no time, and that what was measured
 * at one duplication predicts the core-seconds of another. Facts told once and facts told ten times are
 * encoded by turns in one process, so that what the machine does to one it does to both.
 *
 *   npm run bench:size [-- codecs compressors pairs]
 */
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { World } from "../generators/world.js";
import { readPrices } from "../src/studies/size/prices.js";
import type { Fact } from "../src/core/fact.js";
import { FactWriter } from "../src/pipeline/fact-writer.js";
import { loadParts } from "../src/pipeline/parts.js";
import { borderless } from "../src/report/layout.js";
import { significant } from "../src/report/numbers.js";
import { nullSink } from "../src/sinks/null.js";
import { cheapestWays } from "../src/studies/size/model/cheapest.js";
import { PRESETS } from "../src/studies/size/model/load.js";
import { givenCoreSeconds, type MeasuredCodec } from "../src/studies/size/model/measured.js";
import { sizeCodecs, type SizingTerms } from "../src/studies/size/model/sizing.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval } from "../src/stats/median-interval.js";

const CODECS = (process.argv[2] ?? "json,msgpackr,msgpackr-records,protobuf").split(",");
const COMPRESSORS = (process.argv[3] ?? "none,gzip").split(",");
const PAIRS = Number(process.argv[4] ?? 15);

const DUPLICATION = 10;
/** Ten times a whole number of the 32 sizes that the world has, so that both have all sizes. */
const BATCH_FACTS = 320;
const WARM_UP_PAIRS = 2;
const SEARCHES = 21;
const ROWS = 12;

tellSearch();
await tellPredictions();

/** Twelve codecs, as many as the default comparison has rows, on every type. */
function tellSearch(): void {
  const { machines } = readPrices(undefined);
  const given = givenCoreSeconds(1e-3, 40_000);
  const [one] = given.codecs as [MeasuredCodec];
  const codecs = Array.from({ length: ROWS }, (_, index) => {
    const cost = {
      writeCpuSeconds: 1e-3 * (1 + index),
      readCpuSeconds: 1e-3,
      storedBytes: 4_000 * (1 + index),
      jsonBytes: 40_000,
      workerMemoryBytes: 150e6,
    };
    return { ...one, codec: `codec ${index}`, cost };
  });
  const milliseconds = Array.from({ length: SEARCHES }, () => {
    const start = performance.now();
    cheapestWays({ ...given, codecs }, machines, termsAt(DUPLICATION));
    return performance.now() - start;
  });
  console.log(
    `${machines.length} types × ${codecs.length} codecs searched in ` +
      `${medianInterval(milliseconds).median.toFixed(1)} ms, the first time in ` +
      `${(milliseconds[0] ?? NaN).toFixed(1)} ms (wanted: under 100 ms)\n`,
  );
}

async function tellPredictions(): Promise<void> {
  const table = borderless({
    gap: 3,
    colAligns: ["left", "right", "right", "right", "right"],
  });
  table.push(["", "predicted", "measured", "off by", "95 %"]);
  for (const codec of CODECS) {
    for (const compressor of COMPRESSORS) {
      const { once, often } = await cpuSecondsPerFact(codec, compressor);
      const off = medianInterval(once.map((seconds, pair) => seconds / (often[pair] ?? NaN)));
      table.push([
        `${codec} ${compressor}`,
        significant(coreSecondsPerDay(once)),
        significant(coreSecondsPerDay(often)),
        percentOff(off.median),
        `${percentOff(off.low)} to ${percentOff(off.high)}`,
      ]);
    }
  }
  console.log(
    `core-seconds a day of totalhelldeath × ${DUPLICATION}, predicted from facts told once;\n` +
      `off by: the median of ${PAIRS} pairs (wanted: within 5 %)\n\n${table.toString()}`,
  );
}

/** What a codec takes for a fact, facts told once and told often by turns. */
async function cpuSecondsPerFact(
  codec: string,
  compressor: string,
): Promise<{ once: number[]; often: number[] }> {
  const oneWorld = await batchesOf(codec, compressor, 1);
  const otherWorld = await batchesOf(codec, compressor, DUPLICATION);
  const once: number[] = [];
  const often: number[] = [];
  for (let pair = 0; pair < WARM_UP_PAIRS + PAIRS; pair++) {
    const early = pair % 2 === 0 ? oneWorld() : undefined;
    const other = otherWorld();
    const one = early ?? oneWorld();
    if (pair < WARM_UP_PAIRS) continue;
    once.push(one);
    often.push(other);
  }
  return { once, often };
}

/**
 * Makes the next facts of a world one by one and writes each, as a worker of the pipeline does, and
 * gives the CPU-seconds of writing one; making it does not count.
 */
async function batchesOf(
  codec: string,
  compressor: string,
  duplication: number,
): Promise<() => number> {
  const world = new World(42, { ...DEFAULT_PROFILE, duplication });
  const { schema } = generatorSource({ seed: 42, from: 0 });
  const parts = await loadParts(codec, compressor);
  const open = parts.codec.open(schema === undefined ? {} : { schema });
  if (open.encode === undefined) throw new Error(`${codec} cannot write`);
  const writer = new FactWriter({ ...parts, encode: open.encode }, nullSink());
  let next = 0;
  let microseconds = 0;
  const timed = (work: () => void) => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    microseconds += user + system;
  };
  return () => {
    microseconds = 0;
    for (let count = 0; count < BATCH_FACTS; count++) {
      // Every copy comes to a pipeline as an object of its own.
      const fact = JSON.parse(JSON.stringify(world.fact(next++))) as Fact;
      timed(() => writer.add(fact));
    }
    timed(() => writer.endBatch());
    return microseconds / 1e6 / BATCH_FACTS;
  };
}

function coreSecondsPerDay(perFact: readonly number[]): number {
  const { median } = medianInterval(perFact);
  const { machines } = readPrices(undefined);
  const sized = sizeCodecs(
    givenCoreSeconds(median, null),
    machines.slice(0, 1),
    termsAt(DUPLICATION),
  );
  return sized.machines[0]?.rows[0]?.coreSecondsPerDay.median ?? NaN;
}

function termsAt(duplication: number): SizingTerms {
  const load = { ...PRESETS.totalhelldeath, duplication, peak: 1, readsPerWrite: 0 };
  return {
    load: { name: "totalhelldeath", ...load },
    speed: { speed: 1, basis: { kind: "uncalibrated" } },
    utilisation: 0.7,
    spare: 0,
    storage: null,
    disk: "ebs",
    localDiskBytesPerSecond: null,
  };
}

function percentOff(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}

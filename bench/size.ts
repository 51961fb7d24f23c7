/**
 * What sizing promises: that searching the whole price table takes no time, and that what was measured at two
 * duplications foretells the core-seconds of a third. Facts told once, three times and ten times are encoded by
 * turns in one process, by processor time, so that what the machine does to one it does to all.
 *
 *   npm run bench:size [-- codecs compressors rounds]
 */
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { World } from "../generators/world.js";
import { readPrices } from "../src/studies/size/prices.js";
import type { Fact } from "../src/core/fact.js";
import { FactWriter, type FactWriterParts } from "../src/pipeline/fact-writer.js";
import { loadParts } from "../src/pipeline/parts.js";
import { significant } from "../src/report/numbers.js";
import { nullSink } from "../src/sinks/null.js";
import { shareOf } from "../src/studies/size/model/duplication.js";
import { cheapestWays } from "../src/studies/size/model/cheapest.js";
import { PRESETS } from "../src/studies/size/model/load.js";
import { givenCoreSeconds, type MeasuredCodec } from "../src/studies/size/model/measured.js";
import { sizeCodecs, type SizingTerms } from "../src/studies/size/model/sizing.js";
import { generatorSource } from "../src/sources/generator.js";
import { medianInterval, type MedianInterval } from "../src/stats/median-interval.js";

const CODECS = (process.argv[2] ?? "json,msgpackr,msgpackr-records,protobuf,cbor-x").split(",");
const COMPRESSORS = (process.argv[3] ?? "gzip,zstd,brotli:4,lz4,gzip:fast").split(",");
const ROUNDS = Number(process.argv[4] ?? 9);

const LESS = 1;
const ASKED = 3;
const MORE = 10;
/** Each duplication has a whole number of all the 32 sizes that the world has. */
const FACTS = 32 * ASKED * MORE;
const WARM_UP_FACTS = 96;
const TURN_FACTS = 15;
const SEARCHES = 21;
const ROWS = 12;

const TOLD = [LESS, ASKED, MORE].map(tellFacts);
const { schema: SCHEMA } = generatorSource({ seed: 42, from: 0 });

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
    cheapestWays({ ...given, codecs }, machines, termsAt(MORE));
    return performance.now() - start;
  });
  console.log(
    `${machines.length} types × ${codecs.length} codecs searched in ` +
      `${medianInterval(milliseconds).median.toFixed(1)} ms, the first time in ` +
      `${(milliseconds[0] ?? NaN).toFixed(1)} ms (wanted: under 100 ms)\n`,
  );
}

async function tellPredictions(): Promise<void> {
  const share = shareOf(LESS, MORE, ASKED);
  console.log(
    `core-seconds a day of totalhelldeath × ${ASKED}, foretold from ${LESS} × and ${MORE} ×;\n` +
      `off by: the median of ${ROUNDS} rounds with its 95 % interval (wanted: within 5 %), and what ${LESS} × alone foretells\n`,
  );
  const line = (...cells: string[]) =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(28) : cell.padStart(13))).join("");
  console.log(line("", "foretold", "measured", "off by", "from", "to", `from ${LESS} ×`));
  let within = 0;
  for (const codec of CODECS) {
    for (const compressor of COMPRESSORS) {
      const [less, asked, more] = await cpuSecondsPerFact(codec, compressor);
      const foretold = less.map((once, round) => share * once + (1 - share) * (more[round] ?? NaN));
      const off = offBy(foretold, asked);
      const alone = offBy(less, asked);
      if (off.low > 0.95 && off.high < 1.05) within += 1;
      console.log(
        line(
          `${codec} ${compressor}`,
          significant(coreSecondsPerDay(foretold)),
          significant(coreSecondsPerDay(asked)),
          ...[off.median, off.low, off.high, alone.median].map(percentOff),
        ),
      );
    }
  }
  const all = CODECS.length * COMPRESSORS.length;
  console.log(`\n${within} of ${all} are within 5 %, with their intervals.`);
}

function offBy(foretold: readonly number[], measured: readonly number[]): MedianInterval {
  return medianInterval(foretold.map((seconds, round) => seconds / (measured[round] ?? NaN)));
}

type Series = number[];

/**
 * What a codec takes for a fact at each of the three duplications, in each round. In a round they take turns of some
 * facts, for a machine that others use changes its speed within a second.
 */
async function cpuSecondsPerFact(
  codec: string,
  compressor: string,
): Promise<[less: Series, asked: Series, more: Series]> {
  const parts = await loadParts(codec, compressor);
  const encode = parts.codec.open(SCHEMA === undefined ? {} : { schema: SCHEMA }).encode;
  if (encode === undefined) throw new Error(`${codec} cannot write`);
  const series: [Series, Series, Series] = [[], [], []];
  const round = (count: number) => {
    const turns = TOLD.map((told) => ({ told, ...writing({ ...parts, encode }, told.facts) }));
    for (let from = 0; from < count; from += TURN_FACTS) {
      for (const { write } of from % (2 * TURN_FACTS) === 0 ? turns : turns.toReversed()) {
        write(from, from + TURN_FACTS);
      }
    }
    return turns.map(({ end, told }) => (end() / count) * told.perMeanFact);
  };
  round(WARM_UP_FACTS);
  for (let done = 0; done < ROUNDS; done++) {
    for (const [which, seconds] of round(FACTS).entries()) series[which]?.push(seconds);
  }
  return series;
}

/** Writes facts one by one, as a worker of the pipeline does, and counts CPU-seconds; making facts does not count. */
function writing(parts: FactWriterParts, facts: readonly string[]) {
  const writer = new FactWriter(parts, nullSink());
  let microseconds = 0;
  const timed = (work: () => void) => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    microseconds += user + system;
  };
  return {
    write: (from: number, to: number) => {
      // Every copy comes to a pipeline as an object of its own.
      const made = facts.slice(from, to).map((text) => JSON.parse(text) as Fact);
      timed(() => made.forEach((fact) => writer.add(fact)));
    },
    end: () => {
      timed(() => writer.endBatch());
      return microseconds / 1e6;
    },
  };
}

/** Facts of a duplication as JSON, and by what their cost is to be multiplied for facts of the mean size. */
function tellFacts(duplication: number): { facts: readonly string[]; perMeanFact: number } {
  const world = new World(42, { ...DEFAULT_PROFILE, duplication });
  const facts = Array.from({ length: FACTS }, (_, index) => JSON.stringify(world.fact(index)));
  const bytes = facts.reduce((sum, { length }) => sum + length, 0) / FACTS;
  return { facts, perMeanFact: DEFAULT_PROFILE.factBytes / bytes };
}

function coreSecondsPerDay(perFact: readonly number[]): number {
  const { median } = medianInterval(perFact);
  const { machines } = readPrices(undefined);
  const sized = sizeCodecs(givenCoreSeconds(median, null), machines.slice(0, 1), termsAt(ASKED));
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

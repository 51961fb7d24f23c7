import { quantile } from "simple-statistics";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { secondsPerFactInside } from "../src/trial/inside-repetition.js";
import { collectPool } from "../src/payload/pool.js";
import { Writing } from "../src/trial/writing.js";
import { loadParts } from "../src/pipeline/parts.js";
import { NOT_SLOWED } from "../src/sinks/slowed.js";
import { generatorSource } from "../src/sources/generator.js";
import { breakEven, crossover, type Maker } from "../src/verdict/model.js";
import { heldTo } from "./held-codec.js";

/** A bandwidth as the formula says it, and as a sweep over bandwidths finds it. */
export interface Swept {
  readonly what: string;
  readonly predicted: number;
  readonly found: number;
}

const PLAIN_SECONDS = 100e-6;
const SQUEEZED_SECONDS = 250e-6;
const STEPS = [0.5, 0.6, 0.75, 0.9, 1.1, 1.35, 1.7, 2];
const ROUNDS = 5;

/**
 * The crossover of a plain and of a compressed write, and where compressing breaks even, found by writing
 * to devices of bandwidths around where they should be, by turns.
 */
export async function sweep(): Promise<Swept[]> {
  const source = generatorSource({
    ...{ seed: 42, from: 0 },
    profile: { ...DEFAULT_PROFILE, factBytes: 4000 },
  });
  const pool = await collectPool(source, 1280);
  const subject = async (compressor: string, seconds: number) => {
    const parts = await loadParts("json", compressor);
    const common = { pool, schema: source.schema, file: null, sync: "none" } as const;
    const rehearsal = new Writing({ ...common, parts });
    for (const _ of rehearsal.repetition());
    const { encodedBytesPerFact, storedBytesPerFact } = rehearsal.sizes();
    const held = heldTo(seconds, encodedBytesPerFact, parts, compressor !== "none");
    const alone = 1 / secondsPerFactInside(new Writing({ ...common, parts: held }).repetition());
    const rateAt = (bytesPerSecond: number) => {
      const slowing = { ...NOT_SLOWED, bytesPerSecond };
      return (
        1 / secondsPerFactInside(new Writing({ ...common, parts: held, slowing }).repetition())
      );
    };
    const maker: Maker = { factsPerSecond: alone, storedBytesPerFact };
    return { maker, rateAt };
  };
  const plain = await subject("none", PLAIN_SECONDS);
  const compressed = await subject("gzip:1", SQUEEZED_SECONDS);
  const even = breakEven(plain.maker, compressed.maker, 1);
  return [
    { what: "crossover, plain", ...crossing(plain) },
    { what: "crossover, gzip 1", ...crossing(compressed) },
    {
      what: "gzip break-even",
      predicted: even,
      found: meeting(plain.rateAt, compressed.rateAt, even),
    },
  ];
}

/** Where the rate stops growing with the bandwidth: its level over its slope. */
function crossing({ maker, rateAt }: { maker: Maker; rateAt: (bandwidth: number) => number }) {
  const predicted = crossover(maker);
  const levels: number[] = [];
  const slopes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const step of [0.3, 0.5, 2, 3]) {
      const bandwidth = step * predicted;
      const rate = rateAt(bandwidth);
      if (step > 1) levels.push(rate);
      else slopes.push(rate / bandwidth);
    }
  }
  return { predicted, found: quantile(levels, 0.5) / quantile(slopes, 0.5) };
}

/** Where two rates meet: between the steps at which the first is still the lesser, and no more. */
function meeting(
  first: (bandwidth: number) => number,
  second: (bandwidth: number) => number,
  around: number,
): number {
  const gains = STEPS.map((step) => {
    const ratios = Array.from({ length: ROUNDS }, () =>
      Math.log(first(step * around) / second(step * around)),
    );
    return quantile(ratios, 0.5);
  });
  const after = gains.findIndex((gain) => gain > 0);
  const [x1 = 1, x2 = 1] = [STEPS[after - 1], STEPS[after]];
  const [y1 = 0, y2 = 0] = [gains[after - 1], gains[after]];
  return around * Math.exp(Math.log(x1) + (Math.log(x2 / x1) * -y1) / (y2 - y1));
}

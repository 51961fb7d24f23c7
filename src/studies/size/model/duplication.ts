/**
 * What was measured with facts told so often, and as often otherwise: the cost of a fact at another duplication.
 *
 * A batch is compressed as one. Of n facts in it, told d times each, 1 + (n − 1)/d are the first of their copies
 * there, and the others are copies of what stands before them: cheap where they are within the compressor's reach,
 * and as dear as the first where they are not, by their sizes alone. So what a fact takes, on average, is one
 * figure more than 1/d times another, whatever the codec and whatever its reach, and two measurements tell both.
 */
import { InputError } from "../../../core/errors.js";
import type { MedianInterval } from "../../../stats/median-interval.js";
import {
  choiceOf,
  type Measured,
  type MeasuredCodec,
  type SizedChoice,
  type UnsizedCodec,
} from "./measured.js";

/** What was measured of facts that are told so often. */
export interface AtDuplication {
  readonly duplication: number;
  readonly measured: Measured;
}

/**
 * What holds at a duplication, from the two measured ones around it, or the two that are nearest where it lies
 * beyond all of them. Throws an `InputError` with fewer than two.
 */
export function betweenDuplications(
  points: readonly AtDuplication[],
  duplication: number,
): Measured {
  const sorted = points.toSorted((a, b) => a.duplication - b.duplication);
  const above = sorted.findIndex((point) => point.duplication >= duplication);
  const upper = Math.max(1, above === -1 ? sorted.length - 1 : above);
  const [less, more] = [sorted[upper - 1], sorted[upper]];
  if (less === undefined || more === undefined) {
    throw new InputError("it takes two duplications to know a third.");
  }
  const share = shareOf(less.duplication, more.duplication, duplication);
  const codecs: MeasuredCodec[] = [];
  const unsized: UnsizedCodec[] = [...less.measured.unsized];
  for (const one of less.measured.codecs) {
    const other = more.measured.codecs.find((candidate) => isSame(candidate, one));
    if (other === undefined) {
      const reason = `it has no figures at a duplication of ${more.duplication}`;
      unsized.push({ ...choiceOf(one), reason });
    } else codecs.push(mixed(one, alike(other, one), share));
  }
  return {
    ...less.measured,
    duplication,
    between: [less.duplication, more.duplication],
    codecs,
    unsized,
  };
}

/** How much of the figures at `less` is in those at `wanted`; the rest is of those at `more`. */
export function shareOf(less: number, more: number, wanted: number): number {
  return (1 / wanted - 1 / more) / (1 / less - 1 / more);
}

/** An interval between two that know nothing of each other: its ends are those of the worst case. */
export function intervalBetween(
  less: MedianInterval,
  more: MedianInterval,
  share: number,
): MedianInterval {
  const mix = (a: number, b: number) => mixedFigure(a, b, share);
  // Beyond what was measured one of them counts against the other.
  const [low, high] = [share < 0 ? less.high : less.low, share < 0 ? less.low : less.high];
  return {
    median: mix(less.median, more.median),
    low: Math.max(0, mix(low, share > 1 ? more.high : more.low)),
    high: mix(high, share > 1 ? more.low : more.high),
  };
}

function mixed(less: MeasuredCodec, more: MeasuredCodec, share: number): MeasuredCodec {
  const figure = (a: number | null, b: number | null) =>
    a === null || b === null ? null : Math.max(0, mixedFigure(a, b, share));
  const write = intervalBetween(less.write, more.write, share);
  const read =
    less.read === null || more.read === null ? null : intervalBetween(less.read, more.read, share);
  return {
    ...less,
    write,
    read,
    cost: {
      writeCpuSeconds: write.median,
      readCpuSeconds: read?.median ?? null,
      storedBytes: figure(less.cost.storedBytes, more.cost.storedBytes),
      jsonBytes: less.cost.jsonBytes,
      workerMemoryBytes: figure(less.cost.workerMemoryBytes, more.cost.workerMemoryBytes),
    },
  };
}

/** As if its facts had been as large: fewer different ones are in a pool of copies, and may be larger or smaller. */
function alike(codec: MeasuredCodec, { cost: { jsonBytes } }: MeasuredCodec): MeasuredCodec {
  const { write, read, cost } = codec;
  if (cost.jsonBytes === null || jsonBytes === null) return codec;
  const factor = jsonBytes / cost.jsonBytes;
  const { storedBytes, readCpuSeconds, writeCpuSeconds } = cost;
  return {
    ...codec,
    write: scaled(write, factor),
    read: read === null ? null : scaled(read, factor),
    cost: {
      ...cost,
      jsonBytes,
      writeCpuSeconds: writeCpuSeconds * factor,
      readCpuSeconds: readCpuSeconds === null ? null : readCpuSeconds * factor,
      storedBytes: storedBytes === null ? null : storedBytes * factor,
    },
  };
}

function scaled({ median, low, high }: MedianInterval, factor: number): MedianInterval {
  return { median: median * factor, low: low * factor, high: high * factor };
}

function mixedFigure(less: number, more: number, share: number): number {
  // Infinite where an end is not known, and not NaN where it counts nothing.
  if (share === 1) return less;
  return share === 0 ? more : share * less + (1 - share) * more;
}

function isSame(a: SizedChoice, b: SizedChoice): boolean {
  return a.codec === b.codec && a.compressor === b.compressor && a.runtime === b.runtime;
}

import type { Evidence, WhatIf } from "../results/verdict.js";
import { breakEven, crossover, MARGIN, predictedRate, type Maker } from "./model.js";

/** What the same pipeline would do on other hardware; `null` without a codec's ceiling. */
export function whatIf(evidence: Evidence): WhatIf | null {
  const { codec, sink, storedBytesPerFact } = evidence;
  if (codec === null) return null;
  const lowestMade = Math.min(codec.median, evidence.generator?.median ?? Infinity);
  return {
    headroom:
      sink === null ? null : Math.max(sink.median, lowestMade) / Math.min(sink.median, lowestMade),
    crossoverBytesPerSecond: crossover({ factsPerSecond: lowestMade, storedBytesPerFact }),
    twiceTheCores: onOther(evidence, 2, 1),
    halfTheDisk: sink === null ? null : onOther(evidence, 1, 0.5),
    paysBelow: [],
  };
}

/** The rate, and what binds, with so many times the cores and so many times the sink. */
function onOther({ generator, codec, sink, overlap }: Evidence, cores: number, disk: number) {
  const ceilings = [
    ...(generator === null ? [] : [{ name: "generator", rate: generator.median * cores }]),
    ...(codec === null ? [] : [{ name: "codec", rate: codec.median * cores }]),
    ...(sink === null ? [] : [{ name: "sink", rate: sink.median * disk }]),
  ].toSorted((a, b) => a.rate - b.rate);
  const [lowest, next] = ceilings;
  const isClose = next !== undefined && next.rate <= (lowest?.rate ?? 0) * MARGIN;
  return {
    factsPerSecond: predictedRate(
      ceilings.map(({ rate }) => 1 / rate),
      overlap ?? 1,
    ),
    binds: isClose ? "balanced" : (lowest?.name ?? "codec"),
  };
}

/** A pipeline whose ceilings are known, by its names. */
export interface Alternative {
  readonly codec: string;
  readonly compressor: string;
  readonly evidence: Evidence;
}

/** The sink bandwidths below which alternatives that store less give more facts than `own`. */
export function paysBelow(own: Evidence, others: readonly Alternative[]): WhatIf["paysBelow"] {
  const larger = makerOf(own);
  if (larger === undefined) return [];
  return others.flatMap(({ codec, compressor, evidence }) => {
    const smaller = makerOf(evidence);
    if (smaller === undefined) return [];
    const bytesPerSecond = breakEven(larger, smaller, own.overlap ?? 1);
    return bytesPerSecond > 0 && Number.isFinite(bytesPerSecond)
      ? [{ codec, compressor, bytesPerSecond }]
      : [];
  });
}

function makerOf({ codec, storedBytesPerFact }: Evidence): Maker | undefined {
  return codec === null ? undefined : { factsPerSecond: codec.median, storedBytesPerFact };
}

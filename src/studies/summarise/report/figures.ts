/** A summary's figures as the document has them. */
import { Uniques } from "../../../sketches/index.js";
import { formatSummaryPath, type Aggregate, type Summary } from "../../../summarise/index.js";
import type { Figure, SummarisedGroup } from "../document.js";

/** 64 bytes to 8 KiB, in steps of four times as much: each halves the error. */
const LESS = [6, 8, 10, 12];

export interface FigureOptions {
  /** Shares of the quantiles, from 0 to 1. */
  readonly shares: readonly number[];
  /** How many of the most frequent values. */
  readonly length: number;
}

export function groupsOf(summary: Summary, options: FigureOptions): SummarisedGroup[] {
  const { aggregates } = summary.question;
  return summary.all().map(({ key, facts, aggregates: found }) => ({
    key,
    facts,
    figures: found.map((aggregate, at) =>
      figureOf(formatSummaryPath(aggregates[at]?.path ?? []), aggregate, options),
    ),
  }));
}

function figureOf(path: string, aggregate: Aggregate, options: FigureOptions): Figure {
  const { sketch, values, nulls, others } = aggregate;
  const counts = { path, values, nulls, others };
  switch (sketch.kind) {
    case "count":
      return { kind: "count", ...counts, sketchBytes: 0 };
    case "unique": {
      const { uniques } = sketch;
      const sketchBytes = uniques.toBytes().length;
      return { kind: "unique", ...counts, unique: uniqueOf(uniques), sketchBytes };
    }
    case "quantile": {
      const { quantiles } = sketch;
      const sketchBytes = quantiles.toBytes().length;
      if (quantiles.count === 0) return { kind: "quantile", ...counts, sketchBytes };
      const { min, max, accuracy, accurateFrom } = quantiles;
      const found = options.shares.map((share) => ({
        share,
        value: quantiles.quantile(share) ?? NaN,
      }));
      const quantile = { min, max, accuracy, accurateFrom, quantiles: found };
      return { kind: "quantile", ...counts, quantile, sketchBytes };
    }
    case "top": {
      const { tops } = sketch;
      const top = {
        values: tops.top(options.length).map((one) => ({ ...one })),
        certain: tops.certain(options.length),
      };
      return { kind: "top", ...counts, top, sketchBytes: tops.toBytes().length };
    }
  }
}

function uniqueOf(uniques: Uniques): NonNullable<Figure["unique"]> {
  const count = uniques.count();
  const { isEstimate } = uniques;
  const off = isEstimate ? 2 * Uniques.STANDARD_ERROR : 0;
  return {
    count,
    isEstimate,
    low: Math.floor(count / (1 + off)),
    high: Math.ceil(count / (1 - off)),
    inLess: isEstimate
      ? LESS.map((precision) => ({ bytes: 2 ** precision, count: uniques.countIn(precision) }))
      : [],
  };
}

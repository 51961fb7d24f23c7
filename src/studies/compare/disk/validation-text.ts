import type { ScenarioResult } from "../../../trial/result.js";
import { borderless } from "../../../report/layout.js";
import { bytes, interval, significant } from "../../../report/numbers.js";

/** What a formula said, and what was then measured, on disks of some bandwidths. */
export interface DiskRates {
  readonly bytesPerSecond: number;
  readonly plain: Forecast;
  readonly compressed: Forecast;
}

interface Forecast {
  readonly predicted: number;
  readonly measured: ScenarioResult;
}

/** The disks as a table: predicted beside measured. */
export function validationTable(
  disks: readonly DiskRates[],
  names: readonly [string, string],
): string[] {
  const table = borderless({
    gap: 2,
    colAligns: ["left", "left", "right", "right", "left", "right"],
  });
  table.push(
    ["", "", "predicted", "measured", "", "off by"],
    ["disk", "", "facts/s", "facts/s", "", "%"],
  );
  for (const { bytesPerSecond, plain, compressed } of disks) {
    for (const [index, figure] of [plain, compressed].entries()) {
      const rate = figure.measured.factsPerSecond;
      table.push([
        index === 0 ? `${bytes(bytesPerSecond)}/s` : "",
        names[index] ?? "",
        significant(figure.predicted),
        rate === null ? "-" : significant(rate.median),
        rate === null ? "" : interval({ low: rate.low, high: rate.high ?? Infinity }),
        rate === null
          ? "-"
          : (((rate.median - figure.predicted) / figure.predicted) * 100).toFixed(1),
      ]);
    }
  }
  return table.toString().split("\n");
}

/** What compressing does on each disk, in a sentence. */
export function validationSentences(disks: readonly DiskRates[], compressor: string): string[] {
  return disks.flatMap(({ bytesPerSecond, plain, compressed }) => {
    const own = plain.measured.factsPerSecond?.median;
    const theirs = compressed.measured.factsPerSecond?.median;
    if (own === undefined || theirs === undefined) return [];
    return [
      `On a disk of ${bytes(bytesPerSecond)}/s ${compressor} ${effect(theirs / own)} ` +
        `(predicted: ${effect(compressed.predicted / plain.predicted)}).`,
    ];
  });
}

function effect(factor: number): string {
  return factor >= 1
    ? `multiplies the rate by ${significant(factor)}`
    : `divides the rate by ${significant(1 / factor)}`;
}

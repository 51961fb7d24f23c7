import Table from "cli-table3";
import type { ScenarioResult } from "../../../trial/result.js";
import { BORDERLESS } from "../../../report/layout.js";
import { bytes, interval, significant } from "../../../report/numbers.js";

/** What a formula said, and what was then measured, on disks of some bandwidths. */
export interface StoryScene {
  readonly bytesPerSecond: number;
  readonly plain: StoryFigure;
  readonly squeezed: StoryFigure;
}

interface StoryFigure {
  readonly predicted: number;
  readonly measured: ScenarioResult;
}

/** The scenes as a table: predicted beside measured. */
export function storyTable(
  scenes: readonly StoryScene[],
  names: readonly [string, string],
): string[] {
  const table = new Table({
    ...BORDERLESS,
    chars: { ...BORDERLESS.chars, middle: "  " },
    colAligns: ["left", "left", "right", "right", "left", "right"],
  });
  table.push(
    ["", "", "predicted", "measured", "", "off by"],
    ["disk", "", "facts/s", "facts/s", "", "%"],
  );
  for (const { bytesPerSecond, plain, squeezed } of scenes) {
    for (const [index, figure] of [plain, squeezed].entries()) {
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
export function storySentences(scenes: readonly StoryScene[], compressor: string): string[] {
  return scenes.flatMap(({ bytesPerSecond, plain, squeezed }) => {
    const own = plain.measured.factsPerSecond?.median;
    const theirs = squeezed.measured.factsPerSecond?.median;
    if (own === undefined || theirs === undefined) return [];
    return [
      `On a disk of ${bytes(bytesPerSecond)}/s ${compressor} ${effect(theirs / own)} ` +
        `(predicted: ${effect(squeezed.predicted / plain.predicted)}).`,
    ];
  });
}

function effect(factor: number): string {
  return factor >= 1
    ? `multiplies the rate by ${significant(factor)}`
    : `divides the rate by ${significant(1 / factor)}`;
}

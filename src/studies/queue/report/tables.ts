/** The table of stages, for every form. */
import { percent, significant } from "../../../report/numbers.js";
import type { QueueDocument } from "../document.js";
import { stageFigures } from "../model/figures.js";

export const STAGE_HEAD = [
  "stage",
  "permits",
  "at once",
  "jobs",
  "done",
  "failed",
  "again",
  "left",
  "median s",
  "longest s",
  "used %",
];

export function stageRows(document: QueueDocument): string[][] {
  return stageFigures(document).map((figures) => {
    const { stage, most, left, again, medianSeconds, longestSeconds, used } = figures;
    const seconds = (value: number | null) => (value === null ? "-" : significant(value));
    return [
      stage.name,
      String(stage.permits),
      String(most),
      String(stage.jobs),
      String(stage.done),
      String(stage.failed),
      String(again),
      String(left),
      seconds(medianSeconds),
      seconds(longestSeconds),
      most === 0 ? "-" : percent(used),
    ];
  });
}

import type { ResultDocument } from "../document.js";
import { significant } from "../../../report/numbers.js";
import { measuredIn, ratioOf, type Row } from "./rows.js";

const MOST_NAMED = 3;
const NAMES: Readonly<Record<string, string>> = { json: "JSON", csv: "CSV", parquet: "Parquet" };

/**
 * What is left of the fastest writers' gain where the facts have to be read from such an input first: by
 * Amdahl's law, with reading, and for codecs that need a schema checking, as the part that stays the same.
 */
export function parsingSentence(
  { payload }: ResultDocument,
  rows: readonly Row[],
): string | undefined {
  const { reading } = payload;
  if (reading === undefined) return undefined;
  const { readPerJsonWrite: read, checkPerJsonWrite: check, checkedCodecs, formats } = reading;
  const what = formats.map((format) => NAMES[format] ?? format).join(" and ");
  const measured = measuredIn(rows, "write").filter(({ compressor }) => compressor === "none");
  const json = measured.find(({ codec }) => codec === "json");
  const gains = measured.flatMap((scenario) => {
    const ratio =
      json === undefined || scenario === json ? undefined : ratioOf(scenario, json)?.median;
    if (ratio === undefined || ratio <= 1) return [];
    const checking = checkedCodecs.includes(scenario.codec) ? check.median : 0;
    const left = (read.median + 1) / (read.median + checking + 1 / ratio);
    return [`${scenario.codec} ${significant(ratio)} → ${significant(left)} × json`];
  });
  const start = `Reading this input (parsing ${what}) takes ${significant(read.median)} times as long as writing it as json`;
  if (gains.length === 0) return `${start}.`;
  const checks =
    checkedCodecs.length === 0
      ? ""
      : `, and checking facts by their schema ${significant(check.median)} times`;
  return `${start}${checks}. What is left of the gain where facts have to be read first: ${gains.slice(0, MOST_NAMED).join(", ")}.`;
}

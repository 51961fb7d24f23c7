/**
 * What is left of the fastest writers' gain where the facts have to be read from such an input first: by
 * Amdahl's law (Gene Amdahl, AFIPS 1967), with reading, and for codecs that need a schema checking, as the
 * part that stays the same.
 */
import type { ResultDocument } from "../document.js";
import { significant } from "../../../report/numbers.js";
import { measuredIn, ratioOf, type Row } from "./rows.js";

const MAX_NAMED = 3;
const NAMES: Readonly<Record<string, string>> = { json: "JSON", csv: "CSV", parquet: "Parquet" };

type Reading = NonNullable<ResultDocument["payload"]["reading"]>;

/** All of it, or `undefined` where facts were generated. */
export function parsingSentence(
  { payload: { reading } }: ResultDocument,
  rows: readonly Row[],
): string | undefined {
  if (reading === undefined) return undefined;
  const start =
    `Reading this input (parsing ${formatsOf(reading)}) takes ` +
    `${significant(reading.readPerJsonWrite.median)} times as long as writing it as json`;
  const gains = gainsLeft(reading, rows);
  if (gains.length === 0) return `${start}.`;
  const checks =
    reading.checkedCodecs.length === 0
      ? ""
      : `, and checking facts by their schema ${significant(reading.checkPerJsonWrite.median)} times`;
  const left = gains.slice(0, MAX_NAMED).join(", ");
  return `${start}${checks}. What is left of the gain where facts have to be read first: ${left}.`;
}

/** The same in a line, of the fastest one. */
export function parsingLine(
  { payload: { reading } }: ResultDocument,
  rows: readonly Row[],
): string | undefined {
  const [gain] = reading === undefined ? [] : gainsLeft(reading, rows);
  return reading === undefined || gain === undefined
    ? undefined
    : `Where ${formatsOf(reading)} has to be parsed first (${significant(reading.readPerJsonWrite.median)} × the time of writing json): ${gain}`;
}

function formatsOf({ formats }: Reading): string {
  return formats.map((format) => NAMES[format] ?? format).join(" and ");
}

/** `protobuf 3.40 → 1.25 × json`, the fastest writer first. */
function gainsLeft(reading: Reading, rows: readonly Row[]): string[] {
  const { readPerJsonWrite: read, checkPerJsonWrite: check, checkedCodecs } = reading;
  const measured = measuredIn(rows, "write").filter(({ compressor }) => compressor === "none");
  const json = measured.find(({ codec }) => codec === "json");
  return measured.flatMap((scenario) => {
    const isOther = json !== undefined && scenario !== json;
    const ratio = isOther ? ratioOf(scenario, json)?.median : undefined;
    if (ratio === undefined || ratio <= 1) return [];
    const checking = checkedCodecs.includes(scenario.codec) ? check.median : 0;
    const left = (read.median + 1) / (read.median + checking + 1 / ratio);
    return [`${scenario.codec} ${significant(ratio)} → ${significant(left)} × json`];
  });
}

/** What stands below a table, whatever its form: what its signs mean, and what to know. */
import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { unbroken } from "../../../report/layout.js";
import { percent, significant } from "../../../report/numbers.js";
import { SIGN } from "../../../report/signs.js";
import { isLeftOut, leftOutText } from "./left-out.js";

/** Explains the signs that occur, and what the figures are. */
export function legendOf({ configuration }: ResultDocument, body: string): string[] {
  const signs = [
    [SIGN.best, "best in its column"],
    [SIGN.dominated, "another row is faster and no larger"],
    [SIGN.undecided, "not significantly different from a neighbour"],
    [SIGN.imprecise, `wider than --precision ${percent(configuration.precision)} %`],
    [SIGN.unsteady, "no steady state"],
  ] as const;
  const files =
    configuration.sink === "null"
      ? "nothing touches the disk (--sink null)"
      : `files ${syncText(configuration.sync)}, read from the page cache`;
  return [
    signs
      .filter(([sign]) => body.includes(sign))
      .map(([sign, meaning]) => unbroken(`${sign} ${meaning}  `))
      .join(" "),
    `±: the wider side of the median's 95 % interval   CPU: seconds per million facts`,
    files,
    unitText(configuration.unit),
  ].filter((line) => line !== "");
}

/** What of the bytes in memory keeps facts apart, by codec; nothing for documents that do not tell. */
export function framingText({ scenarios }: ResultDocument): string[] {
  const byCodec = new Map<string, string>();
  for (const { codec, unit, framingBytesPerFact: bytes } of scenarios) {
    // Facts that are compressed one by one are framed afterwards.
    if (bytes != null && unit !== "fact") byCodec.set(codec, `${codec} ${significant(bytes)}`);
  }
  return byCodec.size === 0
    ? []
    : [`framing, in memory's B/fact: ${[...byCodec.values()].map(unbroken).join(", ")}`];
}

/** What is compressed as one, where it is not a batch. */
function unitText(unit: ResultDocument["configuration"]["unit"] = "batch"): string {
  switch (unit) {
    case "fact":
      return "each fact compressed alone, behind its length (--unit fact)";
    case "batch":
      return "";
    case "file":
      return "each file compressed as one stream (--unit file)";
  }
}

function syncText(sync: ResultDocument["configuration"]["sync"]): string {
  switch (sync) {
    case "none":
      return "left to the kernel (--sync none)";
    case "close":
      return "synced as they close (--sync close)";
    case "batch":
      return "synced after each batch (--sync batch)";
  }
}

/** Why codecs that were tried have no figures: the first reason of each, from which others follow. */
export function failuresOf({ scenarios }: ResultDocument): string[] {
  const failed = scenarios.filter((one) => one.status === "failed" && !isLeftOut(one));
  const who = ({ codec, runtime }: ScenarioResult) => `${codec} ${runtime ?? ""}`;
  return failed
    .filter((one, index) => failed.findIndex((other) => who(other) === who(one)) === index)
    .map(absenceText);
}

function absenceText({ codec, runtime, status, reason }: ScenarioResult): string {
  return `${codec}${runtime === undefined ? "" : ` on ${runtime}`} ${status}: ${reason ?? ""}`;
}

/** What a reader must know before believing a figure, or its absence. */
export function notesOf(document: ResultDocument): string[] {
  const { scenarios } = document;
  const written = new Set(
    scenarios.filter(({ direction }) => direction === "write").map(({ codec }) => codec),
  );
  const left = leftOutText(document);
  const absences = scenarios.flatMap((scenario) => {
    const { codec, status, reason, direction } = scenario;
    if (reason === null || isLeftOut(scenario)) return [];
    if (status !== "unsupported") return [absenceText(scenario)];
    // What a codec cannot do is told once; the table has a dash for the rest.
    return direction === "write" || !written.has(codec) ? [`${codec}: ${reason}`] : [];
  });
  const { schema } = document.payload;
  return [
    ...(left === undefined ? [] : [left]),
    ...document.warnings,
    ...(schema === undefined
      ? []
      : [
          ...(schema.unsure === undefined ? [] : [schema.unsure]),
          `schema ${schema.origin}`,
          ...schema.carried,
        ]),
    ...(document.complete
      ? []
      : ["stopped before every trial was made: these are partial results"]),
    ...new Set(absences),
  ];
}

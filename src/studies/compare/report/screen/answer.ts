/** The answer of a comparison, above everything else: what to take, how sure that is, what binds. */
import { choiceName } from "../../../../report/names.js";
import { bytes, percent, significant } from "../../../../report/numbers.js";
import { WORDS } from "../../../../report/verdict.js";
import type { ScenarioResult } from "../../../../trial/result.js";
import type { ResultDocument } from "../../document.js";
import { rowsOf, type Row } from "../rows.js";
import { judgedWrites } from "../verdict.js";
import { winnerOf, type Winner } from "../winners.js";
import { disturbanceText } from "./disturbance.js";

/** A line of the answer: the question in a word or two, and what is said of it. */
export interface AnswerLine {
  readonly label: string;
  readonly text: string;
}

/** What is taken, its figure, and its share of json's bytes: columns that all lines of the answer have in common. */
type Taken = readonly [name: string, figure: string, share: string];
const COLUMN_WIDTHS = [28, 24, 20] as const;
/** Names of a tie that are longer are counted instead; a hundred columns hold this beside the rest. */
const MAX_NAME_WIDTH = 37;

const PURPOSES = [
  ["write", "Write mostly", "writing"],
  ["read", "Read mostly", "reading"],
] as const;

/** What stands first: where nothing won, that. */
export function answerOf(document: ResultDocument): { first: string[]; lines: AnswerLine[] } {
  const rows = rowsOf(document);
  const open: { readonly verb: string; readonly why: string }[] = [];
  const taken: { readonly label: string; readonly cells: Taken }[] = [];
  for (const [direction, label, verb] of PURPOSES) {
    const winner = winnerOf(rows, direction);
    if (winner === undefined) continue;
    if (winner.kind === "won") taken.push({ label, cells: wonCells(winner, document) });
    else open.push({ verb, why: whyOpen(winner, document) });
  }
  const smallest = smallestOf(rows);
  if (smallest !== undefined) {
    const share = percent(smallest.storedBytes / document.payload.jsonBytesPerFact);
    const figure = `${bytes(smallest.storedBytes)} a fact`;
    taken.push({ label: "Smallest", cells: [smallest.name, figure, `${share} % of its bytes`] });
  }
  const lines = aligned(taken);
  const binding = bindingText(document);
  if (binding !== undefined) lines.push({ label: "Bound by", text: binding });
  return { first: noWinners(open), lines };
}

function wonCells(
  { scenarios, againstJson }: Extract<Winner, { kind: "won" }>,
  { payload }: ResultDocument,
): Taken {
  const [best, ...tied] = scenarios;
  const names = scenarios.map(choiceName).join(" ≈ ");
  const isLong = names.length > MAX_NAME_WIDTH && best !== undefined;
  const name = isLong ? `${choiceName(best)} ≈ ${tied.length} more` : names;
  // A ratio to json would say that there is something to gain, where json is one of them.
  const ratio =
    tied.length > 0 && scenarios.some(isPlainJson)
      ? "no significant gain"
      : againstJson === undefined
        ? ""
        : `${significant(againstJson.median)} × json (${significant(againstJson.low)}–${significant(againstJson.high)})`;
  const stored = best?.storedBytesPerFact;
  const share =
    stored == null ? "" : `${percent(stored / payload.jsonBytesPerFact)} % of its bytes`;
  return [name, ratio, share];
}

/** A sentence for each reason why nothing won. */
function noWinners(open: readonly { readonly verb: string; readonly why: string }[]): string[] {
  return [...new Set(open.map(({ why }) => why))].map((why) => {
    const verbs = open.filter((other) => other.why === why).map(({ verb }) => verb);
    return `No winner for ${verbs.join(" and ")}: ${why}. Sizes are exact.`;
  });
}

function whyOpen(winner: Exclude<Winner, { kind: "won" }>, document: ResultDocument): string {
  if (winner.kind === "too-few") {
    const { trials, needed } = winner;
    return `${trials} ${trials === 1 ? "trial" : "trials"} of each, and an interval takes ${needed}`;
  }
  const [low, high] = winner.widths.map((width) => (Number.isFinite(width) ? percent(width) : "?"));
  const widths = low === high ? `± ${low} %` : `± ${low} to ${high} %`;
  const why = disturbanceText(document);
  return (
    `${winner.scenarios.length} are not significantly different, intervals ${widths}` +
    (why === undefined ? "" : `; ${why}`)
  );
}

function smallestOf(rows: readonly Row[]): { name: string; storedBytes: number } | undefined {
  const stored = rows.flatMap((row) => {
    const measured = Object.values(row.scenarios).find(({ status }) => status === "ok");
    const storedBytes = measured?.storedBytesPerFact;
    return storedBytes == null ? [] : [{ name: choiceName(row), storedBytes }];
  });
  return stored.toSorted((a, b) => a.storedBytes - b.storedBytes)[0];
}

/** What binds: the headline never says more than the table of verdicts. */
function bindingText(document: ResultDocument): string | undefined {
  const judged = judgedWrites(document);
  const open = judged.filter(({ verdict }) => verdict.kind === "inconclusive");
  if (judged.length === 0) return undefined;
  if (open.length * 2 > judged.length) {
    const why = open[0]?.verdict.kind === "inconclusive" ? open[0].verdict.detail : "";
    const which =
      judged.length === 1 ? "not decided" : `not decided for ${open.length} of ${judged.length}`;
    return `${which}: ${why}`;
  }
  const plain = judged.find(isPlainJson) ?? judged[0];
  if (plain === undefined) return undefined;
  const { verdict } = plain;
  if (verdict.kind === "inconclusive") return `not decided: ${verdict.detail}`;
  const what = `uncompressed ${plain.codec}`;
  const crossover = verdict.whatIf?.crossoverBytesPerSecond;
  const disk = crossover === undefined ? "" : `${bytes(crossover)}/s of disk`;
  switch (verdict.kind) {
    case "codec-bound":
      return `CPU${disk === "" ? "" : `: below ${disk}, ${what} would wait for it`}`;
    case "sink-bandwidth-bound":
    case "sink-latency-bound":
      return `the disk${disk === "" ? "" : `: from ${disk} on, ${what} would be bound by the CPU`}`;
    default:
      return `${WORDS[verdict.kind]}${disk === "" ? "" : `: ${what} turns at ${disk}`}`;
  }
}

function isPlainJson({ codec, compressor }: ScenarioResult): boolean {
  return codec === "json" && compressor === "none";
}

/** Lines with a name, a figure and a share in columns of their own, as wide as the widest needs them. */
function aligned(
  taken: readonly { readonly label: string; readonly cells: Taken }[],
): AnswerLine[] {
  const [nameWidth, figureWidth, shareWidth] = COLUMN_WIDTHS.map((least, column) =>
    Math.max(least, ...taken.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  return taken.map(({ label, cells: [name, figure, share] }) => {
    const left = `${name.padEnd(nameWidth ?? 0)} ${figure.padEnd(figureWidth ?? 0)}`;
    return { label, text: `${left} ${share.padStart(shareWidth ?? 0)}`.trimEnd() };
  });
}

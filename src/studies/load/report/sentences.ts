/** What a comparison of methods says, in sentences. */
import { percent } from "../../../report/numbers.js";
import type { LoadComparison, LoadDocument, ValueCell, ValuesStudy } from "../document.js";
import { connectionSentences } from "./connections.js";
import { kindSentences } from "./kinds.js";
import { partsSentences } from "./parts.js";
import { bestOf, collapsesOf, commitShare, multiplesOf } from "./findings.js";
import { verdictSentence } from "./verdict.js";
import { rowCount, short } from "./words.js";

/** More multiples than this are for the table. */
const MOST_MULTIPLES = 6;

/** What to take, and what it is worth; then where methods end. */
export function comparisonSentences(comparison: LoadComparison): string[] {
  return [
    ...takeSentence(comparison),
    ...multiplesSentence(comparison),
    ...commitSentence(comparison),
    ...collapseSentences(comparison),
  ];
}

function takeSentence(comparison: LoadComparison): string[] {
  const best = bestOf(comparison);
  if (best === undefined) return [];
  const { median = 0, low = 0, high } = best.cell.rowsPerSecond ?? {};
  const rate = `${short(median)} rows/s at ${rowCount(best.rows)} rows`;
  if (high === undefined || high === null) {
    return [
      `Nothing is decided: too few rounds for an interval. ${best.method} had the most so far, ${rate}.`,
    ];
  }
  const times = multiplesOf(comparison).find(({ method }) => method === best.method)?.times;
  const worth = times === undefined ? "" : `, ${short(times)} × one by one`;
  const equals =
    best.equals.length === 0 ? "" : ` Not significantly slower: ${best.equals.join(", ")}.`;
  return [`Take ${best.method}: ${rate} (95 %: ${short(low)} to ${short(high)})${worth}.${equals}`];
}

function multiplesSentence(comparison: LoadComparison): string[] {
  const multiples = multiplesOf(comparison).toSorted((a, b) => a.times - b.times);
  if (multiples.length === 0) return [];
  const shown = multiples.slice(-MOST_MULTIPLES);
  const words = shown.map(({ method, times }) => `${method} ${short(times)} ×`);
  return [`Against one by one, each at its best: ${words.join(", ")}.`];
}

function commitSentence(comparison: LoadComparison): string[] {
  const share = commitShare(comparison);
  if (share === undefined) return [];
  return [
    `Of what one by one takes, ${wholeShare(share)} % is its commits: that much goes when the same statements are in one transaction.`,
  ];
}

function collapseSentences(comparison: LoadComparison): string[] {
  const collapses = collapsesOf(comparison);
  const late = collapses.filter(({ isTimeout }) => isTimeout);
  const slow = collapses.filter(({ isTimeout }) => !isTimeout);
  const words = late.map(({ method, rows }) => `${method} from ${rowCount(rows)}`);
  return [
    ...(late.length === 0
      ? []
      : [`Over ${comparison.timeoutSeconds} s, and so without a rate: ${words.join(", ")} rows.`]),
    ...slow.map(
      ({ method, rows, share }) =>
        `${method} collapses at ${rowCount(rows)} rows, to ${percent(share ?? 0)} % of its best.`,
    ),
  ];
}

/** In one sentence. */
export function loadHeadline({
  comparisons,
  connections,
  parts,
  store,
  values,
  verdicts = [],
}: LoadDocument): string {
  const [first] = [
    ...kindSentences(comparisons),
    ...comparisons.flatMap(takeSentence),
    ...(parts === null ? [] : partsSentences(parts, store.server)),
    ...verdicts.map(verdictSentence),
    ...(connections === null ? [] : connectionSentences(connections)),
  ];
  if (parts !== null && first !== undefined) return first;
  if (first === undefined && values !== null) return valuesSentence(values, store.server);
  return first === undefined
    ? `${store.server}: nothing was measured.`
    : `${store.server}: ${first}`;
}

function valuesSentence({ kinds, columns }: ValuesStudy, server: string): string {
  const cells = [...kinds.flatMap((kind) => kind.cells), ...columns];
  const count = (outcome: ValueCell["outcome"]) =>
    cells.filter((cell) => cell.outcome === outcome).length;
  return `${server}: of ${cells.length} values ${count("changed")} came back changed, and ${count("refused")} were refused.`;
}

/** A share in percent that never says 100 while something is left. */
function wholeShare(share: number): string {
  return share > 0.99 ? (Math.floor(share * 1000) / 10).toFixed(1) : percent(share);
}

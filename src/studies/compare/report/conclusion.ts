import type { ResultDocument } from "../document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import { unbroken } from "../../../report/layout.js";
import { DIRECTIONS } from "./marks.js";
import { interval, significant } from "../../../report/numbers.js";
import { paretoSentences } from "./pareto.js";
import { parsingSentence } from "./parsing.js";
import { runtimeSentences } from "./runtimes.js";
import {
  isNotSignificantlyDifferent,
  measuredIn,
  rateOf,
  ratioOf,
  rowsOf,
  undecidedGroups,
  type Row,
} from "./rows.js";

/** Longer lists of codecs may be broken at the end of a line. */
const MAX_UNBROKEN = 80;

const VERBS = { write: "writes", read: "reads", project: "reads single fields" } as const;

/** What the table means, a sentence for each thing to know. Empty if nothing was measured. */
export function conclusionOf(document: ResultDocument): string[] {
  const runtimes = runtimesIn(document.scenarios);
  if (runtimes.length > 0) {
    return [
      ...runtimeSentences(document),
      ...runtimes.flatMap((runtime) => fastestUnder(runtime, rowsOf(document))),
    ];
  }
  const rows = rowsOf(document);
  return [
    fastestSentence(rows, "write"),
    parsingSentence(document, rows),
    fastestSentence(rows, "read"),
    fastestSentence(rows, "project"),
    compressionSentence(rows),
    engineSentence(document),
    ...paretoSentences(rows),
    undecidedSentence(rows),
  ].filter((sentence) => sentence !== undefined);
}

/** Who is fastest under one of several runtimes. */
function fastestUnder(runtime: string, rows: readonly Row[]): string[] {
  const own = rows.filter((row) => row.runtime === runtime);
  return (["write", "read"] as const)
    .map((direction) => fastestSentence(own, direction))
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => `On ${runtime}, ${sentence.replace(/^Nothing/, "nothing")}`);
}

/** Who is fastest, and by how much against plain JSON; or that nobody is. */
function fastestSentence(rows: readonly Row[], direction: keyof typeof VERBS): string | undefined {
  const measured = measuredIn(rows, direction);
  const [best, ...others] = measured;
  if (best === undefined || others.length === 0) return undefined;
  const tied = others.filter((other) => isNotSignificantlyDifferent(best, other));
  const plain = measured.find(({ codec, compressor }) => codec === "json" && compressor === "none");
  const comparable = plain !== undefined && plain !== best && !tied.includes(plain);
  const ratio = comparable ? ratioOf(best, plain) : undefined;
  const rate = `${significant(rateOf(best) ?? 0)} facts/s`;
  const against =
    ratio === undefined
      ? rate
      : `${rate}, ${significant(ratio.median)} × as fast as json${interval(ratio)}`;
  if (tied.length === 0) return `${best.codec} ${VERBS[direction]} fastest: ${against}.`;
  const names = [best, ...tied].map(({ codec }) => codec).join(", ");
  return `Nothing ${VERBS[direction]} significantly faster than all others: ${names} may be equal, up to ${against}.`;
}

/** What compression does to plain JSON: to its size and to its rate. */
function compressionSentence(rows: readonly Row[]): string | undefined {
  const written = measuredIn(rows, "write").filter(({ codec }) => codec === "json");
  const plain = written.find(({ compressor }) => compressor === "none");
  const compressed = written.find(({ compressor }) => compressor !== "none");
  if (plain?.storedBytesPerFact == null || compressed?.storedBytesPerFact == null) return undefined;
  const ratio = ratioOf(compressed, plain);
  if (ratio === undefined) return undefined;
  const smaller = significant(plain.storedBytesPerFact / compressed.storedBytesPerFact);
  const name = compressed.compressor.replace(":", " ");
  const rate = `${significant(ratio.median)} × as fast${interval(ratio)}`;
  return `${name} makes json ${smaller} × smaller, and writes it ${rate}.`;
}

/** How the other ways to inflate compare, where both read the same files. */
function engineSentence({ scenarios }: ResultDocument): string | undefined {
  const inflated = scenarios.filter(({ status, engine }) => status === "ok" && engine !== null);
  const parts = inflated.flatMap((scenario, index) => {
    const usual = inflated.slice(0, index).find((other) => differsInEngine(scenario, other));
    const ratio = usual === undefined ? undefined : ratioOf(scenario, usual);
    if (usual === undefined || ratio === undefined) return [];
    const rate = `${significant(ratio.median)} × as fast as by ${usual.engine}${interval(ratio)}`;
    return [`${scenario.codec} by ${scenario.engine} is ${rate}`];
  });
  return parts.length === 0 ? undefined : `Reading gzip: ${parts.join("; ")}.`;
}

function differsInEngine(a: ScenarioResult, b: ScenarioResult): boolean {
  return (
    a.codec === b.codec &&
    a.compressor === b.compressor &&
    a.direction === b.direction &&
    a.engine !== b.engine
  );
}

/** Whose order this comparison leaves open. */
export function undecidedSentence(rows: readonly Row[]): string | undefined {
  const parts = DIRECTIONS.flatMap((direction) =>
    undecidedGroups(rows, direction).map((group) => {
      const compressor = group[0]?.compressor ?? "none";
      const compressed = compressor === "none" ? "" : ` ${compressor.replace(":", " ")}`;
      const runtime = group[0]?.runtime;
      const under = runtime === undefined ? "" : ` on ${runtime}`;
      const text = `${direction}${compressed}${under}: ${group.map(({ codec }) => codec).join(" ≈ ")}`;
      return text.length > MAX_UNBROKEN ? text : unbroken(text);
    }),
  );
  return parts.length === 0 ? undefined : `Not significantly different: ${parts.join("; ")}.`;
}

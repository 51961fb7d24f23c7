/** What binds the writes of a comparison, in sentences and as a table. */
import { borderless } from "../../../report/layout.js";
import { choiceName, runtimeLabel } from "../../../report/names.js";
import { bytes, significant } from "../../../report/numbers.js";
import { compressorName } from "../../../report/signs.js";
import { verdictSentences, WORDS } from "../../../report/verdict.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { runtimesIn } from "../../../trial/runtimes.js";
import type { Verdict } from "../../../verdict/result.js";
import type { ResultDocument } from "../document.js";

/** A write whose ceilings were measured. */
export type Judged = ScenarioResult & { readonly verdict: Verdict };

/** The writes of a comparison that have a verdict. */
export function judgedWrites({ scenarios }: ResultDocument): Judged[] {
  return scenarios.filter((scenario): scenario is Judged => scenario.verdict !== undefined);
}

/**
 * What binds the plainest write of a comparison, and what would change it; of several runtimes, what binds
 * each. Empty without verdicts.
 */
export function comparisonVerdict(document: ResultDocument): string[] {
  const judged = judgedWrites(document);
  const [runtime, ...others] = [...new Set(judged.map((write) => write.runtime))];
  const under = (name: string | undefined) => judged.filter((write) => write.runtime === name);
  return [
    ...plainVerdict(under(runtime)),
    ...others.flatMap((name) => plainVerdict(under(name)).slice(0, 1)),
  ];
}

function plainVerdict(judged: readonly Judged[]): string[] {
  const plain =
    judged.find(({ codec, compressor }) => codec === "json" && compressor === "none") ?? judged[0];
  if (plain === undefined) return [];
  return [
    ...verdictSentences(plain.verdict, `writing ${choiceName(plain)}`),
    ...compressionPaysSentence(plain, judged),
  ];
}

/** Below which disk compressing pays, and what it does on this one. */
function compressionPaysSentence(plain: Judged, judged: readonly Judged[]): string[] {
  return (plain.verdict.whatIf?.paysBelow ?? []).flatMap(
    ({ codec, compressor, bytesPerSecond }) => {
      if (codec !== plain.codec) return [];
      const compressed = judged.find(
        (other) => other.codec === codec && other.compressor === compressor,
      );
      const own = plain.factsPerSecond?.median;
      const theirs = compressed?.factsPerSecond?.median;
      const factor = own === undefined || theirs === undefined ? NaN : theirs / own;
      const here = !Number.isFinite(factor)
        ? ""
        : factor >= 1
          ? `; here it multiplies the rate by ${significant(factor)}`
          : `; here it divides the rate by ${significant(1 / factor)}`;
      return [
        `${compressor.replace(":", " ")} pays on a disk slower than ${bytes(bytesPerSecond)}/s${here}.`,
      ];
    },
  );
}

/** A line for each write that was judged: what its parts can do alone, and what binds. */
export function verdictTable(document: ResultDocument): string[] {
  const judged = judgedWrites(document);
  if (judged.length === 0) return [];
  const runtimes = runtimesIn(judged);
  const ofRuntime = (cell: string) => (runtimes.length === 0 ? [] : [cell]);
  const table = borderless({
    colAligns: [
      ...Array.from({ length: 2 + ofRuntime("").length }, () => "left" as const),
      ...Array.from({ length: 5 }, () => "right" as const),
      "left",
    ],
  });
  table.push(
    ["", "", ...ofRuntime(""), "codec", "write", "together", "write ÷", "crossover", ""],
    [
      ...["what binds writing", "compress", ...ofRuntime("runtime")],
      ...["facts/s", "facts/s", "facts/s", "codec", "MB/s", "verdict"],
    ],
  );
  const figure = (found: { median: number } | null) =>
    found === null ? "-" : significant(found.median);
  for (const { codec, compressor, runtime = "", verdict } of judged) {
    const { evidence, whatIf } = verdict;
    const headroom =
      evidence.write === null || evidence.codec === null
        ? "-"
        : significant(evidence.write.median / evidence.codec.median);
    table.push([
      codec,
      compressorName(compressor),
      ...ofRuntime(runtimeLabel(runtime, runtimes)),
      figure(evidence.codec),
      figure(evidence.write),
      figure(evidence.pipeline),
      headroom,
      whatIf === null ? "-" : significant(whatIf.crossoverBytesPerSecond / 1e6),
      WORDS[verdict.kind],
    ]);
  }
  return table.toString().split("\n");
}

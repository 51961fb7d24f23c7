/** What a summary says, in sentences. */
import { bytes, counted, significant } from "../../../report/numbers.js";
import type { Figure, SummariseDocument } from "../document.js";
import { errorText, figureText, uniqueText, valueText, whole } from "./words.js";

/** How many figures a headline has room for. */
const MOST_FIGURES = 3;

export function summariseHeadline(document: SummariseDocument): string {
  const { facts, groups, by, source } = document;
  const [first, ...others] = groups;
  if (by !== null) {
    return `${whole(facts)} facts of ${source} in ${groups.length} groups by ${by}.`;
  }
  const said = (first?.figures ?? []).slice(0, MOST_FIGURES).map(figureWords);
  const more = (first?.figures.length ?? 0) - said.length + others.length;
  const rest = more > 0 ? `, and ${more} more` : "";
  return `${whole(facts)} facts of ${source}${said.length === 0 ? "" : `: ${said.join(", ")}${rest}`}.`;
}

function figureWords(figure: Figure): string {
  const { kind, path, values, quantile, top } = figure;
  switch (kind) {
    case "count":
      return `${whole(values)} ${path}`;
    case "unique":
      return `${uniqueText(figure)} different ${path}`;
    case "quantile": {
      const median =
        quantile?.quantiles.find(({ share }) => share === 0.5) ?? quantile?.quantiles[0];
      return median === undefined
        ? `no numbers in ${path}`
        : `${path} ${figureText(median.value)} in the ${median.share === 0.5 ? "middle" : "first quantile"}`;
    }
    case "top": {
      const [most] = top?.values ?? [];
      return most === undefined
        ? `no values in ${path}`
        : `mostly ${valueText(most.value)} in ${path}`;
    }
  }
}

/** What it took. */
export function workSentence({ work, facts }: SummariseDocument): string {
  const { read, kept, wallSeconds, encodedBytes, workers, sketchBytes } = work;
  const size = `The sketches take ${bytes(sketchBytes)}.`;
  if (read === 0) {
    return `Nothing was read: ${kept} sketches that were kept say it all, in ${significant(wallSeconds)} s. ${size}`;
  }
  const rate = encodedBytes < 1e6 ? "" : `, ${significant(encodedBytes / wallSeconds / 1e6)} MB/s`;
  const known = kept > 0 ? `, and ${kept} were known from before` : "";
  const processes = workers === 1 ? "one process" : `${workers} processes`;
  return (
    `${read} ${read === 1 ? "piece was" : "pieces were"} read by ${processes} in ${significant(wallSeconds)} s` +
    ` (${counted(facts / wallSeconds)} facts/s${rate})${known}; ${memoryWords(work)}. ${size}`
  );
}

/** How the figures compare with exact ones. */
export function checkSentence({ exact, work }: SummariseDocument): string | undefined {
  if (exact === null) return undefined;
  const { checks, engine, seconds } = exact;
  const worst = checks.toSorted((a, b) => b.error - a.error)[0];
  const beyond = checks.filter(({ error, bound }) => error > bound).length;
  if (worst === undefined) return undefined;
  const within =
    beyond === 0
      ? "all within what was promised"
      : `${beyond} beyond what was promised, which of 100 estimates 5 may be`;
  return `${engine} counted exactly in ${significant(seconds)} s, against ${significant(work.wallSeconds)} s: ${checks.length} ${
    checks.length === 1 ? "figure is" : "figures are"
  } off by ${errorText(worst.error)} at most, ${within}.`;
}

/** What is certain of the most frequent values, where that is not all. */
export function certaintySentences({ groups }: SummariseDocument): string[] {
  return groups.flatMap(({ figures }) =>
    figures.flatMap(({ path, top }) => {
      if (top === undefined || top.certain >= top.values.length) return [];
      return `Of ${path}, the first ${top.certain} are certain to be the most frequent; others may be as frequent as the rest that is shown.`;
    }),
  );
}

function memoryWords({
  ownMemoryBytes,
  peakMemoryBytes,
  workers,
}: SummariseDocument["work"]): string {
  const each = workers === 1 ? "" : " each";
  return ownMemoryBytes === null
    ? `${bytes(peakMemoryBytes)} of memory${each} at most`
    : `${bytes(ownMemoryBytes)} of memory${each} at most, beside ${bytes(peakMemoryBytes - ownMemoryBytes)} of Node's that ${workers === 1 ? "all processes" : "they"} share`;
}

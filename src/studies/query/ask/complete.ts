/** What a word that is being typed can become. */

const WORDS = (
  "SELECT FROM WHERE GROUP BY ORDER LIMIT HAVING DISTINCT COUNT AVG SUM MIN MAX UNNEST JOIN AS AND OR NOT " +
  "quantile_cont approx_count_distinct facts DESC ALL"
).split(" ");

/** A word with what SQL has in paths: quoted names, dots, places in lists. */
const TYPED = /(?:"(?:[^"]|"")*"?|[\w.[\]])+$/u;

/**
 * The paths and words that begin as the last word of a line does, and that word, as `node:readline` takes
 * them. Of paths, one level at a time, so that a few are to choose from and not thousands.
 */
export function completions(line: string, paths: readonly string[]): [string[], string] {
  const typed = TYPED.exec(line)?.[0] ?? "";
  const begins = (word: string) => word.toLowerCase().startsWith(typed.toLowerCase());
  const level = depthOf(typed);
  const matching = paths.filter((path) => begins(path) && depthOf(path) <= level);
  const words = typed === "" ? [] : WORDS.filter(begins);
  return [[...new Set([...matching, ...words])], typed];
}

/** Dots outside of quotes. */
function depthOf(path: string): number {
  return path.replaceAll(/"(?:[^"]|"")*"?/g, "").split(".").length;
}

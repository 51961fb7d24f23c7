import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean json?` if one of `names` is near to what was written, or else nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const nearest = closest(written.toLowerCase(), [...names]);
  return distance(written.toLowerCase(), nearest.toLowerCase()) <= 3
    ? ` Did you mean ${nearest}?`
    : "";
}

/** What tests of comparisons share. */
import type { ResultDocument } from "../studies/compare/document.js";

/** As little as a comparison can be: what it finds is not judged by tests. */
export const QUICK = ["--trials", "1", "--budget", "10ms", "--facts", "8", "--quiet"];

/** The scenario of `json gzip:6 write`. */
export function find(document: ResultDocument, words: string) {
  return document.scenarios.find(
    ({ codec, compressor, direction }) => `${codec} ${compressor} ${direction}` === words,
  );
}

import { createFinder, type Finder } from "../compiled-json/reader/find.js";
import type { Fact } from "../core/fact.js";
import type { Question } from "./question.js";
import { Summary } from "./summary.js";

/** A summary that facts are added to. */
export class FactSummary extends Summary {
  /** Finds the values of all aggregates, and those that facts are grouped by last. */
  private readonly finder: Finder;

  constructor(question: Question) {
    super(question);
    const { by, aggregates } = question;
    const paths = aggregates.map(({ path }) => path);
    const counted = aggregates.flatMap(({ kind }, at) => (kind === "count" ? [at] : []));
    this.finder = createFinder(by === undefined ? paths : [...paths, by], new Set(counted));
  }

  /** Throws an `InputError` where there are too many groups. */
  add(fact: Fact): void {
    this.addFound(this.finder.inValue(fact));
  }

  /**
   * Adds a fact that is JSON, of which only what is asked for becomes values. Throws as `JSON.parse` and `add` do.
   *
   * @param isKnown whether it is known to be JSON whose keys come once, so that the rest need not be checked
   */
  addJson(bytes: Uint8Array, isKnown = false): void {
    this.addFound(this.finder.inJson(bytes, isKnown));
  }
}

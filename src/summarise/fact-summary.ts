import { createFinder, type Finder } from "../compiled-json/reader/find.js";
import {
  createLineFinder,
  type LineFinder,
  type Taken,
} from "../compiled-json/reader/find-lines.js";
import type { Fact } from "../core/fact.js";
import type { Question } from "./question.js";
import { Summary } from "./summary.js";

const NOTHING: Taken = { facts: 0, bytes: 0 };

/** A summary that facts are added to. */
export class FactSummary extends Summary {
  /** Finds the values of all aggregates, and those that facts are grouped by last. */
  private readonly finder: Finder;

  private readonly lineFinder: LineFinder | undefined;

  constructor(question: Question) {
    super(question);
    const { by, aggregates } = question;
    const paths = aggregates.map(({ path }) => path);
    const counted = aggregates.flatMap(({ kind }, at) => (kind === "count" ? [at] : []));
    const all = by === undefined ? paths : [...paths, by];
    this.finder = createFinder(all, new Set(counted));
    this.lineFinder = createLineFinder(all, by !== undefined, (values, places, facts) =>
      this.addPlaced(values, places, facts),
    );
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

  /** Whether `addLines` may add some. */
  get takesLines(): boolean {
    return this.lineFinder?.isOver() === false;
  }

  /**
   * Adds facts on lines, each of which ends with a newline: many small ones take less time together. It does so until
   * one is something else than compact JSON, and returns how far that is.
   */
  addLines(lines: Uint8Array): Taken {
    return this.lineFinder?.inLines(lines) ?? NOTHING;
  }
}

/**
 * Infers a JSON Schema from facts, one at a time, in memory that does not grow with their number.
 *
 * Facts are counted into tallies, one for each path (`infer/tally.ts`), in bounded memory. In the end records
 * are told from maps (`infer/map-rule.ts`), and the tallies become a schema (`infer/to-schema.ts`) and an
 * account of how sure it is (`infer/certainty.ts`). `shape.ts` reads any JSON Schema down to what a format's
 * derivation needs to know: kinds of values, or "anything". `proto/derivation.ts` writes messages from it. A
 * message that stands for a value of another kind says so in an option, and the codec (`proto/stand-in.ts`)
 * puts the value in its place; a record needs none of this and goes through the compiled functions as it is.
 *
 * Trials of a comparison are given the schema with their plan, and the workers of a run find it in the
 * manifest: it is inferred once.
 */
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { certainties, type PathCertainty } from "./infer/certainty.js";
import { mapReason } from "./infer/map-rule.js";
import { observe } from "./infer/observe.js";
import { Tally, type TallyBudget } from "./infer/tally.js";
import { schemaOf } from "./infer/to-schema.js";

export type { PathCertainty } from "./infer/certainty.js";

export interface Inferred {
  /** Every fact that was seen is valid by it. Integers get the range of a machine's type. */
  readonly schema: JsonSchema;
  /** How many facts it is inferred from. */
  readonly facts: number;
  readonly paths: readonly PathCertainty[];
}

/** More paths than any schema has that people work with; some 10 MB. */
const MAX_TALLIES = 20_000;
const DRAFT = "https://json-schema.org/draft/2020-12/schema";

/** What facts look like, as far as they were seen. */
export class SchemaInference {
  private readonly budget: TallyBudget = { used: 0 };
  private readonly root = new Tally(this.budget);
  private facts = 0;

  constructor(private readonly mostPaths = MAX_TALLIES) {}

  /** Takes one more fact into account. */
  observe(fact: Fact): void {
    observe(this.root, fact, this.facts);
    this.facts += 1;
    // Tallies that were merged are still counted: count anew before anything is given up.
    if (this.budget.used <= this.mostPaths) return;
    this.budget.used = sizeOf(this.root);
    while (this.budget.used > this.mostPaths / 2 && foldWidest(this.root)) {
      this.budget.used = sizeOf(this.root);
    }
  }

  /** What was seen so far; more may be observed after it. */
  result(): Inferred {
    const tally = this.root.copy();
    settle(tally);
    return {
      schema: { $schema: DRAFT, ...schemaOf(tally) },
      facts: this.facts,
      paths: [...certainties(tally)],
    };
  }
}

/** Tells maps from records, from the outside in. */
function settle(tally: Tally): void {
  const reason = mapReason(tally);
  if (reason !== undefined) tally.fold(reason);
  for (const child of below(tally)) settle(child);
}

function below({ items, entries, children }: Tally): Tally[] {
  return [...children, ...[items, entries].filter((tally) => tally !== undefined)];
}

function sizeOf(tally: Tally): number {
  return below(tally).reduce((sum, child) => sum + sizeOf(child), 1);
}

/** Takes the keys of the objects with the most of them for data; `false` if there are none. */
function foldWidest(root: Tally): boolean {
  let widest = root;
  const visit = (tally: Tally) => {
    if (tally.keys.length > widest.keys.length) widest = tally;
    below(tally).forEach(visit);
  };
  visit(root);
  if (widest.keys.length === 0) return false;
  widest.fold(`map: too many different paths, ${widest.keys.length} keys here`);
  return true;
}

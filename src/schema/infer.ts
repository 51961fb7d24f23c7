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
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";
import { certainties, type PathCertainty } from "./infer/certainty.js";
import {
  decisionTree,
  NO_DECISIONS,
  unmet,
  type Decided,
  type Decisions,
} from "./infer/decisions.js";
import { neverField, oddness } from "./infer/data-keys.js";
import { judgeKeys } from "./infer/map-rule.js";
import { observe } from "./infer/observe.js";
import { Tally, type TallyContext } from "./infer/tally.js";
import { schemaOf } from "./infer/to-schema.js";

export type { PathCertainty } from "./infer/certainty.js";
export type { Decisions } from "./infer/decisions.js";

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

export interface InferenceOptions {
  /** Paths that are kept apart. */
  readonly mostPaths?: number;
  /** What a person says of objects: each must be there. */
  readonly decisions?: Decisions;
  /** What a person said when an earlier schema was made; what is not there does not matter. */
  readonly earlierDecisions?: Decisions;
}

/** What facts look like, as far as they were seen. */
export class SchemaInference {
  private readonly context: TallyContext = { used: 0, moment: 0 };
  private readonly decided: Decided;
  private readonly root: Tally;
  private facts = 0;

  /** Throws an `InputError` for a decision that no path says. */
  constructor({
    mostPaths = MAX_TALLIES,
    decisions = NO_DECISIONS,
    earlierDecisions = NO_DECISIONS,
  }: InferenceOptions = {}) {
    this.mostPaths = mostPaths;
    this.decided = decisionTree(decisions, earlierDecisions);
    this.root = new Tally(this.context, this.decided);
  }

  private readonly mostPaths: number;

  /** Takes one more fact into account. */
  observe(fact: Fact): void {
    observe(this.root, fact, this.facts);
    this.facts += 1;
    // Tallies that were merged are still counted: count anew before anything is given up.
    if (this.context.used <= this.mostPaths) return;
    this.context.used = sizeOf(this.root);
    while (this.context.used > this.mostPaths / 2 && foldWidest(this.root)) {
      this.context.used = sizeOf(this.root);
    }
  }

  /**
   * What was seen so far; more may be observed after it. Throws an `InputError` if a decision is about
   * a path at which there was no object, or makes a record of keys that are no fields.
   */
  result(): Inferred {
    const tally = this.root.copy();
    settle(tally);
    const [strange] = unmet(this.decided);
    if (strange !== undefined) {
      throw new InputError(
        `--map or --record ${strange}: no fact has an object there. hellfact infer shows the paths.`,
      );
    }
    return {
      schema: { $schema: DRAFT, ...schemaOf(tally) },
      facts: this.facts,
      paths: [...certainties(tally)],
    };
  }
}

/** Tells maps from records, from the outside in. */
function settle(tally: Tally): void {
  if (tally.objects > 0) {
    const judgement = judgeKeys(tally);
    const odd = judgement.as === "record" ? tally.keys.find(neverField) : undefined;
    if (odd !== undefined) {
      throw new InputError(`--record: a key is ${oddness(odd)}, which no field can be called.`);
    }
    const [lost] = judgement.as === "map" ? (tally.decided?.keys.values() ?? []) : [];
    if (lost !== undefined) {
      const path = tally.decided?.path ?? "";
      throw new InputError(`--map or --record ${lost.path}: ${path} is a map. Write ${path}{}.`);
    }
    tally.judgement = judgement;
    if (judgement.as === "map") tally.fold(judgement.because);
  }
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
    if (tally.decided?.as !== "record" && tally.keys.length > widest.keys.length) widest = tally;
    below(tally).forEach(visit);
  };
  visit(root);
  if (widest.keys.length === 0) return false;
  widest.fold(`map: too many different paths, ${widest.keys.length} keys here`);
  return true;
}

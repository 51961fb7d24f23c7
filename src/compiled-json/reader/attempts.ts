import { createParser, UNFIT, type Parser } from "./parser.js";
import { createTape, type Tape } from "./tape.js";

export interface Shared {
  readonly parser: Parser;
  readonly tape: Tape;
  /** Counts how often all keys were forgotten. */
  generation: number;
}

/** One for all readers of the process: none is open across calls. */
let shared: Shared | undefined;

function open(): Shared {
  const parser = createParser();
  return { parser, tape: createTape(parser), generation: 0 };
}

/** After so many facts of which most did not fit, the parser is not tried any more. */
const TRIALS = 64;

/** What one reader has of the parser: a node of its own, under which its keys are. */
export class Attempts {
  private tried = 0;
  private unfit = 0;
  private context = 0;
  private generation = -1;

  /** Whether the parser is not tried any more. */
  get areOver(): boolean {
    return this.unfit * 2 > this.tried && this.tried >= TRIALS;
  }

  /** Counts facts that fitted in one attempt. */
  count(facts: number): void {
    this.tried += facts;
  }

  /**
   * Lets the parser try; throws where it is not for these bytes.
   *
   * @param work is given the reader's node, and a number that is another one when all nodes are void
   */
  attempt<Result>(work: (all: Shared, context: number, generation: number) => Result): Result {
    if (this.areOver) throw UNFIT;
    this.tried++;
    const all = (shared ??= open());
    try {
      if (all.parser.isFull()) forget(all);
      if (this.generation !== all.generation) {
        this.context = all.parser.newNode();
        this.generation = all.generation;
      }
      return work(all, this.context, this.generation);
    } catch (error) {
      this.unfit++;
      all.parser.forgetStrings();
      throw error;
    }
  }
}

function forget(all: Shared): void {
  all.parser.forgetKeys();
  all.parser.forgetStrings();
  all.tape.forget();
  all.generation++;
}

import { spinUntil } from "../core/wait.js";
import type { Encoder } from "./fact-writer.js";

/** Delays for each fact, in seconds, put into a stage on purpose to see what they do to the whole. */
export interface Delays {
  readonly encodeSeconds: number;
  readonly writeSeconds: number;
}

export const NO_DELAYS: Delays = { encodeSeconds: 0, writeSeconds: 0 };

/** Whether there is any. */
export function isDelayed({ encodeSeconds, writeSeconds }: Delays): boolean {
  return encodeSeconds > 0 || writeSeconds > 0;
}

/** Puts delays into the stages of one pipeline; they can be changed while it runs. */
export class Injection {
  /** Facts encoded since the sink was last given a batch. */
  private facts = 0;

  constructor(public delays: Delays) {}

  /** The same encoding, which then keeps the processor busy for the delay. */
  encoder({ encode, encodeBatch, ...around }: Encoder): Encoder {
    if (encode === undefined) {
      return {
        ...around,
        encodeBatch: (facts, out) => {
          encodeBatch(facts, out);
          this.delay(facts.length);
        },
      };
    }
    return {
      ...around,
      encode: (fact, out) => {
        encode(fact, out);
        this.delay(1);
      },
    };
  }

  private delay(facts: number): void {
    this.count(facts);
    const seconds = facts * this.delays.encodeSeconds;
    if (seconds > 0) spinUntil(performance.now() + seconds * 1000);
  }

  /** Says that the next batch holds so many more facts. */
  count(facts: number): void {
    this.facts += facts;
  }

  /** What the sink is to take longer for the batch that it is given now. */
  takeSinkSeconds(): number {
    const { facts } = this;
    this.facts = 0;
    return facts * this.delays.writeSeconds;
  }
}

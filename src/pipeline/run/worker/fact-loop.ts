import { setImmediate, setTimeout } from "node:timers/promises";
import type { Fact } from "../../../core/fact.js";
import type { RangedSource } from "../../../core/ranged-source.js";
import type { FactWriter } from "../../fact-writer.js";
import type { Pace } from "./pace.js";
import type { Range } from "../plan.js";
import type { StageClock } from "./stages.js";
import { TurnClock } from "./turn-clock.js";

/** How long messages of other processes may have to wait. */
const TURN_MILLISECONDS = 50;

export interface FactLoopOptions {
  readonly source: RangedSource;
  readonly writer: FactWriter;
  readonly stages: StageClock;
  /** A rate to keep to. */
  readonly pace: Pace | undefined;
  /** Ends the open part where it is, also while the source has nothing to give. */
  readonly signal: AbortSignal;
  /** Called after each turn. */
  readonly onTurn: () => void;
  /** Called with each fact, if anybody wants to see them. */
  readonly onFact: ((fact: Fact) => void) | undefined;
  /** Called after every batch, if somebody may want the worker to stand still there. */
  readonly pausePoint: (() => Promise<void>) | undefined;
  /** What to throw where a fact is not taken by what is behind the source. */
  readonly refusal: (error: unknown) => unknown;
}

/** When a part is full before its range is at an end. */
export interface PartLimit {
  /** Asked after every batch and every line that was kept aside. */
  readonly hasEnoughBytes: () => boolean;
  /** A reading of `performance.now()`. */
  readonly until: number;
}

/** Why a turn ended: nothing more can be had without waiting, or there is something else to do first. */
type TurnEnd = "dry" | "full" | "batch" | "early" | "time";

/** source ▶ writer, fact by fact, in turns that nothing interrupts. */
export class FactLoop {
  facts = 0;
  private readonly clock: TurnClock;

  constructor(private readonly options: FactLoopOptions) {
    this.clock = new TurnClock(options.stages);
  }

  /** Takes facts until the range, or what one part may have, is at its end: `true` for the range. */
  async fill(range: Range, limit: PartLimit): Promise<boolean> {
    const { source, signal } = this.options;
    while (!signal.aborted) {
      const facts = source.facts(range.from, range.to)[Symbol.iterator]();
      for (let end = this.turn(facts, limit); end !== "dry"; end = this.turn(facts, limit)) {
        if (end === "full") return false;
        await this.between(end);
        if (signal.aborted) return false;
      }
      if (source.more === undefined || source.ended || source.position >= range.to) return true;
      await this.waitForMore(source.more());
    }
    return false;
  }

  /** Takes facts for as long as there is nothing to wait for; no fact is awaited. */
  private turn(facts: Iterator<Fact | undefined>, limit: PartLimit): TurnEnd {
    const { writer, stages, pace, onFact, pausePoint, refusal } = this.options;
    const { clock } = this;
    const factsBefore = this.facts;
    let now = performance.now();
    const turnEnds = now + TURN_MILLISECONDS;
    clock.begin(now);
    let end: TurnEnd | undefined;
    let untimed = 0;
    let isAdding = false;
    try {
      while (end === undefined) {
        if (pace !== undefined && pace.millisecondsToNext() > 0) {
          end = "early";
          break;
        }
        const isTimed = untimed === 0;
        const { value: fact, done } = facts.next();
        const taken = isTimed ? performance.now() : 0;
        const timedBefore = stages.timedSeconds;
        let endedBatch = false;
        if (fact !== undefined) {
          pace?.take();
          isAdding = true;
          endedBatch = writer.add(fact);
          isAdding = false;
          this.facts += 1;
          onFact?.(fact);
        }
        if (isTimed) {
          const asked = now;
          now = performance.now();
          clock.sample(asked, taken, now, stages.timedSeconds - timedBefore);
          untimed = clock.stride();
          if (now >= limit.until) end = "full";
          else if (now >= turnEnds) end = "time";
        } else {
          untimed -= 1;
          if (untimed === 0) now = performance.now();
        }
        if (done === true) end = "dry";
        else if (fact === undefined || endedBatch) {
          if (limit.hasEnoughBytes()) end = "full";
          else if (endedBatch && pausePoint !== undefined) end ??= "batch";
        }
      }
    } catch (error) {
      throw isAdding ? refusal(error) : error;
    }
    clock.end(performance.now(), this.facts - factsBefore);
    return end;
  }

  /** What has to be done before the next turn. */
  private async between(end: Exclude<TurnEnd, "dry" | "full">): Promise<void> {
    const { pausePoint, onTurn } = this.options;
    switch (end) {
      case "early":
        await this.waitForPace();
        break;
      case "batch":
        await pausePoint?.();
        break;
      case "time":
        await setImmediate();
    }
    onTurn();
  }

  private async waitForPace(): Promise<void> {
    const { pace, stages } = this.options;
    const start = performance.now();
    await setTimeout(Math.min(pace?.millisecondsToNext() ?? 0, TURN_MILLISECONDS));
    stages.add("wait", start);
  }

  private async waitForMore(more: Promise<void>): Promise<void> {
    const { signal, stages, onTurn } = this.options;
    const start = performance.now();
    await untilAborted(more, signal);
    stages.add("source", start);
    onTurn();
  }
}

/** Waits for `work`, or only until something else happens. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stopWaiting = () => undefined as void;
  const aborted = new Promise<void>((resolve) => (stopWaiting = resolve));
  signal.addEventListener("abort", stopWaiting, { once: true });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stopWaiting);
    // What fails after nobody waits for it any more is of no interest.
    work.catch(() => undefined);
  }
}

/** One direction's work, in repetitions that the measuring layer repeats and cuts into samples. */
export interface Workload {
  /** Facts in a repetition: a whole number of passes over the pool, so that every repetition is alike. */
  readonly factsPerRepetition: number;
  /**
   * Does the work once over the pool and compares every result with what it should be; nothing, where the same was
   * found right before. The comparing is kept out of the clock's time. Throws a `HellfactError` at the first
   * difference.
   */
  check(clock: CheckClock): void;
  /** The work over and over, leaving nothing behind and counting for nothing; it may be left at any step. */
  practice(): Iterable<number>;
  /** Whether its codec has found out how to do the work, where it does that while it works. */
  isSettled(): boolean;
  /** One repetition. Yields the facts done since it last yielded, often enough to sample. */
  repetition(): Iterable<number>;
  /** What the facts took, after the last repetition. Throws if what came out is not what went in. */
  sizes(): Sizes;
  /** Leaves behind what others will read, and nothing else. */
  finish(): void;
  /**
   * Looks at what was worked on when everything is over, and returns what stands for it: equal for the same bytes.
   * Throws a `HellfactError` where it is not what it should be.
   */
  confirm(): string;
}

export interface Sizes {
  readonly encodedBytesPerFact: number;
  /** Those of them that keep facts apart, or make a file of them; `null` for columns, which have no bytes of a fact. */
  readonly framingBytesPerFact: number | null;
  readonly storedBytesPerFact: number;
  readonly allocatedBytesPerFact: number | null;
}

/** The part of a sampler that a check uses. */
export interface CheckClock {
  resume(): void;
  pause(): void;
  count(facts: number): void;
}

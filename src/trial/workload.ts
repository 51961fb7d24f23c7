/** One direction's work, in repetitions that the measuring layer repeats and cuts into samples. */
export interface Workload {
  /** Facts in a repetition: a whole number of passes over the pool, so that every repetition is alike. */
  readonly factsPerRepetition: number;
  /**
   * Does the work once over the pool and compares every result with what it should be. The
   * comparing is kept out of the clock's time. Throws a `HellfactError` at the first difference.
   */
  check(clock: CheckClock): void;
  /** Stands for what was checked: equal for the same bytes. */
  readonly digest: string;
  /** One repetition. Yields the facts done since it last yielded, often enough to sample. */
  repetition(): Iterable<number>;
  /** What the facts took, after the last repetition. Throws if what came out is not what went in. */
  sizes(): Sizes;
  /** Leaves behind what others will read, and nothing else. */
  finish(): void;
}

export interface Sizes {
  readonly encodedBytesPerFact: number;
  readonly storedBytesPerFact: number;
  readonly allocatedBytesPerFact: number | null;
}

/** The part of a sampler that a check uses. */
export interface CheckClock {
  resume(): void;
  pause(): void;
  count(facts: number): void;
}

/**
 * Which of two ways to read or to write is faster here: blocks of facts go both ways, and vote. Votes
 * and not sums, because a disturbance may take any length of time, but is a single vote.
 */
import type { ByteWriter } from "../core/byte-writer.js";
import type { WriteFact } from "./writer/runtime.js";

type Read = (bytes: Uint8Array) => unknown;

/**
 * What the first way takes before it is judged: engines compile what they have seen often, and take a tenth of a
 * second and more for that. After 8 MB the slower way was taken in every third process.
 */
const WARM_UP_BYTES = 64_000_000;
/** Timing takes as long as reading some kB: of smaller facts only the one that fills so many bytes is timed. */
const TIMED_BYTES = 16_384;
/** Facts of so many bytes, taken both ways, give a vote. */
const BLOCK_BYTES = 250_000;
/** Votes that are this many standard deviations from even decide: fewer than one in 1,000 would by chance. */
const DEVIATIONS = 3.5;
/** If so many votes do not decide, the ways are as good as the same: the majority has it for a while. */
const MAX_VOTES = 80;
/** After so many bytes it is judged anew, after twice as many each time that votes do not decide; but … */
const UNDECIDED_BYTES = 64_000_000;
/** … after no more than these. */
const MOST_BYTES = 1_000_000_000;
/**
 * Where votes decide, it is judged anew after so many, and after twice as many each time that they decide the same:
 * what was not yet optimised when it was judged gets its chance soon.
 */
const DECIDED_BYTES = 256_000_000;

type Usage = () => { readonly user: number; readonly system: number };

const processUsage: Usage = () => process.cpuUsage();
const threadUsage = (process as { readonly threadCpuUsage?: Usage }).threadCpuUsage?.bind(process);
let usage: Usage | undefined;

/**
 * Processor time in microseconds: of this thread where the runtime tells and the kernel keeps it up to date, else
 * of the process. Many kernels count a running thread's time only at each tick, of 4 ms, and a process's always.
 */
function processorMicroseconds(): number {
  usage ??= threadUsage !== undefined && isFine(threadUsage) ? threadUsage : processUsage;
  const { user, system } = usage();
  return user + system;
}

const FINE_STEPS = 3;
const LOOK_MILLISECONDS = 0.3;

/** Whether a clock moves several times while it is looked at for less than a tick. */
function isFine(clock: Usage): boolean {
  const end = performance.now() + LOOK_MILLISECONDS;
  let last = -1;
  let steps = -1; // the first reading is none
  do {
    const { user, system } = clock();
    if (user + system !== last) steps++;
    last = user + system;
  } while (steps < FINE_STEPS && performance.now() < end);
  return steps >= FINE_STEPS;
}

/**
 * Whether votes for one side of so many decide: by the normal approximation to the sign test, which
 * from thirteen votes on is what all of them must agree to. None at all decide nothing.
 */
export function isDecided(votes: number, forFirst: number): boolean {
  return votes > 0 && Math.abs(2 * forFirst - votes) >= DEVIATIONS * Math.sqrt(votes);
}

type Way = "first" | "second";

/** Chooses between two ways by votes, again and again. */
class Election {
  #chosen: Way = "first";
  #bytesLeft = WARM_UP_BYTES;
  #votes = 0;
  #forFirst = 0;
  #undecidedBytes = UNDECIDED_BYTES;
  #decidedBytes = DECIDED_BYTES;

  get chosen(): Way {
    return this.#chosen;
  }

  /** By which way to take so many bytes; `undefined` while it is to be found out. */
  wayFor(bytes: number): Way | undefined {
    if (this.#bytesLeft <= 0) return undefined;
    this.#bytesLeft -= bytes;
    return this.#chosen;
  }

  /** @param first, @param second what a block took each way, for a byte */
  vote(first: number, second: number): void {
    if (first !== second) {
      this.#votes++;
      if (first < second) this.#forFirst++;
    }
    const decided = isDecided(this.#votes, this.#forFirst);
    if (!decided && this.#votes < MAX_VOTES) return;
    const before = this.#chosen;
    this.#chosen = this.#forFirst * 2 >= this.#votes ? "first" : "second";
    if (this.#chosen !== before) this.#decidedBytes = DECIDED_BYTES;
    this.#bytesLeft = decided ? this.#decidedBytes : this.#undecidedBytes;
    if (decided) {
      this.#undecidedBytes = UNDECIDED_BYTES;
      this.#decidedBytes = Math.min(2 * this.#decidedBytes, MOST_BYTES);
    } else {
      this.#undecidedBytes = Math.min(2 * this.#undecidedBytes, MOST_BYTES);
    }
    this.#votes = 0;
    this.#forFirst = 0;
  }
}

/**
 * Reads by `first` until that is warm, then both ways, which must give the same, until it is plain
 * which takes less processor time; from then on by that one.
 */
export function fasterOf(first: Read, second: Read, now = processorMicroseconds): Read {
  const election = new Election();
  let firstLeads = false;
  let bytesRead = 0;
  let untimedBytes = 0;
  const spent = { first: 0, second: 0 };

  function timed(read: Read, bytes: Uint8Array, way: Way): unknown {
    const startedAt = now();
    const value = read(bytes);
    spent[way] += now() - startedAt;
    return value;
  }

  return (bytes) => {
    let way = election.wayFor(bytes.length);
    if (way === undefined) {
      untimedBytes += bytes.length;
      if (untimedBytes < TIMED_BYTES) way = election.chosen;
      else untimedBytes = 0;
    }
    if (way !== undefined) return way === "first" ? first(bytes) : second(bytes);
    // By turns, because the second finds the bytes in the cache.
    firstLeads = !firstLeads;
    if (firstLeads) timed(first, bytes, "first");
    const value = timed(second, bytes, "second");
    if (!firstLeads) timed(first, bytes, "first");
    bytesRead += bytes.length;
    if (bytesRead >= BLOCK_BYTES) {
      election.vote(spent.first, spent.second);
      bytesRead = spent.first = spent.second = 0;
    }
    return value;
  };
}

/** The same for writers. A fact is written only once, since it may see that; so blocks take turns. */
export function fasterWriter(
  first: WriteFact,
  second: WriteFact,
  now = processorMicroseconds,
): WriteFact {
  const election = new Election();
  const bytes = { first: 0, second: 0 };
  const spent = { first: 0, second: 0 };
  let size = 0;

  function timed(fact: unknown, out: ByteWriter): void {
    const way = bytes.first <= bytes.second && bytes.first < BLOCK_BYTES ? "first" : "second";
    const from = out.position;
    const startedAt = now();
    (way === "first" ? first : second)(fact, out);
    spent[way] += now() - startedAt;
    bytes[way] += out.position - from;
    if (bytes.first >= BLOCK_BYTES && bytes.second >= BLOCK_BYTES) {
      election.vote(spent.first / bytes.first, spent.second / bytes.second);
      bytes.first = bytes.second = spent.first = spent.second = 0;
    }
  }

  return (fact, out) => {
    // What the last fact took stands for this one.
    const way = election.wayFor(size);
    const from = out.position;
    if (way === undefined) timed(fact, out);
    else if (way === "first") first(fact, out);
    else second(fact, out);
    size = out.position - from;
  };
}

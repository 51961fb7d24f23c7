/**
 * Which of two ways to read or to write is faster here: blocks of facts go both ways, and vote. Votes
 * and not sums, because a disturbance may take any length of time, but is a single vote. At first blocks follow
 * one another until it is decided; from then on they are so far apart that finding out costs next to nothing.
 */
import type { ByteWriter } from "../core/byte-writer.js";
import type { WriteFact } from "./writer/runtime.js";

type Read = (bytes: Uint8Array) => unknown;

/**
 * What the first way takes before it is judged: engines compile what they have seen often, and take up to a second of
 * processor time for that. After 8 MB the slower way was taken in every third process; at 64 MB the first one had
 * 60 to 90 % of the rate that it had from 100 to 140 MB on.
 */
const WARM_UP_BYTES = 128_000_000;
/**
 * Facts of so many bytes are written one way before the other has its turn, and the first of them is not counted: its way
 * has to find its code in the caches again, which takes as long as writing a fact of 1 kB.
 */
const TURN_BYTES = 16_384;
/** Facts of so many bytes, taken both ways, give a vote. */
const BLOCK_BYTES = 250_000;
/** Votes that are this many standard deviations from even decide: fewer than one in 1,000 would by chance. */
const DEVIATIONS = 3.5;
/** If so many votes do not decide, the ways are as good as the same: the majority has it for a while. */
const MAX_VOTES = 80;
/**
 * What judging anew may cost, as a share of the time of all work: what was not yet optimised when it was judged
 * gets its chance, sooner where the ways are close, and rarely where the other one takes many times as long.
 */
const MOST_LOSS = 0.01;
/**
 * Blocks between two that are judged, whatever those cost: no fewer, since timing takes time, too, and so few after
 * a vote against what is chosen, which may be the first of many.
 */
const LEAST_GAP = 32;
const MOST_GAP = 40_000;

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
export class Election {
  #chosen: Way = "first";
  #bytesLeft = WARM_UP_BYTES;
  #isBegun = false;
  /** What a block costs beyond its bytes taken the chosen way, in blocks taken so; not known before the first choice. */
  #loss: number | undefined;
  #costs: Record<Way, number[]> = { first: [], second: [] };
  #votes = 0;
  #forFirst = 0;

  /** @param isDouble whether what is timed goes both ways, and not one half of it this way, one half that way */
  constructor(private readonly isDouble = false) {}

  /** Whether all that it was asked for so far has come to a choice, which from then on hardly costs anything. */
  get isSettled(): boolean {
    return this.#loss !== undefined || !this.#isBegun;
  }

  /** By which way to take so many bytes; `undefined` where they are to be timed. */
  wayFor(bytes: number): Way | undefined {
    this.#isBegun = true;
    if (this.#bytesLeft > 0) {
      this.#bytesLeft -= bytes;
      return this.#chosen;
    }
    return undefined;
  }

  /**
   * @param first, @param second what a block took each way, for a byte
   * @param bytes what was taken each way
   */
  vote(first: number, second: number, bytes: number): void {
    this.#costs.first.push(first);
    this.#costs.second.push(second);
    if (first !== second) {
      this.#votes++;
      if (first < second) this.#forFirst++;
    }
    if (this.#votes >= MAX_VOTES || isDecided(this.#votes, this.#forFirst)) this.#choose();
    if (this.#loss === undefined) return;
    const isAgainst = this.#chosen === "first" ? second < first : first < second;
    const gap = isAgainst ? LEAST_GAP : Math.max(LEAST_GAP, this.#loss / MOST_LOSS);
    this.#bytesLeft = bytes * Math.min(gap, MOST_GAP);
  }

  #choose(): void {
    this.#chosen = this.#forFirst * 2 >= this.#votes ? "first" : "second";
    const other = this.#chosen === "first" ? "second" : "first";
    const ratio = typical(this.#costs[other]) / typical(this.#costs[this.#chosen]);
    this.#loss = this.isDouble ? ratio : ratio - 1;
    this.#costs = { first: [], second: [] };
    this.#votes = this.#forFirst = 0;
  }
}

/** The median, which no disturbance reaches; the mean where the clock stood still for most values. */
function typical(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return middle > 0 ? middle : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Reads by `first` until that is warm, then both ways, which must give the same, until it is plain
 * which takes less processor time; from then on by that one, and now and then both ways.
 */
export function fasterOf(
  first: Read,
  second: Read,
  election = new Election(true),
  now = processorMicroseconds,
): Read {
  let firstLeads = false;
  let bytesRead = 0;
  const spent = { first: 0, second: 0 };

  function timed(read: Read, bytes: Uint8Array, way: Way): unknown {
    const startedAt = now();
    const value = read(bytes);
    spent[way] += now() - startedAt;
    return value;
  }

  return (bytes) => {
    const way = election.wayFor(bytes.length);
    if (way !== undefined) return way === "first" ? first(bytes) : second(bytes);
    // By turns, because the second finds the bytes in the cache.
    firstLeads = !firstLeads;
    if (firstLeads) timed(first, bytes, "first");
    const value = timed(second, bytes, "second");
    if (!firstLeads) timed(first, bytes, "first");
    bytesRead += bytes.length;
    if (bytesRead >= BLOCK_BYTES) {
      election.vote(spent.first / bytesRead, spent.second / bytesRead, bytesRead);
      bytesRead = spent.first = spent.second = 0;
    }
    return value;
  };
}

/** The same for writers. A fact is written only once, since it may see that; so blocks take turns. */
export function fasterWriter(
  first: WriteFact,
  second: WriteFact,
  election = new Election(),
  now = processorMicroseconds,
): WriteFact {
  const bytes = { first: 0, second: 0 };
  const spent = { first: 0, second: 0 };
  let size = 0;
  let way: Way = "first";
  let turnBytes = 0;

  function timed(fact: unknown, out: ByteWriter): void {
    const from = out.position;
    const startedAt = now();
    (way === "first" ? first : second)(fact, out);
    const taken = now() - startedAt;
    const written = out.position - from;
    // A fact that is a turn by itself counts whole.
    if (turnBytes > 0 || written >= TURN_BYTES) {
      spent[way] += taken;
      bytes[way] += written;
    }
    turnBytes += written;
    if (turnBytes >= TURN_BYTES) {
      turnBytes = 0;
      way = bytes.first <= bytes.second && bytes.first < BLOCK_BYTES ? "first" : "second";
    }
    if (bytes.first >= BLOCK_BYTES && bytes.second >= BLOCK_BYTES) {
      const most = Math.max(bytes.first, bytes.second);
      election.vote(spent.first / bytes.first, spent.second / bytes.second, most);
      bytes.first = bytes.second = spent.first = spent.second = 0;
    }
  }

  return (fact, out) => {
    // What the last fact took stands for this one.
    const chosen = election.wayFor(size);
    const from = out.position;
    if (chosen === undefined) timed(fact, out);
    else if (chosen === "first") first(fact, out);
    else second(fact, out);
    size = out.position - from;
  };
}

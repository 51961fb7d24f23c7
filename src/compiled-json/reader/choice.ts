/**
 * Which of two ways to read is faster here: facts are read both ways, and blocks of them vote. Votes
 * and not sums, because a disturbance may take any length of time, but is a single vote.
 */
type Read = (bytes: Uint8Array) => unknown;

/** What the first way reads before it is judged: engines compile what they have seen often. */
const WARM_UP_BYTES = 8_000_000;
/** Facts of so many bytes, read both ways, give a vote. */
const BLOCK_BYTES = 250_000;
/** Votes that are this many standard deviations from even decide: fewer than one in 1,000 would by chance. */
const DEVIATIONS = 3.5;
/** If so many votes do not decide, the ways are as good as the same: the majority has it for a while. */
const MOST_VOTES = 80;
/** After so many bytes it is judged anew, and so much later again where votes decided. */
const UNDECIDED_BYTES = 64_000_000;
const DECIDED_BYTES = 1_000_000_000;

/** Processor time in microseconds: of this thread where the runtime tells, else of the process. */
function processorMicroseconds(): number {
  const { user, system } = threadUsage?.() ?? process.cpuUsage();
  return user + system;
}
const threadUsage = (
  process as { readonly threadCpuUsage?: () => { readonly user: number; readonly system: number } }
).threadCpuUsage?.bind(process);

/**
 * Whether votes for one side of so many decide: by the normal approximation to the sign test, which
 * from thirteen votes on is what all of them must agree to.
 */
export function isDecided(votes: number, forFirst: number): boolean {
  return Math.abs(2 * forFirst - votes) >= DEVIATIONS * Math.sqrt(votes);
}

/**
 * Reads by `first` until that is warm, then both ways, which must give the same, until it is plain
 * which takes less processor time; from then on by that one.
 */
export function fasterOf(first: Read, second: Read, now = processorMicroseconds): Read {
  let chosen = first;
  let bytesLeft = WARM_UP_BYTES;
  let votes = 0;
  let forFirst = 0;
  let firstLeads = false;
  let block = { bytes: 0, first: 0, second: 0 };

  function timed(read: Read, bytes: Uint8Array, way: "first" | "second"): unknown {
    const startedAt = now();
    const value = read(bytes);
    block[way] += now() - startedAt;
    return value;
  }

  function vote(): void {
    if (block.first !== block.second) {
      votes++;
      if (block.first < block.second) forFirst++;
    }
    block = { bytes: 0, first: 0, second: 0 };
    const decided = isDecided(votes, forFirst);
    if (!decided && votes < MOST_VOTES) return;
    chosen = forFirst * 2 >= votes ? first : second;
    bytesLeft = decided ? DECIDED_BYTES : UNDECIDED_BYTES;
    votes = 0;
    forFirst = 0;
  }

  return (bytes) => {
    if (bytesLeft > 0) {
      bytesLeft -= bytes.length;
      return chosen(bytes);
    }
    // By turns, because the second finds the bytes in the cache.
    firstLeads = !firstLeads;
    if (firstLeads) timed(first, bytes, "first");
    const value = timed(second, bytes, "second");
    if (!firstLeads) timed(first, bytes, "first");
    block.bytes += bytes.length;
    if (block.bytes >= BLOCK_BYTES) vote();
    return value;
  };
}

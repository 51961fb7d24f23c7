/**
 * The registers of an UltraLogLog (Ertl, "UltraLogLog: A Practical and More Space-Efficient Alternative to
 * HyperLogLog for Approximate Distinct Counting", PVLDB 17(7), 2024): a byte has the highest rank that was
 * seen, times four, and two bits that say whether the rank one below and two below were seen, too.
 * HyperLogLog keeps the highest alone, and its error is 1.35 times as large with as many bytes.
 */

/** A register after a rank from 1 on was seen. */
export function withRank(register: number, rank: number): number {
  const highest = register >> 2;
  if (rank > highest) return (rank << 2) | below(register, rank - highest);
  return highest - rank > 2 ? register : register | ((4 >> (highest - rank)) & 3);
}

/** A register that has seen what either has. */
export function united(one: number, other: number): number {
  const high = Math.max(one, other);
  const low = Math.min(one, other);
  return low === 0 ? high : high | below(low, (high >> 2) - (low >> 2));
}

/** What a register says of the two ranks below one that is so much higher than its own. */
function below(register: number, higher: number): number {
  if (higher > 2 || register === 0) return 0;
  return ((4 | (register & 3)) >> higher) & 3;
}

/**
 * What fewer registers would have seen: those whose numbers begin alike become one. What is left of a number
 * stands before the bits that ranks are counted in.
 */
export function downsized(registers: Uint8Array, precision: number, to: number): Uint8Array {
  const bits = precision - to;
  const fewer = new Uint8Array(1 << to);
  for (let number = 0; number < registers.length; number++) {
    const register = registers[number] ?? 0;
    if (register === 0) continue;
    const at = number >>> bits;
    const rest = number & ((1 << bits) - 1);
    const before = fewer[at] ?? 0;
    if (rest > 0) fewer[at] = withRank(before, Math.clz32(rest) - (32 - bits) + 1);
    else {
      const highest = (register >> 2) + bits;
      let after = before;
      if ((register & 1) === 1) after = withRank(after, highest - 2);
      if ((register & 2) === 2) after = withRank(after, highest - 1);
      fewer[at] = withRank(after, highest);
    }
  }
  return fewer;
}

/**
 * How many different values such registers have most likely seen.
 *
 * The number n of values is where the likelihood of the registers is greatest, each rank k in each of the m
 * registers being a Poisson process of rate n ρ(k) / m (as in the paper, section 3.2, and Ertl 2017,
 * arXiv:1702.01284, section 4): with x = n / m, α the sum of ρ over all that was not seen, and β(k) the number
 * of registers that saw k, it is the root of α x = Σ β(k) ρ(k) x / (exp(ρ(k) x) − 1), whose left side rises
 * while its right side falls. No table of biases is needed.
 *
 * @param registers of which there are 2^precision
 */
export function mostLikelyCount(registers: Uint8Array, precision: number): number {
  const highestRank = 65 - precision;
  const rates = Array.from({ length: highestRank + 1 }, (_, rank) =>
    rank === 0 ? 0 : 2 ** -Math.min(rank, highestRank - 1),
  );
  const rateOf = (rank: number) => rates[rank] ?? 0;
  const seen = new Float64Array(highestRank + 1);
  let unseen = 0;
  for (const [register, count] of histogram(registers)) {
    const highest = register >> 2;
    // The rates of all ranks above one add up to its own.
    unseen += count * (highest === 0 ? 1 : highest === highestRank ? 0 : rateOf(highest));
    if (highest > 0) seen[highest] = (seen[highest] ?? 0) + count;
    for (const [rank, bit] of [
      [highest - 1, 2],
      [highest - 2, 1],
    ] as const) {
      if (rank < 1) continue;
      if ((register & bit) === 0) unseen += count * rateOf(rank);
      else seen[rank] = (seen[rank] ?? 0) + count;
    }
  }
  const isBelowRoot = (x: number) => {
    let sum = 0;
    for (let rank = 1; rank <= highestRank; rank++) {
      const count = seen[rank] ?? 0;
      if (count > 0) sum += (count * rateOf(rank)) / Math.expm1(rateOf(rank) * x);
    }
    return unseen < sum;
  };
  return registers.length * rootOf(isBelowRoot);
}

/** How often each content of a register occurs. */
function histogram(registers: Uint8Array): [register: number, count: number][] {
  const counts = new Float64Array(256);
  for (const register of registers) counts[register] = (counts[register] ?? 0) + 1;
  return [...counts.entries()].filter(([, count]) => count > 0);
}

/** Where a condition that holds for small numbers stops to hold, by halving in powers of two. */
function rootOf(isBelow: (x: number) => boolean): number {
  let low = -40;
  let high = 64;
  if (!isBelow(2 ** low)) return 0;
  for (let step = 0; step < 52; step++) {
    const middle = (low + high) / 2;
    if (isBelow(2 ** middle)) low = middle;
    else high = middle;
  }
  return 2 ** low;
}

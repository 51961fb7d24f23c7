/** A source of numbers from 0 (included) to 1 (excluded). */
export type Uniform = () => number;

/** mulberry32 (Tommy Ettinger, public domain): small, seeded, good enough to shuffle and resample. */
export function seededUniform(seed: number): Uniform {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A copy of `items` in random order: Fisher and Yates's shuffle in Durstenfeld's form. */
export function shuffled<T>(items: readonly T[], uniform: Uniform): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

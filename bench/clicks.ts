import { Random } from "../generators/random.js";

/** One click of a page on which many experiments run, a few of them for each visitor. */
export interface Click {
  readonly at: number;
  readonly user: string;
  readonly page: string;
  /** Some of `keys` experiments, each with a variant's name, or whether it is on. */
  readonly experiments: Readonly<Record<string, string | boolean>>;
}

const AREAS = ["checkout", "search", "basket", "login", "profile", "banner", "price", "review"];
const MATTERS = ["Color", "Order", "Layout", "Text", "Speed"];
const VARIANTS = ["control", "green", "wide", "short"];

/** Names of experiments, of which no pattern tells that they are data. */
export function experimentNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const letters = Array.from(index.toString(26), (digit) =>
      String.fromCharCode(97 + parseInt(digit, 26)),
    );
    return `${AREAS[index % AREAS.length]}${MATTERS[index % MATTERS.length]}_${letters.join("")}`;
  });
}

/** Clicks with three to five of `keys` experiments each. */
export function clicks(facts: number, keys = 400, seed = 19): Click[] {
  const names = experimentNames(keys);
  return Array.from({ length: facts }, (_, index) => {
    const random = new Random(seed, index, 1);
    const own: [string, string | boolean][] = Array.from({ length: random.between(3, 5) }, () => [
      names[random.below(keys)] ?? "",
      random.chance(50) ? random.chance(50) : (VARIANTS[random.below(VARIANTS.length)] ?? ""),
    ]);
    return {
      at: 1_790_000_000_000 + index * 37,
      user: `u${random.below(50_000)}`,
      page: `/items/${random.below(3000)}`,
      experiments: Object.fromEntries(own),
    };
  });
}

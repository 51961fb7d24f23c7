/** The rules that others decide by, on the same pairs as ours: whether each of them would fail. */
import { mean, sampleVariance, wilcoxonRankSum } from "simple-statistics";
import type { GatePair } from "../src/studies/gate/document.js";

const PAIRS = 10;

const wallOf = (pairs: readonly GatePair[], variant: "baseline" | "candidate") =>
  pairs.flatMap((pair) => pair[variant].turns.map(({ wallSeconds }) => wallSeconds));

type Rule = (pairs: readonly GatePair[]) => boolean;

/** Two-sided 5 %, in standard deviations. */
const NORMAL_95 = 1.96;

function welch(pairs: readonly GatePair[]): number {
  const [before, after] = [wallOf(pairs, "baseline"), wallOf(pairs, "candidate")];
  const error = Math.sqrt(
    sampleVariance(before) / before.length + sampleVariance(after) / after.length,
  );
  return (mean(after) - mean(before)) / error;
}

/** Mann and Whitney's U as a normal deviate; samples are many, so this holds closely. */
function mannWhitney(pairs: readonly GatePair[]): number {
  const [before, after] = [wallOf(pairs, "baseline"), wallOf(pairs, "candidate")];
  const [n, m] = [after.length, before.length];
  const sum = wilcoxonRankSum(after, before);
  return (sum - (n * (n + m + 1)) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

export const OTHER_RULES: Readonly<Record<string, Rule>> = {
  "means of one pair differ by 5 %": (pairs) => {
    const one = pairs.slice(0, 1);
    return mean(wallOf(one, "candidate")) > 1.05 * mean(wallOf(one, "baseline"));
  },
  "means of ten pairs differ by 5 %": (pairs) => {
    const some = pairs.slice(0, PAIRS);
    return mean(wallOf(some, "candidate")) > 1.05 * mean(wallOf(some, "baseline"));
  },
  "Welch's t on the samples of ten pairs, 5 %": (pairs) => welch(pairs.slice(0, PAIRS)) > NORMAL_95,
  "Mann-Whitney on the samples of ten pairs, 5 %": (pairs) =>
    mannWhitney(pairs.slice(0, PAIRS)) > NORMAL_95,
  "a 95 % interval of samples, re-tested till clear": (pairs) => {
    for (let count = 2; count <= pairs.length; count += 2) {
      const t = welch(pairs.slice(0, count));
      if (Math.abs(t) > NORMAL_95) return t > 0;
    }
    return false;
  },
};

import { fileURLToPath } from "node:url";
import { DEFAULT_PROFILE } from "../../../../generators/profile.js";
import type { GateDocument } from "../document.js";
import type { Answer } from "../decide/decide.js";
import type { Way } from "./plan.js";
import { placeIn } from "./variants/variant-source.js";
import { compareCodecs, type GateHooks } from "./compare.js";

/** Gates between variants whose difference is known. */
export interface SelfTestResult {
  /** In words: `unchanged`, `5 % slower`. */
  readonly kind: string;
  /** The share of all facts that the candidate works on twice; below 0, that it leaves out. */
  readonly slowdown: number;
  readonly unchanged: boolean;
  readonly counts: Readonly<Record<Answer, number>>;
  /** What each gate took. */
  readonly seconds: readonly number[];
}

const SELF_TEST_SLOWDOWNS = [0, 0.03, 0.05, 0.1];

/**
 * Runs gates on unchanged variants and on variants with injected slowdowns, `runs` of each kind, and counts
 * the answers. Ends early, with what there is, when it is interrupted.
 *
 * @param onProgress called with the share that is done, and with what is next
 */
export async function selfTest(
  runs: number,
  seed: number,
  signal: AbortSignal,
  onProgress: (done: number, kind: string) => void,
): Promise<SelfTestResult[]> {
  const results = SELF_TEST_SLOWDOWNS.map((slowdown) => ({
    kind: kindOf(slowdown),
    slowdown,
    unchanged: slowdown === 0,
    counts: { pass: 0, fail: 0, inconclusive: 0 },
    seconds: [] as number[],
  }));
  for (let round = 0; round < runs; round++) {
    for (const [index, result] of results.entries()) {
      onProgress((round + index / results.length) / runs, result.kind);
      const { gate } = await knownGate(
        result.slowdown,
        seed + round * results.length + index,
        signal,
      );
      if (signal.aborted) return results;
      result.counts[gate.answer] += 1;
      result.seconds.push(gate.seconds);
    }
  }
  return results;
}

/** One gate on writing JSON, between the codec and itself with a known slowdown. */
export function knownGate(
  slowdown: number,
  seed: number,
  signal: AbortSignal,
  onPair: GateHooks["onPair"] = () => undefined,
  way: Way | "auto" = "auto",
): Promise<GateDocument> {
  const place = placeIn("json", fileURLToPath(new URL("../../../codecs/json.js", import.meta.url)));
  const places = { baseline: place, candidate: { ...place, slowdown } };
  const plan = { kind: "generator", seed: 42, profile: DEFAULT_PROFILE } as const;
  return compareCodecs(
    {
      baseline: "json",
      candidate: `json, ${kindOf(slowdown)}`,
      codecs: undefined,
      directions: ["write"],
      payloads: [{ name: "40kB", plan }],
      seed,
      budgetSeconds: undefined,
      allowChangedBytes: false,
      way,
      command: ["hellfact", "gate", "--self-test"],
    },
    [{ codec: "json", places }],
    { signal, onPair, onNote: () => undefined, onWays: () => undefined },
  );
}

function kindOf(slowdown: number): string {
  if (slowdown === 0) return "unchanged";
  const percent = Math.round(Math.abs(slowdown) * 100);
  return `${percent} % ${slowdown > 0 ? "slower" : "faster"}`;
}

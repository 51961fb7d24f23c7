import type { Codec } from "../core/codec.js";
import type { Cell } from "../results/ledger.js";
import type { Value } from "./value.js";

/** What a codec and its writer declare, as `contract.test.ts` takes it. */
export type Declared = Pick<Codec, "losses" | "refuses">;

/**
 * Where what is declared and what was found are at odds: a value is changed or refused that only
 * a declaration would excuse, or a declaration that nothing bears out. One sentence each.
 */
export function disagreements(
  declared: readonly Declared[],
  values: readonly Value[],
  cells: readonly Cell[],
): string[] {
  const losses = new Set(declared.flatMap((one) => one.losses));
  const refuses = new Set(declared.flatMap((one) => one.refuses ?? []));
  return values.flatMap(({ name, loss, refusal }, index): string[] => {
    const outcome = cells[index]?.outcome;
    const found: string[] = [];
    if (loss !== undefined) {
      const declares = losses.has(loss);
      if (outcome === "changed" && !declares) {
        found.push(`${name} comes back changed, and "${loss}" is not among its losses`);
      }
      if (outcome === "exact" && declares) {
        found.push(`its losses say "${loss}", and ${name} comes back exact`);
      }
    }
    if (refusal !== undefined) {
      const declares = refuses.has(refusal);
      if (outcome === "refused" && !declares) {
        found.push(`${name} is refused, and "${refusal}" is not among what it refuses`);
      }
      if (outcome === "exact" && declares) {
        found.push(`it declares to refuse "${refusal}", and ${name} comes back exact`);
      }
    }
    return found;
  });
}

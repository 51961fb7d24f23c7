import type { Codec } from "../../../core/codec.js";
import type { Cell } from "../document.js";
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
  const found = values.map((value, index) => ({ ...value, outcome: cells[index]?.outcome }));
  const losses = new Set(declared.flatMap((one) => one.losses));
  const refuses = new Set(declared.flatMap((one) => one.refuses ?? []));
  return [
    ...found
      .filter(({ outcome, loss }) => outcome === "changed" && loss && !losses.has(loss))
      .map(({ name, loss }) => `${name} comes back changed, and "${loss}" is not among its losses`),
    ...[...losses]
      .filter((loss) => allExact(found.filter((value) => value.loss === loss)))
      .map((loss) => `its losses say "${loss}", and what that is about comes back exact`),
    ...found
      .filter(({ outcome, refusal }) => outcome === "refused" && refusal && !refuses.has(refusal))
      .map(({ name, refusal }) => `${name} is refused, and nothing declares "${refusal}"`),
    ...[...refuses]
      .filter((refusal) => allExact(found.filter((value) => value.refusal === refusal)))
      .map((refusal) => `it declares to refuse "${refusal}", and that comes back exact`),
  ];
}

function allExact(found: readonly { readonly outcome: Cell["outcome"] | undefined }[]): boolean {
  return found.length > 0 && found.every(({ outcome }) => outcome === "exact");
}

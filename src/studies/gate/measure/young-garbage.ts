/**
 * Collects the young garbage of this process, which must have been started with `--expose-gc`. Of the old
 * one, and of what survives, there is little between turns: a codec keeps nothing of a fact.
 */
export function collectYoung(): void {
  const { gc } = globalThis as { readonly gc?: (options: { readonly type: "minor" }) => void };
  gc?.({ type: "minor" });
}

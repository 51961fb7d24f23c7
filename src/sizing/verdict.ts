/** What was in the way when something was measured, where its document says so. */
export function verdictKind(measured: object): string | null {
  const { verdict } = measured as { verdict?: { kind?: unknown } | null };
  return typeof verdict?.kind === "string" ? verdict.kind : null;
}

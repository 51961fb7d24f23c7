/** How much something has to be used before it is compiled by the optimising compiler. */
interface Late {
  /** Through so many bytes of bytecode it ran: what Node 20 counts, which takes 67,584 by itself. */
  readonly bytecodeBytes: number;
  /** So often it was called: what Node from 22 on counts, which takes 3,000, and 400 for a middle tier. */
  readonly calls: number;
}

/**
 * Flags by which only what is used most is compiled by the optimising compiler, which takes a few MB, and time that
 * a second or two of work does not bring back. A runtime that is not known gets none: it would not start.
 */
export function compileLate({ bytecodeBytes, calls }: Late): string[] {
  const [major] = process.versions.node.split(".").map(Number);
  if (major === 20) return [`--interrupt-budget=${bytecodeBytes}`];
  if (major === undefined || major < 22 || major > 26) return [];
  return ["--no-maglev", `--invocation-count-for-turbofan=${calls}`];
}

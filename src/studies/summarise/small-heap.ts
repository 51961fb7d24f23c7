/** Has processes whose work is short, or done elsewhere, keep their memory small. */
import { setFlagsFromString } from "node:v8";

/** For a process that only hands work out: rooms for what is new that do not grow, and pages given back early. */
const FLAGS = [
  ...["--semi-space-growth-factor=1", "--optimize-for-size"],
  ...compileAfter(5_000_000),
];

/** From now on; where a runtime has no such thing, memory is as it is. */
export function keepHeapSmall(): void {
  try {
    for (const flag of FLAGS) setFlagsFromString(flag);
  } catch {
    // Another runtime than Node.
  }
}

/**
 * Flags by which only what ran through so many bytes of bytecode is compiled by the optimising compiler, which
 * takes a few MB, and time that a second or two of work does not bring back. Node 20 takes 67,584 by itself; later
 * ones have no such flag, and a middle tier.
 */
export function compileAfter(bytecodeBytes: number): string[] {
  return process.version.startsWith("v20.") ? [`--interrupt-budget=${bytecodeBytes}`] : [];
}

/** Has a process that only hands work out keep its memory small. */
import { setFlagsFromString } from "node:v8";

/**
 * Rooms for what is new that do not grow, and pages given back early. Nothing runs for so long that it were worth
 * compiling better; the compiler itself takes a few MB.
 */
const FLAGS = ["--semi-space-growth-factor=1", "--optimize-for-size", "--no-opt"];
/** From Node 22 on there is one between the two. */
const MIDDLE_COMPILER = "--no-maglev";
const FIRST_WITH_MIDDLE_COMPILER = 22;

/** From now on; where a runtime has no such thing, memory is as it is. */
export function keepHeapSmall(): void {
  const [major = 0] = process.versions.node.split(".").map(Number);
  const flags = major >= FIRST_WITH_MIDDLE_COMPILER ? [...FLAGS, MIDDLE_COMPILER] : FLAGS;
  try {
    for (const flag of flags) setFlagsFromString(flag);
  } catch {
    // Another runtime than Node.
  }
}

/** Has a process that only hands work out keep its memory small. */
import { setFlagsFromString } from "node:v8";

/** Rooms for what is new that do not grow, and pages given back early. */
const FLAGS = ["--semi-space-growth-factor=1", "--optimize-for-size"];

/** From now on; where a runtime has no such thing, memory is as it is. */
export function keepHeapSmall(): void {
  try {
    for (const flag of FLAGS) setFlagsFromString(flag);
  } catch {
    // Another runtime than Node.
  }
}

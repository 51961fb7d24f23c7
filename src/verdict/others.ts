/** What other processes took of a machine while one was measured. */
import { TICKS_SECONDS } from "./corroborate.js";

/** Processor seconds of a process, and of the whole machine meanwhile. */
interface Counted {
  readonly machineSeconds?: number | null;
  readonly userSeconds: number;
  readonly systemSeconds: number;
}

/** Cores that anything but the counted process kept busy; `null` where the platform does not say. */
export function othersCores(
  { machineSeconds, userSeconds, systemSeconds }: Counted,
  wallSeconds: number,
): number | null {
  if (machineSeconds == null) return null;
  const others = machineSeconds - userSeconds - systemSeconds - TICKS_SECONDS;
  return Math.max(0, others) / wallSeconds;
}

/** What workers hand in, and how they are spoken to over a transport. */
import type { Lease, Receiver } from "../../../core/transport.js";
import type { WorkerProgress, WorkRange } from "../messages.js";
import type { MadeRange } from "../plan.js";

/** What became of a range, and where its files are if not in their place. */
export interface MadePart {
  readonly part: MadeRange;
  readonly sourceEnded: boolean;
  /** Folder inside the run's with the part's files; `null` where they are in their place already. */
  readonly staging: string | null;
}

/** What workers tell without being asked. */
export type WorkerNews =
  | { readonly kind: "progress"; readonly progress: WorkerProgress }
  /** It died with nothing in hand. */
  | { readonly kind: "died"; readonly cause: string };

export type RangeLease = Lease<WorkRange, MadePart>;
export type RangeReceiver = Receiver<WorkRange, MadePart, WorkerNews>;

import { HellfactError, InputError, firstLine } from "../../../core/errors.js";
import type { Failure } from "../../../core/transport.js";
import type { MadeRange } from "../plan.js";
import type { MadePart, RangeLease } from "./made-part.js";

/** Where the files of a part go until it counts. */
export interface Staging {
  /** Makes a folder inside the run's, and names it. */
  readonly begin: (lease: RangeLease) => string;
  /** Takes away what does not count, or is in its place. */
  readonly discard: (staging: string) => void;
  /** Brings a part from there to its place, where that is none of the coordinator's business; resolves to what is there. */
  readonly deliver?: (staging: string, part: MadeRange) => Promise<MadeRange>;
}

/** Says that parts are done, after they were brought to their place where workers do that. */
export class HandingIn {
  private readonly leases = new Set<RangeLease>();

  constructor(
    private readonly staging: Staging | undefined,
    private readonly onDelivered: () => void,
  ) {}

  /** How many parts are on the way to their place. */
  get underWay(): number {
    return this.leases.size;
  }

  /** The part counts if nobody was faster; else it is taken away. */
  claim(
    { lease, staging }: { readonly lease: RangeLease; readonly staging: string | null },
    made: Omit<MadePart, "staging">,
  ): void {
    if (staging !== null && this.staging?.deliver !== undefined) {
      void this.deliver(lease, staging, made);
      return;
    }
    void lease.claim({ ...made, staging }).then((counts) => {
      if (!counts && staging !== null) this.staging?.discard(staging);
    });
  }

  /** What is under way is given back. */
  stop(): void {
    for (const lease of this.leases) lease.release();
    this.leases.clear();
  }

  private async deliver(
    lease: RangeLease,
    staging: string,
    made: Omit<MadePart, "staging">,
  ): Promise<void> {
    this.leases.add(lease);
    try {
      const part = await this.staging?.deliver?.(staging, made.part);
      // Else it was given back meanwhile.
      if (this.leases.has(lease) && part !== undefined) {
        await lease.claim({ ...made, part, staging: null });
      }
    } catch (error) {
      if (this.leases.has(lease)) lease.fail(failureIn(error));
    } finally {
      this.leases.delete(lease);
      this.staging?.discard(staging);
      this.onDelivered();
    }
  }
}

function failureIn(error: unknown): Failure {
  const kind = error instanceof InputError ? "input" : "other";
  return { kind, message: error instanceof HellfactError ? error.message : firstLine(error) };
}

import type { IncomingMessage } from "../../../core/events/incoming.js";
import type { FactCheck } from "../../../core/fact.js";
import type { OnReject, RangedSource } from "../../../core/ranged-source.js";
import type { Segment } from "../../../sources/line-segment.js";
import { openEvents } from "../open-events.js";
import type { EventsPlan, SourcePlan } from "../plan.js";

/**
 * Opens the source that a plan names. Only that one is loaded.
 *
 * @param segment what was put aside of a pipe; without it its beginning is looked at
 */
export async function openSource(
  plan: SourcePlan,
  onReject?: OnReject,
  check?: FactCheck,
  segment?: () => Segment,
): Promise<RangedSource & { readonly bytes?: number }> {
  switch (plan.kind) {
    case "generator":
      return (await import("../../../sources/generator.js")).generatorRange(
        plan.seed,
        plan.profile,
      );
    case "lines":
      return (await import("../../../sources/line-range.js")).lineRange(plan.path, onReject, check);
    case "pipe": {
      const { path, allowBombs } = plan;
      if (segment !== undefined) {
        const { lineSegments } = await import("../../../sources/line-segment.js");
        return lineSegments({ path, segment, onReject, check });
      }
      const { lineStream } = await import("../../../sources/line-stream.js");
      return lineStream(path, { onReject, check, allowBombs, looksOnly: true });
    }
    case "events": {
      const { path } = plan;
      if (segment !== undefined) {
        const { eventSegments } = await import("../../../sources/event-segment.js");
        return eventSegments({ path, segment, onReject, check });
      }
      const { eventPeek } = await import("../../../sources/event-peek.js");
      return eventPeek({ path, peek: (from) => peeked(plan, from), onReject, check });
    }
    case "stream": {
      const { lineStream } = await import("../../../sources/line-stream.js");
      return lineStream(plan.path, { onReject, check, allowBombs: plan.allowBombs });
    }
  }
}

const PEEKED = 64;

/** The next messages of a stream, by a connection that is closed again: nobody says when all was looked at. */
async function peeked(plan: EventsPlan, from: number): Promise<readonly IncomingMessage[]> {
  const stream = await openEvents(plan);
  try {
    return await stream.peek(Math.max(from, plan.first), PEEKED);
  } finally {
    await stream.close(false);
  }
}

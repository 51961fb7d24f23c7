import { createHash } from "node:crypto";
import type { SourcePlan } from "./run/plan.js";

/** Names what is loaded or published: the same for the same facts, whenever and wherever that is done. */
export function sourceRun(source: SourcePlan, start: number, end: number): string {
  const what = JSON.stringify({ source, start, end });
  return createHash("sha256").update(what).digest("hex").slice(0, 16);
}

import { SCAN } from "../assembled.js";
import { instantiate } from "../wasm.js";
import type { Staging } from "./staging.js";

/**
 * A function that tells, of so many bytes of UTF-8 in staging, whether none has to be escaped in
 * JSON: 1 or 0. Eight bytes at a time; the eight bytes behind them are overwritten.
 */
export function createScan({
  memory,
}: Pick<Staging, "memory">): (p: number, units: number) => number {
  return instantiate(memory, SCAN)["f"] as (p: number, units: number) => number;
}

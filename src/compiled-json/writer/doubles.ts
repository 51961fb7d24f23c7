import { DOUBLES } from "../assembled.js";
import { instantiate } from "../wasm.js";
import type { WriteNumber } from "./numbers.js";
import type { Staging } from "./staging.js";

/** Writes positive finite doubles, at most 25 bytes; up to 32 bytes behind it may be overwritten. */
export function createDoubles({ memory }: Pick<Staging, "memory">): WriteNumber {
  return instantiate(memory, DOUBLES)["f"] as WriteNumber;
}

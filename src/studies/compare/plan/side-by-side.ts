import { freemem } from "node:os";
import { usableCores } from "../../../machine/environment.js";

/** More processes than this get ready no sooner together than the one that takes longest. */
const MOST = 4;

/** How many processes of trials get ready at a time, while none measures. */
export function processesSideBySide(): number {
  return Math.min(usableCores(), MOST);
}

/** What a process of trials takes beside its facts, and times their JSON: the facts, their bytes, and what is made of them. */
const PROCESS_BYTES = 150e6;
const TIMES_FACTS = 8;
/** More than all codecs of a default comparison. */
const MOST_BY_TURNS = 16;

/**
 * How many processes of trials are kept ready, to be measured by turns: as many as half of the memory that is free has
 * room for.
 *
 * @param jsonBytes what the facts of each take as JSON
 */
export function processesByTurns(jsonBytes: number): number {
  const free = Math.min(freemem(), process.constrainedMemory() || Infinity);
  const fitting = Math.floor(free / 2 / (PROCESS_BYTES + TIMES_FACTS * jsonBytes));
  return Math.max(processesSideBySide(), Math.min(MOST_BY_TURNS, fitting));
}

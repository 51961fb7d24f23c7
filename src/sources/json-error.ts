import { createRequire } from "node:module";
import type * as Momoa from "@humanwhocodes/momoa";
import { firstLine } from "../core/errors.js";

/** A parser that is asked only where something is wrong: nobody else should have to load it. */
const load = createRequire(import.meta.url);

/** Where and why a text is not JSON. */
export interface JsonProblem {
  readonly problem: string;
  /** Counted from 1. */
  readonly line: number;
  /** Offset in UTF-8 bytes from the start of the text. */
  readonly byte: number;
}

/** Finds what is wrong with a text that `JSON.parse` has refused with `parseError`. */
export function locateJsonProblem(text: string, parseError: unknown): JsonProblem {
  // The message may quote the text, newlines and all.
  const message = parseError instanceof Error ? parseError.message : String(parseError);
  const [, problem = message, position] = /^(.*) in JSON at position (\d+)/s.exec(message) ?? [];
  const offset = position === undefined ? offsetByMomoa(text, message) : Number(position);
  // What is missing at the end is missing after the last thing that is there.
  const before = text.slice(0, Math.min(offset, text.trimEnd().length));
  return {
    problem: firstLine(problem.replace(/,? ?\.*".*" is not valid JSON$/s, "").replace(" JSON", "")),
    line: before.split("\n").length,
    byte: Buffer.byteLength(before),
  };
}

/** V8 gives no position with some of its messages; a second parser always does. */
function offsetByMomoa(text: string, message: string): number {
  if (message.includes("end of JSON input")) return text.trimEnd().length;
  const { parse } = load("@humanwhocodes/momoa") as typeof Momoa;
  try {
    parse(text, { mode: "json" });
  } catch (error) {
    // Nesting deeper than the stack ends in a RangeError, which has no offset.
    const { offset } = error as { offset?: unknown };
    if (typeof offset === "number") return offset;
  }
  return text.length;
}

import type { Codec } from "../../../core/codec.js";
import { firstLine, HellfactError, InputError } from "../../../core/errors.js";
import type { RangedSource } from "../../../core/ranged-source.js";

/**
 * What to say of a fact that something behind the source does not take: where it is, who refuses it, and
 * why. Errors that are told already, such as a full disk, stay what they are.
 */
export function refusal(
  error: unknown,
  source: Pick<RangedSource, "place">,
  codec: Pick<Codec, "name" | "layout">,
): unknown {
  if (error instanceof HellfactError) return error;
  // Columns are made of many facts at once, of which only the last is known.
  const isOne = codec.layout === "row";
  const what = isOne ? "this fact" : "one of the facts up to here";
  return new InputError(`${source.place()}: ${codec.name} refuses ${what}: ${reasonOf(error)}.`);
}

/** The same, where the schema of facts is inferred. */
export function notInferred(error: unknown, source: Pick<RangedSource, "place">): unknown {
  if (error instanceof HellfactError) return error;
  return new InputError(`${source.place()}: no schema can be inferred: ${reasonOf(error)}.`);
}

function reasonOf(error: unknown): string {
  const text = firstLine(error).replace(/\.$/, "");
  return error instanceof RangeError && text.includes("call stack")
    ? "it is nested too deeply"
    : text;
}

import type { Fact, Path } from "./fact.js";
import type { JsonSchema } from "./json-schema.js";

/** Where facts come from. */
export interface Source {
  /** What a person would call it: a file's name, or the generator's. */
  readonly name: string;
  /** The shape of its facts, where it is known. */
  readonly schema?: JsonSchema;
  /** Fields worth reading alone, where the source knows better than a guess. */
  readonly fields?: readonly Path[];
  /** Its facts, in order, from the first. Throws an `InputError` where one cannot be had. */
  facts(): Iterable<Fact> | AsyncIterable<Fact>;
}

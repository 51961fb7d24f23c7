import type { Fact } from "../core/fact.js";
import { factCheck } from "../schema/check.js";
import { inputSource, type Input } from "../sources/input.js";
import { inputFile, lineRange } from "../sources/line-range.js";
import type { JsonSchema } from "../core/json-schema.js";

export type { Input } from "../sources/input.js";

/** Reads so many of the first facts of an input, as a pipeline would; returns how many there were. */
export type ReadFacts = (most: number) => Promise<number>;

/** How an input is read again: lines as `hellfact run` reads them, by ranges; all else from its start. */
export function readerOf(input: Input): ReadFacts {
  const [only, ...others] = input.files;
  const source = inputSource(input);
  let isByLines: boolean | undefined;
  return async (most) => {
    isByLines ??= only?.format === "json" && others.length === 0 && (await isLines(only.path));
    return isByLines && only !== undefined
      ? count(lineRange(only.path).facts(0, Infinity), most)
      : count(source.facts(), most);
  };
}

/** Whether each line of a file is a fact, as far as its first one tells. */
async function isLines(path: string): Promise<boolean> {
  try {
    return inputFile(path).inRanges && (await count(lineRange(path).facts(0, Infinity), 1)) === 1;
  } catch {
    return false;
  }
}

async function count(
  facts: Iterable<unknown> | AsyncIterable<unknown>,
  most: number,
): Promise<number> {
  let seen = 0;
  if (Symbol.iterator in facts) {
    // Awaiting each fact would take longer than reading it.
    for (const _ of facts) if (++seen >= most) break;
  } else {
    for await (const _ of facts) if (++seen >= most) break;
  }
  return seen;
}

/** Checks facts by a schema, as a run does for codecs that need one. */
export function checkerOf(schema: JsonSchema): (facts: readonly Fact[]) => void {
  const check = factCheck(schema, "the schema");
  return (facts) => facts.forEach((fact) => check(fact));
}

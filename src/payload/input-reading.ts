import type { Fact } from "../core/fact.js";
import { factCheck } from "../schema/check.js";
import { inputSource, type Input } from "../sources/input.js";
import { inputFile, lineRange } from "../sources/line-range.js";
import { readLines } from "../sources/lines.js";
import { isFactText, textOf } from "../sources/parse-fact.js";
import type { JsonSchema } from "../core/json-schema.js";

export type { Input } from "../sources/input.js";

/** Reads so many of the first facts of an input, as a pipeline would; returns how many there were. */
export type ReadFacts = (most: number) => Promise<number>;

/**
 * How an input is read again: lines as `hellfact run` reads them, by ranges; a JSON document, which no pipeline reads
 * fact by fact, as lines of its facts; all else from its start.
 *
 * @param facts the first of the input
 */
export async function readerOf(input: Input, facts: readonly Fact[]): Promise<ReadFacts> {
  const { files } = input;
  const [only, ...others] = files;
  if (files.every(({ format }) => format === "json")) {
    if (!(await areLines(files))) return readerOfLines(facts);
    if (only !== undefined && others.length === 0 && inputFile(only.path).inRanges) {
      return async (most) => count(lineRange(only.path).facts(0, Infinity), most);
    }
  }
  const source = inputSource(input);
  return async (most) => count(source.facts(), most);
}

/** Whether each line of some files is a fact, as far as their first ones tell. */
async function areLines(files: Input["files"]): Promise<boolean> {
  for (const { path } of files) if (!(await beginsWithFact(path))) return false;
  return true;
}

async function beginsWithFact(path: string): Promise<boolean> {
  for await (const { bytes } of readLines(path)) return isFactText(bytes);
  return false;
}

function readerOfLines(facts: readonly Fact[]): ReadFacts {
  const lines = facts.map((fact) => Buffer.from(JSON.stringify(fact)));
  return async (most) => count(factsOn(lines), most);
}

function* factsOn(lines: readonly Buffer[]): Iterable<unknown> {
  for (const line of lines) yield JSON.parse(textOf(line));
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

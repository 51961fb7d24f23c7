import { InputError, noFacts } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { Source } from "../core/source.js";
import { isBlank, NEWLINE, readLines, type Stretch } from "./lines.js";
import {
  factOn,
  isFact,
  LONGEST_DOCUMENT_BYTES,
  nameOf,
  parsed,
  textOf,
  tooLong,
} from "./parse-fact.js";

/**
 * Facts of a user's file: one JSON document (an object is one fact, an array of objects as many),
 * or one object a line (NDJSON). Either may be gzipped.
 *
 * The content tells which: if the first line is a whole JSON value and others follow, the file is
 * NDJSON and is read as a stream. Anything else is read as one document.
 *
 * @param check what each fact has to pass
 */
export function fileSource(path: string, check?: FactCheck): Source {
  return {
    name: path,
    async *facts() {
      let empty = true;
      for await (const fact of factsOf(path, check)) {
        empty = false;
        yield fact;
      }
      if (empty) throw noFacts(path);
    },
  };
}

async function* factsOf(path: string, check?: FactCheck): AsyncGenerator<Fact> {
  const lines = readLines(path);
  try {
    yield* factsOnLines(path, resumable(lines), check);
  } finally {
    await lines.return(); // closes the file, also for a reader that has enough
  }
}

async function* factsOnLines(
  path: string,
  lines: AsyncIterable<Stretch>,
  check?: FactCheck,
): AsyncGenerator<Fact> {
  const head: Stretch[] = [];
  let filled = 0;
  for await (const line of lines) {
    head.push(line);
    if (!isBlank(line) && ++filled === 2) break;
  }
  const [first] = head.filter((line) => !isBlank(line));
  if (first === undefined) return;
  if (filled === 2 && isWholeValue(first)) {
    for (const line of head) if (!isBlank(line)) yield factOn(path, line, check);
    for await (const line of lines) if (!isBlank(line)) yield factOn(path, line, check);
  } else {
    yield* factsIn(path, await joined(path, head, lines), check);
  }
}

/** Lets a loop stop in the middle and another one go on from there. */
function resumable<T>(items: AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => items.next() }) };
}

/** All lines as one document. */
async function joined(
  path: string,
  head: readonly Stretch[],
  rest: AsyncIterable<Stretch>,
): Promise<Stretch> {
  const parts: Buffer[] = head.flatMap(({ bytes }) => [bytes, NEWLINE]);
  let size = parts.reduce((sum, { length }) => sum + length, 0);
  for await (const { bytes } of rest) {
    size += bytes.length + NEWLINE.length;
    if (size > LONGEST_DOCUMENT_BYTES) throw tooLong(path);
    parts.push(bytes, NEWLINE);
  }
  return { bytes: Buffer.concat(parts), line: 1, byte: 0 };
}

function isWholeValue({ bytes }: Stretch): boolean {
  try {
    JSON.parse(textOf(bytes));
    return true;
  } catch {
    return false;
  }
}

function* factsIn(path: string, document: Stretch, check?: FactCheck): Iterable<Fact> {
  const value = parsed(path, document);
  if (!Array.isArray(value)) {
    if (!isFact(value)) {
      throw new InputError(
        `${path} holds ${nameOf(value)}. Give an object, an array of objects, or one object a line.`,
      );
    }
    const problem = check?.(value);
    if (problem !== undefined) throw new InputError(`${path}: ${problem}.`);
    yield value;
    return;
  }
  for (const [index, element] of (value as unknown[]).entries()) {
    if (!isFact(element)) {
      throw new InputError(
        `${path} element ${index}: ${nameOf(element)} where a fact should be. Give an object.`,
      );
    }
    const problem = check?.(element);
    if (problem !== undefined) throw new InputError(`${path} element ${index}: ${problem}.`);
    yield element;
  }
}

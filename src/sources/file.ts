import { InputError, noFacts } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { Source } from "../core/source.js";
import { gzipProblem } from "./file-bytes.js";
import { LONGEST_DOCUMENT_BYTES, readLines, tooLong, type Stretch } from "./lines.js";
import { factOn, isFact, nameOf, parsed, textOf } from "./parse-fact.js";

export interface FileOptions {
  /** Whether gzip that inflates to hundreds of megabytes of nothing is read on. */
  readonly allowBombs?: boolean;
}

/**
 * Facts of a user's file: one JSON document (an object is one fact, an array of objects as many),
 * or one object a line (NDJSON). Either may be gzipped.
 *
 * The content tells which: if the first line is a whole JSON value and others follow, the file is
 * NDJSON and is read as a stream. Anything else is read as one document.
 *
 * @param check what each fact has to pass
 */
export function fileSource(path: string, check?: FactCheck, options: FileOptions = {}): Source {
  return {
    name: path,
    async *facts() {
      let empty = true;
      for await (const fact of factsOf(path, check, options)) {
        empty = false;
        yield fact;
      }
      if (empty) throw noFacts(path);
    },
  };
}

async function* factsOf(
  path: string,
  check: FactCheck | undefined,
  { allowBombs = false }: FileOptions,
): AsyncGenerator<Fact> {
  const lines = readLines(path, { allowBombs });
  try {
    yield* factsOnLines(path, resumable(lines), check);
  } catch (error) {
    // Damaged gzip inflates to nonsense before it is noticed: then it is what is wrong.
    const isRead = (await lines.next()).done === true;
    throw (await gzipProblem(path, isRead)) ?? error;
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
  for await (const line of lines) if (head.push(line) === 2) break;
  const [first, second] = head;
  if (first === undefined) return;
  if (second !== undefined && isWholeValue(first)) {
    for (const line of head) yield factOn(path, line, check);
    for await (const line of lines) yield factOn(path, line, check);
  } else {
    yield* factsIn(path, await joined(path, head, lines), check);
  }
}

/** Lets a loop stop in the middle and another one go on from there. */
function resumable<T>(items: AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => items.next() }) };
}

/** All lines as one document, with as many bytes between them as there were. */
async function joined(
  path: string,
  head: readonly Stretch[],
  rest: AsyncIterable<Stretch>,
): Promise<Stretch> {
  const parts: Buffer[] = [];
  let { line = 1, byte = 0 } = head[0] ?? {};
  const add = (next: Stretch) => {
    const end = next.byte + next.bytes.length;
    if (end - byte > LONGEST_DOCUMENT_BYTES) throw tooLong(path);
    const newlines = next.line - line;
    const gap = Buffer.alloc(next.byte - byte, " ");
    parts.push(gap.fill("\n", 0, newlines), next.bytes);
    line = next.line;
    byte = end;
  };
  const start = { line, byte };
  for (const next of head) add(next);
  for await (const next of rest) add(next);
  return { bytes: Buffer.concat(parts), ...start };
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

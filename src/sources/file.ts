import { isUtf8 } from "node:buffer";
import { InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import type { Source } from "../core/source.js";
import { fileBytes } from "./file-bytes.js";
import { locateJsonProblem } from "./json-error.js";

/** V8 makes no longer string than this, so no longer document can be parsed. */
const LONGEST_DOCUMENT_BYTES = 0x1fff_ffe8;
const NEWLINE = Buffer.from("\n");
const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/** A stretch of a file's content, and where it starts. */
interface Stretch {
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly line: number;
  readonly byte: number;
}

/**
 * Facts of a user's file: one JSON document (an object is one fact, an array of objects as many),
 * or one object a line (NDJSON). Either may be gzipped.
 *
 * The content tells which: if the first line is a whole JSON value and others follow, the file is
 * NDJSON and is read as a stream. Anything else is read as one document.
 */
export function fileSource(path: string): Source {
  return {
    name: path,
    async *facts() {
      let empty = true;
      for await (const fact of factsOf(path)) {
        empty = false;
        yield fact;
      }
      if (empty) throw new InputError(`${path} holds no facts. Give it at least one JSON object.`);
    },
  };
}

async function* factsOf(path: string): AsyncGenerator<Fact> {
  const lines = readLines(path);
  try {
    yield* factsOnLines(path, resumable(lines));
  } finally {
    await lines.return(); // closes the file, also for a reader that has enough
  }
}

async function* factsOnLines(path: string, lines: AsyncIterable<Stretch>): AsyncGenerator<Fact> {
  const head: Stretch[] = [];
  let filled = 0;
  for await (const line of lines) {
    head.push(line);
    if (!isBlank(line) && ++filled === 2) break;
  }
  const [first] = head.filter((line) => !isBlank(line));
  if (first === undefined) return;
  if (filled === 2 && isWholeValue(first)) {
    for (const line of head) if (!isBlank(line)) yield factOn(path, line);
    for await (const line of lines) if (!isBlank(line)) yield factOn(path, line);
  } else {
    yield* factsIn(path, await joined(path, head, lines));
  }
}

/** Lets a loop stop in the middle and another one go on from there. */
function resumable<T>(items: AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => items.next() }) };
}

/** Every line, without its newline. */
async function* readLines(path: string): AsyncGenerator<Stretch, void, undefined> {
  let pending: Buffer[] = [];
  let line = 1;
  let byte = 0;
  for await (const piece of fileBytes(path)) {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      const bytes = Buffer.concat([...pending, piece.subarray(start, end)]);
      yield { bytes, line, byte };
      pending = [];
      line += 1;
      byte += bytes.length + 1;
      start = end + 1;
    }
    pending.push(piece.subarray(start));
  }
  yield { bytes: Buffer.concat(pending), line, byte };
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

function isBlank({ bytes }: Stretch): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function isWholeValue({ bytes }: Stretch): boolean {
  try {
    JSON.parse(textOf(bytes));
    return true;
  } catch {
    return false;
  }
}

function factOn(path: string, line: Stretch): Fact {
  const value = parsed(path, line);
  if (!isFact(value)) {
    throw new InputError(
      `${path} line ${line.line}, byte ${line.byte}: ${nameOf(value)} where a fact should be. Give an object.`,
    );
  }
  return value;
}

function* factsIn(path: string, document: Stretch): Iterable<Fact> {
  const value = parsed(path, document);
  if (!Array.isArray(value)) {
    if (!isFact(value)) {
      throw new InputError(
        `${path} holds ${nameOf(value)}. Give an object, an array of objects, or one object a line.`,
      );
    }
    yield value;
    return;
  }
  for (const [index, element] of (value as unknown[]).entries()) {
    if (!isFact(element)) {
      throw new InputError(
        `${path} element ${index}: ${nameOf(element)} where a fact should be. Give an object.`,
      );
    }
    yield element;
  }
}

function tooLong(path: string): InputError {
  return new InputError(
    `${path}: one JSON value of over 512 MiB cannot be parsed. Give one smaller object a line.`,
  );
}

function parsed(path: string, { bytes, line, byte }: Stretch): unknown {
  if (bytes.length > LONGEST_DOCUMENT_BYTES) throw tooLong(path);
  if (!isUtf8(bytes)) {
    const at = firstInvalidByte(bytes);
    const lines = bytes.subarray(0, at).filter((value) => value === NEWLINE[0]).length;
    throw new InputError(
      `${path} line ${line + lines}, byte ${byte + at}: not UTF-8. Convert the file to UTF-8.`,
    );
  }
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = locateJsonProblem(text, error);
    const at = `line ${line + found.line - 1}, byte ${byte + found.byte}`;
    throw new InputError(`${path} ${at}: ${found.problem}. Make it valid JSON.`);
  }
}

function textOf(bytes: Buffer): string {
  const marked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return bytes.toString("utf8", marked ? BYTE_ORDER_MARK.length : 0);
}

/** Decoding replaces what is invalid, so that is where encoding again first gives other bytes. */
function firstInvalidByte(bytes: Buffer): number {
  const replaced = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && bytes[at] === replaced[at]) at += 1;
  return at;
}

function isFact(value: unknown): value is Fact {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `a ${typeof value}`;
}

import { isUtf8 } from "node:buffer";
import { compileReader, type Reader } from "../compiled-json/reader/compile.js";
import { calledFile, firstLine, InputError } from "../core/errors.js";
import type { Fact, FactCheck } from "../core/fact.js";
import type { OnReject } from "../core/ranged-source.js";
import { locateJsonProblem } from "./json-error.js";
import { LONGEST_DOCUMENT_BYTES, NEWLINE, tooLong, type Stretch } from "./lines.js";

const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/**
 * The fact on a line. Throws an `InputError` naming the file, the line and the byte; or the line and
 * the path of what `check` says is wrong.
 */
export function factOn(path: string, line: Stretch, check?: FactCheck): Fact {
  const value = parsed(path, line);
  if (!isFact(value)) {
    throw new InputError(
      `${calledFile(path)} line ${line.line}, byte ${line.byte}: ${nameOf(value)} where a fact should be. Give an object.`,
    );
  }
  const problem = check?.(value);
  if (problem !== undefined)
    throw new InputError(`${calledFile(path)} line ${line.line}: ${problem}.`);
  return value;
}

/** Reads what `JSON.parse` reads, two to three times as fast once it has seen some facts. */
let read: Reader["read"] | undefined;

/** The JSON value of a stretch. Throws an `InputError` naming the file, the line and the byte. */
export function parsed(path: string, stretch: Stretch): unknown {
  const { bytes } = stretch;
  if (bytes.length > LONGEST_DOCUMENT_BYTES) throw tooLong(path);
  const isText = stretch.isText === true || isUtf8(bytes);
  if (isText) {
    try {
      return (read ??= compileReader().read)(bytes);
    } catch {
      // What is wrong, and where, is found out the slow way; a byte order mark is nothing wrong.
    }
  }
  return parsedSlowly(path, stretch, isText);
}

function parsedSlowly(path: string, { bytes, line, byte }: Stretch, isText: boolean): unknown {
  if (!isText) {
    const at = firstInvalidByte(bytes);
    const lines = bytes.subarray(0, at).filter((value) => value === NEWLINE).length;
    throw new InputError(
      `${calledFile(path)} line ${line + lines}, byte ${byte + at}: not UTF-8. Convert the file to UTF-8.`,
    );
  }
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = locateJsonProblem(text, error);
    const at = `line ${line + found.line - 1}, byte ${byte + found.byte}`;
    throw new InputError(`${calledFile(path)} ${at}: ${found.problem}. Make it valid JSON.`);
  }
}

export function textOf(bytes: Buffer): string {
  // Looking at one byte spares most lines the view.
  const marked =
    bytes[0] === BYTE_ORDER_MARK[0] &&
    bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return bytes.toString("utf8", marked ? BYTE_ORDER_MARK.length : 0);
}

/** Decoding replaces what is invalid, so that is where encoding again first gives other bytes. */
function firstInvalidByte(bytes: Buffer): number {
  const replaced = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && bytes[at] === replaced[at]) at += 1;
  return at;
}

export function isFact(value: unknown): value is Fact {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether bytes are a fact's JSON, such as a line of NDJSON is. */
export function isFactText(bytes: Buffer): boolean {
  try {
    return isFact(JSON.parse(textOf(bytes)));
  } catch {
    return false;
  }
}

/** What a person would call a value that is no object. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `a ${typeof value}`;
}

/**
 * The fact on a line; or `undefined`, after what is there was handed to `onReject`.
 * Without that, throws an `InputError` naming the file, the line and the byte.
 *
 * @param lineNumber finds the number of the line, which nobody needs to know before
 */
export function factOrReject(
  path: string,
  { bytes, byte, isText = false }: Pick<Stretch, "bytes" | "byte" | "isText">,
  onReject: OnReject | undefined,
  lineNumber: (byte: number) => number,
  check?: FactCheck,
): Fact | undefined {
  try {
    return factOn(path, { bytes, byte, isText, line: 0 }, check);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    try {
      return factOn(path, { bytes, byte, line: lineNumber(byte) }, check);
    } catch (located) {
      if (onReject === undefined) throw located;
      onReject({ bytes, byte, problem: firstLine(located) });
      return undefined;
    }
  }
}

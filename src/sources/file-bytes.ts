import { createReadStream, statSync, type ReadStream, type Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip, type Gunzip } from "node:zlib";
import { calledFile, firstLine, InputError } from "../core/errors.js";

/** Twice as much makes nothing faster, and takes some 10 MB more until it is collected. */
const READ_BYTES = 1 << 17;
const GZIP_START = Buffer.from([0x1f, 0x8b]);

/** The path that means standard input. */
const STDIN = "-";

/**
 * Gzip that inflates to over a thousand times its size, and to so many bytes without a single fact, was
 * made to fill the memory or the time of whoever reads it: deflate can do no more than 1,032 times.
 */
const BOMB_RATIO = 1000;
const BOMB_BYTES = 256e6;

export interface ReadingOptions {
  /** Whether there was anything yet in what was given. */
  readonly hasFacts: () => boolean;
  /** Reads on in what looks made to fill memory. */
  readonly allowBombs?: boolean | undefined;
  /** Standard input is read no further than somebody looks, and can be read again from its beginning. */
  readonly looksOnly?: boolean | undefined;
}

/**
 * A file's bytes from start to end, gunzipped if they are gzip (one member or several).
 * Throws an `InputError` if it cannot be read, is truncated, has unknown bytes behind its end, or
 * inflates to hundreds of megabytes of nothing.
 */
export async function* fileBytes(
  path: string,
  options: ReadingOptions,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (path === STDIN) {
      yield* stdinBytes(options);
      return;
    }
    const { gzipped, size } = await examine(path);
    const stream = createReadStream(path, { highWaterMark: READ_BYTES });
    if (gzipped) yield* gunzipped(path, stream, size, options);
    else yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw readingProblem(path, error);
  }
}

/** Pieces of standard input that may be wanted again, and how many before them are not any more. */
const kept: Buffer[] = [];
let dropped = 0;
let stdin: AsyncIterator<Buffer> | undefined;
let pulling: Promise<boolean> | undefined;

/** Has one piece more, if there is one: everybody who waits waits for the same. */
async function pull(): Promise<boolean> {
  stdin ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value, done } = await stdin.next();
  if (done !== true) kept.push(value);
  return done !== true;
}

/** Standard input from its beginning, as often as only its beginning was looked at before. */
async function* stdinPieces(looksOnly: boolean): AsyncGenerator<Buffer> {
  for (let index = 0; ; index++) {
    while (index - dropped >= kept.length) {
      pulling ??= pull().finally(() => (pulling = undefined));
      if (!(await pulling)) return;
    }
    const piece = kept[index - dropped] as Buffer;
    if (!looksOnly) {
      kept.splice(0, index + 1 - dropped);
      dropped = index + 1;
    }
    yield piece;
  }
}

async function* stdinBytes(options: ReadingOptions): AsyncGenerator<Buffer> {
  const pieces = stdinPieces(options.looksOnly === true);
  const { value } = await pieces.next();
  const first: Buffer = value ?? Buffer.alloc(0);
  async function* all(): AsyncGenerator<Buffer> {
    yield first;
    yield* pieces;
  }
  const isGzip = first.subarray(0, GZIP_START.length).equals(GZIP_START);
  if (!isGzip) {
    yield* all();
    return;
  }
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  const bytes = Readable.from(all());
  bytes.on("error", (error) => gunzip.destroy(error));
  yield* inflated(STDIN, bytes.pipe(gunzip), options);
}

/** What is at a path; nothing where there is nothing, or nothing that can be reached: who opens it says why. */
export function statsAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

async function examine(path: string): Promise<{ size: number; gzipped: boolean }> {
  // Before it is opened: a pipe would wait for its writer.
  const stats = await stat(path);
  if (!stats.isFile())
    throw new InputError(`${calledFile(path)} is not a file. Give one with facts in it.`);
  const handle = await open(path);
  try {
    const start = Buffer.alloc(GZIP_START.length);
    await handle.read(start, 0, start.length, 0);
    return { size: stats.size, gzipped: start.equals(GZIP_START) };
  } finally {
    await handle.close();
  }
}

/**
 * What comes out of a decompressor, until that is too much of nothing. Throws an `InputError` where the
 * data is damaged. @param size of the compressed data, where it is known
 */
async function* inflated(
  path: string,
  gunzip: Gunzip,
  options: ReadingOptions,
  size?: number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      bytes += piece.length;
      refuseBomb(path, { stored: gunzip.bytesWritten, bytes }, options);
      yield piece;
    }
  } catch (error) {
    const ofAll = size === undefined ? "" : ` of ${size}`;
    switch ((error as NodeJS.ErrnoException).code) {
      case "Z_DATA_ERROR":
        throw new InputError(
          `${calledFile(path)}: the gzip data is damaged near byte ${gunzip.bytesWritten}${ofAll} (${firstLine(error)}).`,
        );
      case "Z_BUF_ERROR":
        throw new InputError(
          `${calledFile(path)}: the gzip data is truncated; ${size === undefined ? "it" : "the file"} ends at byte ${size ?? gunzip.bytesWritten}.`,
        );
      default:
        throw error;
    }
  }
}

/**
 * Refuses gzip that holds too much of nothing: throws an `InputError`.
 *
 * @param stored bytes that were read of it
 * @param bytes what they hold
 */
export function refuseBomb(
  path: string,
  { stored, bytes }: { readonly stored: number; readonly bytes: number },
  { hasFacts, allowBombs = false }: ReadingOptions,
): void {
  const isBomb = bytes >= BOMB_BYTES && bytes > BOMB_RATIO * stored;
  if (!isBomb || allowBombs || hasFacts()) return;
  throw new InputError(
    `${calledFile(path)}: ${stored} bytes of gzip hold ${bytes} bytes and no fact, over 1,000:1, as if made to fill memory. Give --allow-bombs to read on.`,
  );
}

async function* gunzipped(
  path: string,
  stream: ReadStream,
  size: number,
  options: ReadingOptions,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  stream.on("error", (error) => gunzip.destroy(error));
  try {
    yield* inflated(path, stream.pipe(gunzip), options, size);
  } finally {
    stream.destroy();
  }
  // It ends without a word at bytes that are no further member.
  if (gunzip.bytesWritten < size) {
    throw new InputError(
      `${calledFile(path)}: unknown bytes behind the gzip data, from byte ${gunzip.bytesWritten} of ${size}. Cut them off.`,
    );
  }
}

/**
 * What is wrong with a gzip file, or with its name; `undefined` where nothing is.
 * @param isRead whether it was read to its end already, so that only its header is in question
 */
export async function gzipProblem(path: string, isRead = false): Promise<InputError | undefined> {
  if (path === STDIN) return undefined;
  try {
    if (!(await examine(path)).gzipped) return misnamed(path);
    if (isRead) return undefined;
    for await (const _ of fileBytes(path, { hasFacts: () => false }));
    return undefined;
  } catch (error) {
    return readingProblem(path, error);
  }
}

/** For a file that is no gzip and holds no facts either: its name may say what it should be. */
export function misnamed(path: string): InputError | undefined {
  if (!path.endsWith(".gz")) return undefined;
  return new InputError(
    `${calledFile(path)} is named as gzip and does not begin as gzip does: its header is damaged, or its name is wrong.`,
  );
}

/** What a person can do about a file that cannot be read. */
export function readingProblem(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return new InputError(`${calledFile(path)}: there is no such file.`);
    case "EISDIR":
      return new InputError(`${calledFile(path)} is a folder. Give a file in it.`);
    case "EACCES":
    case "EPERM":
      return new InputError(`${calledFile(path)}: this user may not read it.`);
    case "ELOOP":
      return new InputError(`${calledFile(path)}: its links lead in a circle.`);
    default:
      return new InputError(`${calledFile(path)} cannot be read: ${firstLine(error)}`);
  }
}

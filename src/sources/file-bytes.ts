import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { firstLine, InputError } from "../core/errors.js";

const READ_BYTES = 1 << 18;
const GZIP_START = Buffer.from([0x1f, 0x8b]);

/** The path that means standard input. */
const STDIN = "-";

/**
 * A file's bytes from start to end, gunzipped if they are gzip (one member or several).
 * Throws an `InputError` if it cannot be read, is truncated, or has unknown bytes behind its end.
 */
export async function* fileBytes(path: string): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  try {
    if (path === STDIN) {
      yield* stdinBytes();
      return;
    }
    const file = await examine(path);
    size = file.size;
    const stream = createReadStream(path, { highWaterMark: READ_BYTES });
    if (file.gzipped) yield* gunzipped(path, stream, size);
    else yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw asInputError(path, size, error);
  }
}

async function* stdinBytes(): AsyncGenerator<Buffer> {
  const pieces = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value: first = Buffer.alloc(0) } = (await pieces.next()) as { value?: Buffer };
  async function* all(): AsyncGenerator<Buffer> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  const isGzip = first.subarray(0, GZIP_START.length).equals(GZIP_START);
  if (isGzip) yield* Readable.from(all()).pipe(createGunzip()) as AsyncIterable<Buffer>;
  else yield* all();
}

async function examine(path: string): Promise<{ size: number; gzipped: boolean }> {
  const handle = await open(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new InputError(`${path} is not a file. Give one with facts in it.`);
    const start = Buffer.alloc(GZIP_START.length);
    await handle.read(start, 0, start.length, 0);
    return { size: stats.size, gzipped: start.equals(GZIP_START) };
  } finally {
    await handle.close();
  }
}

async function* gunzipped(path: string, stream: ReadStream, size: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  stream.on("error", (error) => gunzip.destroy(error));
  try {
    yield* stream.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "Z_DATA_ERROR") throw error;
    const near = `near byte ${gunzip.bytesWritten} of ${size}`;
    throw new InputError(`${path}: the gzip data is damaged ${near} (${firstLine(error)}).`);
  } finally {
    stream.destroy();
  }
  // It ends without a word at bytes that are no further member.
  if (gunzip.bytesWritten < size) {
    throw new InputError(
      `${path}: unknown bytes behind the gzip data, from byte ${gunzip.bytesWritten} of ${size}. Cut them off.`,
    );
  }
}

function asInputError(path: string, size: number, error: unknown): InputError {
  if (error instanceof InputError) return error;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return new InputError(`${path}: there is no such file.`);
    case "EACCES":
      return new InputError(`${path}: this user may not read it.`);
    case "Z_BUF_ERROR":
      return new InputError(`${path}: the gzip data is truncated; the file ends at byte ${size}.`);
    default:
      return new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

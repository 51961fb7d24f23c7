/**
 * What stands around each serialised sketch: `HFSK`, its kind, the version of its form, its content, and a
 * CRC-32 of all that (little-endian).
 */
import { DataError } from "../core/errors.js";
import { ByteSink, ByteSource } from "./bytes.js";
import { crc32 } from "./crc32.js";

/** A byte each, in files: never given to another kind. */
const KINDS = { uniques: 1, quantiles: 2, tops: 3, summary: 4 } as const;

export type SketchKind = keyof typeof KINDS;

const MAGIC = [0x48, 0x46, 0x53, 0x4b];
const VERSION = 1;
const HEADER_BYTES = MAGIC.length + 2;
const CHECKSUM_BYTES = 4;

/** The bytes of a sketch whose content `write` appends. */
export function wrapped(kind: SketchKind, write: (sink: ByteSink) => void): Uint8Array {
  const sink = new ByteSink();
  for (const byte of [...MAGIC, KINDS[kind], VERSION]) sink.byte(byte);
  write(sink);
  const content = sink.content();
  const bytes = new Uint8Array(content.length + CHECKSUM_BYTES);
  bytes.set(content);
  new DataView(bytes.buffer).setUint32(content.length, crc32(content), true);
  return bytes;
}

/**
 * What `read` makes of a sketch's content.
 *
 * Throws a `DataError` where the bytes are no sketch of that kind and version, or damaged, or cut short.
 */
export function unwrapped<T>(
  kind: SketchKind,
  bytes: Uint8Array,
  read: (source: ByteSource) => T,
): T {
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) {
    throw new DataError("a sketch is cut short: the bytes end", bytes.length);
  }
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw new DataError("these bytes are no sketch: one starts with HFSK; seen", 0);
  }
  const [found, version] = [bytes[MAGIC.length], bytes[MAGIC.length + 1]];
  if (version !== VERSION) {
    throw new DataError(
      `a sketch of version ${version}; this program reads ${VERSION}. Seen`,
      MAGIC.length + 1,
    );
  }
  const end = bytes.length - CHECKSUM_BYTES;
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
  if (sum !== crc32(bytes.subarray(0, end))) {
    throw new DataError("a damaged sketch: its CRC-32 differs from the one", end);
  }
  if (found !== KINDS[kind]) {
    const name = Object.entries(KINDS).find(([, code]) => code === found)?.[0] ?? "unknown kind";
    throw new DataError(`a sketch of ${name}, where one of ${kind} belongs; seen`, MAGIC.length);
  }
  const source = new ByteSource(bytes, HEADER_BYTES, end);
  const content = read(source);
  source.finish();
  return content;
}

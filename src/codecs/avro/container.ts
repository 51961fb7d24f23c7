import { createHash } from "node:crypto";
import type { ByteWriter } from "../../core/byte-writer.js";
import type { Container, ContainerBatch } from "../../core/container.js";
import { DataError } from "../../core/errors.js";

/** Avro specification 1.11, "Object Container Files". */
const MAGIC = Buffer.from("Obj\x01", "latin1");
const SYNC_BYTES = 16;
/** A long takes no more. */
const LONG_BYTES = 10;
const SCHEMA_KEY = "avro.schema";
const CODEC_KEY = "avro.codec";

/**
 * Avro's object container files: a header with the schema, and a block for each batch.
 *
 * @param schema as JSON text: what a file has to have in its header, too
 */
export function avroContainer(schema: string): Container {
  // The specification has it random. Derived from the schema, it gives the same file each time.
  const sync = createHash("md5").update("hellfact").update(schema).digest();
  return {
    openFile: () => {
      let begun = false;
      return {
        add: (out, facts) => {
          const header = begun ? Buffer.alloc(0) : headerOf(schema, sync);
          const before = Buffer.concat([header, long(facts), long(out.position)]);
          insert(out, before);
          out.bytes(sync);
          begun = true;
        },
        end: () => undefined,
      };
    },
    *read(pieces) {
      let offset = 0;
      let marker: Buffer | undefined;
      for (const piece of pieces) {
        const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
        const source = new AvroSource(bytes, offset);
        marker ??= readHeader(source, schema);
        let counted = 0;
        while (source.position < bytes.length) {
          const records = readBlock(source, marker);
          yield { encodedBytes: source.position - counted, records } satisfies ContainerBatch;
          counted = source.position;
        }
        offset += bytes.length;
      }
    },
  };
}

function headerOf(schema: string, sync: Buffer): Buffer {
  const entries = [SCHEMA_KEY, schema, CODEC_KEY, "null"].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [long(bytes.length), bytes];
  });
  return Buffer.concat([MAGIC, long(2), ...entries, long(0), sync]);
}

/** The sync marker of a file. Throws a `DataError` unless it has the schema, and no compression of its own. */
function readHeader(source: AvroSource, schema: string): Buffer {
  if (!source.raw(MAGIC.length).equals(MAGIC)) {
    throw new DataError("these bytes are no Avro container: one starts with Obj; seen", 0);
  }
  const metadata = new Map<string, string>();
  for (let count = source.long(); count !== 0; count = source.long()) {
    // A negative count has the size of its entries behind it.
    if (count < 0) source.long();
    for (let left = Math.abs(count); left > 0; left--) {
      const key = source.text();
      metadata.set(key, source.text());
    }
  }
  if ((metadata.get(CODEC_KEY) ?? "null") !== "null") {
    throw source.wrong("an Avro container with compression inside is not read");
  }
  if (metadata.get(SCHEMA_KEY) !== schema) {
    throw source.wrong("the Avro container has another schema than the facts");
  }
  return Buffer.from(source.raw(SYNC_BYTES));
}

/** The facts of a block, behind one another; none for a block of none. */
function readBlock(source: AvroSource, sync: Buffer): readonly Buffer[] {
  const start = source.position;
  const facts = source.long();
  const size = source.long();
  if (facts < 0 || size < facts) {
    source.position = start;
    throw source.wrong("a damaged Avro block starts");
  }
  const records = source.raw(size);
  if (!source.raw(SYNC_BYTES).equals(sync)) {
    source.position = start;
    throw source.wrong("an Avro block does not end with the file's sync marker: it starts");
  }
  return facts === 0 ? [] : [records];
}

/** Reads Avro's binary form. Everything throws a `DataError` where the bytes end. */
class AvroSource {
  position = 0;

  /** @param offset where the bytes begin in the whole content */
  constructor(
    private readonly bytes: Buffer,
    private readonly offset: number,
  ) {}

  long(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.raw(1)[0] ?? 0;
      value += (byte & 127) * factor;
      if (!Number.isSafeInteger(value))
        throw this.wrong("a number of an Avro container is too large");
      if (byte < 128) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    return this.raw(this.long()).toString();
  }

  raw(length: number): Buffer {
    const end = this.position + length;
    if (length < 0 || end > this.bytes.length) {
      throw new DataError(
        "an Avro container is cut short: it ends",
        this.offset + this.bytes.length,
      );
    }
    const bytes = this.bytes.subarray(this.position, end);
    this.position = end;
    return bytes;
  }

  wrong(problem: string): DataError {
    return new DataError(problem, this.offset + this.position);
  }
}

/** A whole number from 0 on as Avro's long. */
function long(value: number): Buffer {
  const bytes = Buffer.alloc(LONG_BYTES);
  let length = 0;
  let rest = value * 2;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[length++] = (rest % 128) | 128;
  bytes[length++] = rest;
  return bytes.subarray(0, length);
}

/** Puts bytes before all that is there. */
function insert(out: ByteWriter, bytes: Buffer): void {
  out.reserve(bytes.length);
  out.buffer.copyWithin(bytes.length, 0, out.position);
  out.buffer.set(bytes, 0);
  out.position += bytes.length;
}

import { Message } from "apache-arrow/fb/message";
import { ByteBuffer } from "flatbuffers";
import { metadataAt } from "../../columns/untrusted.js";
import type { Container, ContainerBatch } from "../../core/container.js";
import { DataError, firstLine } from "../../core/errors.js";

/** Stands before the metadata of each message, and alone where a stream ends. */
const PREFIX_BYTES = 8;
const END = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/**
 * One IPC stream of batches that are each encoded as one (Arrow columnar format, "IPC Streaming Format"): a
 * schema, a message for each batch, and an end.
 */
export const arrowContainer: Container = {
  openFile: () => {
    let begun = false;
    return {
      add: (out) => {
        const batch = out.buffer.subarray(0, out.position);
        const start = begun ? messageAt(batch, 0)?.end : 0;
        if (start === undefined || !batch.subarray(-END.length).equals(END)) {
          throw new Error("a batch is no whole stream");
        }
        out.buffer.copyWithin(0, start);
        out.position -= start + END.length;
        begun = true;
      },
      end: (out) => out.bytes(END),
    };
  },
  *read(pieces) {
    let schema: Buffer | undefined;
    let offset = 0;
    let isEnded = false;
    for (const piece of pieces) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      let counted = 0;
      for (let at = 0; at < bytes.length;) {
        if (isEnded) throw new DataError("an Arrow stream goes on behind its end", offset + at);
        const message = orDataError(offset + at, () => messageAt(bytes, at));
        const end = message?.end ?? at + PREFIX_BYTES;
        if (message === undefined) isEnded = true;
        else if (schema === undefined) schema = Buffer.from(bytes.subarray(at, end));
        else {
          const stream = Buffer.concat([schema, bytes.subarray(at, end), END]);
          yield { encodedBytes: end - counted, records: [stream] } satisfies ContainerBatch;
          counted = end;
        }
        at = end;
      }
      offset += bytes.length;
      if (counted < bytes.length) yield { encodedBytes: bytes.length - counted, records: [] };
    }
    if (offset > 0 && !isEnded) throw new DataError("an Arrow stream is cut short", offset);
  },
};

/** Where the message at an offset ends, its body included; `undefined` if the stream ends there instead. */
function messageAt(bytes: Buffer, at: number): { readonly end: number } | undefined {
  const metadata = metadataAt(bytes, at);
  if (metadata === undefined) return undefined;
  const body = Number(Message.getRootAsMessage(new ByteBuffer(metadata)).bodyLength());
  const end = at + PREFIX_BYTES + metadata.length + body;
  if (body < 0 || end > bytes.length) throw new Error("it ends inside a message");
  return { end };
}

function orDataError<T>(offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new DataError(`a damaged Arrow stream (${firstLine(error)}), seen`, offset);
  }
}

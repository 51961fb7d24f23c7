/**
 * What has to hold of a stream's metadata before Arrow's own reader may see it: that reader believes every
 * length that it finds, and damaged ones keep it busy for hours.
 */
import { Message } from "apache-arrow/fb/message";
import { MessageHeader } from "apache-arrow/fb/message-header";
import { RecordBatch } from "apache-arrow/fb/record-batch";
import { ByteBuffer } from "flatbuffers";

/** Stands before the length of each message ("Encapsulated message format", Arrow's columnar specification). */
const CONTINUATION = 0xffffffff;
const PREFIX_BYTES = 8;

/** What all streams of the same columns have in common. */
interface StreamShape {
  readonly schema: Buffer;
  readonly nodes: number;
  readonly buffers: number;
}

/**
 * A check for streams that are to have the columns of `sample`, in one batch.
 *
 * @returns a function that throws an `Error`, unless the stream begins with the same schema, and its batch has
 *   as many nodes and buffers as that schema asks for, none longer than the bytes behind it can be
 */
export function streamCheck(sample: Uint8Array): (stream: Uint8Array) => void {
  const expected = shapeOf(sample);
  return (stream) => {
    const found = shapeOf(stream);
    if (!found.schema.equals(expected.schema))
      throw new Error("the stream's schema is another one");
    if (found.nodes !== expected.nodes || found.buffers !== expected.buffers) {
      throw new Error(
        `the batch has ${found.nodes} columns in ${found.buffers} buffers, and should have ` +
          `${expected.nodes} in ${expected.buffers}`,
      );
    }
  };
}

function shapeOf(stream: Uint8Array): StreamShape {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const schema = metadataAt(bytes, 0);
  if (schema === undefined) throw new Error("the stream has no schema");
  const batch = metadataAt(bytes, PREFIX_BYTES + schema.length);
  if (batch === undefined) throw new Error("the stream has no batch");
  const message = Message.getRootAsMessage(new ByteBuffer(batch));
  const header = message.header(new RecordBatch()) as RecordBatch | null;
  const isPlain =
    message.headerType() === MessageHeader.RecordBatch &&
    message.customMetadataLength() === 0 &&
    header?.compression() === null &&
    header.variadicBufferCountsLength() === 0;
  if (header === null || !isPlain) throw new Error("the stream's second message is no plain batch");
  const bodyBytes = Number(message.bodyLength());
  const end = PREFIX_BYTES * 2 + schema.length + batch.length + bodyBytes;
  if (bodyBytes < 0 || end > bytes.length) throw new Error("the stream ends inside its batch");
  if (metadataAt(bytes, end) !== undefined) throw new Error("the stream has more than one batch");
  const nodes = header.nodesLength();
  if (nodes > batch.length) throw new Error("the batch has more columns than bytes");
  // Every column takes a bit for each value at least.
  const lengths = Array.from({ length: nodes }, (_, index) => header.nodes(index)?.length());
  for (const length of [header.length(), ...lengths]) {
    if (length === undefined || length < 0n || length > bodyBytes * 8) {
      throw new Error(`a column of ${length} values does not fit into ${bodyBytes} bytes`);
    }
  }
  return { schema, nodes, buffers: header.buffersLength() };
}

/** The metadata of the message at an offset; `undefined` where the stream ends. */
export function metadataAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at === bytes.length) return undefined;
  if (at < 0 || at + PREFIX_BYTES > bytes.length)
    throw new Error("the stream ends inside a message");
  if (bytes.readUInt32LE(at) !== CONTINUATION)
    throw new Error("a message of the stream is damaged");
  const length = bytes.readUInt32LE(at + 4);
  if (length === 0) return undefined;
  const start = at + PREFIX_BYTES;
  if (start + length > bytes.length) throw new Error("the stream ends inside a message");
  return bytes.subarray(start, start + length);
}

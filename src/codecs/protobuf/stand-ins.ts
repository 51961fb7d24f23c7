import type protobuf from "protobufjs";
import { standIn } from "../../schema/proto/stand-in.js";

/**
 * The functions that protobufjs compiles for a type. They call those of the types inside through the
 * type's own properties, so that others can stand there. `depth` is how many messages are around.
 */
interface Compiled {
  readonly encode: (value: unknown, writer?: protobuf.Writer, depth?: number) => protobuf.Writer;
  readonly decode: (
    reader: protobuf.Reader | Uint8Array,
    length?: number,
    endGroup?: number,
    depth?: number,
  ) => unknown;
}

/** Lets a message stand for a value of another kind, wherever it is a field's type. */
export function standFor(type: protobuf.Type, what: string): void {
  const { messageOf, valueOf } = standIn(type, what);
  replace(type, ({ encode, decode }) => ({
    encode: (value, writer, depth) => encode(messageOf(value), writer, depth),
    decode: (reader, length, endGroup, depth) =>
      valueOf(decode(reader, length, endGroup, depth) as Record<string, unknown>),
  }));
}

/** Puts functions around the compiled ones of a type. */
export function replace(type: protobuf.Type, around: (compiled: Compiled) => Compiled): void {
  const compiled = type.setup() as unknown as Compiled;
  const { encode, decode } = compiled;
  Object.assign(type, around({ encode, decode }));
}

import avro, { type Type } from "avsc";
import type { ByteWriter } from "../core/byte-writer.js";
import { schemaFor, type Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { avroFromJsonSchema, JSON_LOGICAL_TYPE, WHOLE_FACT } from "../schema/avro.js";
import { JsonText } from "./avro/json-text.js";
import { ownTypes } from "./avro/types.js";

/** What a fact is first thought to take; the writer grows from there. */
const MIN_ROOM_BYTES = 1024;

/** Avro's binary form by functions that avsc compiles from a schema, stored beside the file. */
const codec: Codec = {
  name: "avro",
  format: "avro",
  fileExtension: "avro-facts",
  framing: "length-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "avsc",
  mode: "compiled read and write of the binary form, straight into the slab; unions unwrapped",
  losses: ["lone-surrogate", "negative-zero"],
  abilities: ["encode", "decode"],
  sidecarExtension: "avsc",
  open: ({ schema, sidecar }) => {
    const text =
      sidecar === undefined
        ? `${JSON.stringify(avroFromJsonSchema(schemaFor("avro", schema)), null, 2)}\n`
        : Buffer.from(sidecar).toString();
    const parsed = JSON.parse(text) as { [WHOLE_FACT]?: boolean };
    const type = avro.Type.forSchema(parsed as Parameters<typeof avro.Type.forSchema>[0], {
      logicalTypes: { [JSON_LOGICAL_TYPE]: JsonText },
      typeHook: ownTypes,
    });
    const isWhole = parsed[WHOLE_FACT] === true;
    return {
      encode: (fact, out) => write(type, isWhole ? { fact } : fact, out),
      decode: (bytes) => {
        const value = type.fromBuffer(asBuffer(bytes)) as Fact;
        return isWhole ? (value["fact"] as Fact) : value;
      },
      sidecar: () => Buffer.from(text),
    };
  },
};

/** Writes in place; where there is too little room, the library says how much more it wants. */
function write(type: Type, fact: Fact, out: ByteWriter): void {
  out.reserve(MIN_ROOM_BYTES);
  let end = type.encode(fact, out.buffer, out.position);
  if (end < 0) {
    out.reserve(out.buffer.length - out.position - end);
    end = type.encode(fact, out.buffer, out.position);
  }
  out.position = end;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export default codec;

import avro, { type Type } from "avsc";
import type { ByteWriter } from "../core/byte-writer.js";
import { schemaFor, type Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { avroFromJsonSchema, JSON_LOGICAL_TYPE, WHOLE_FACT } from "../schema/avro.js";
import { avroContainer } from "./avro/container.js";
import { JsonText } from "./avro/json-text.js";
import { ownTypes } from "./avro/types.js";

/** What a fact is first thought to take; the writer grows from there. */
const MIN_ROOM_BYTES = 1024;

/** Avro's binary form in object container files, by functions that avsc compiles from the schema. */
const codec: Codec = {
  name: "avro",
  format: "avro",
  fileExtension: "avro",
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
    const factOf = (value: Fact) => (isWhole ? (value["fact"] as Fact) : value);
    return {
      container: avroContainer(text),
      encode: (fact, out) => write(type, isWhole ? { fact } : fact, out),
      decode: (bytes) => factOf(type.fromBuffer(asBuffer(bytes)) as Fact),
      decodeBatch: (bytes) => factsOf(type, asBuffer(bytes)).map(factOf),
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

/** The facts that stand behind one another; each takes a byte at least. */
function factsOf(type: Type, bytes: Buffer): Fact[] {
  const facts: Fact[] = [];
  for (let start = 0; start < bytes.length;) {
    const { value, offset } = type.decode(bytes, start);
    if (offset <= start) throw new Error("the bytes end inside a fact");
    facts.push(value as Fact);
    start = offset;
  }
  return facts;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export default codec;

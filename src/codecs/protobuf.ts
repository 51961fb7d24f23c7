import protobuf from "protobufjs";
import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import { protoFromJsonSchema } from "../schema/proto.js";
import { compile } from "./protobuf/compile.js";

/** Protocol Buffers by functions that protobufjs compiles from a `.proto`, stored beside the file. */
const codec: Codec = {
  name: "protobuf",
  format: "protobuf",
  fileExtension: "pb",
  framing: "length-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "protobufjs",
  mode: "compiled encode and decode on plain objects, no verify or fromObject; one writer reused",
  losses: ["lone-surrogate"],
  abilities: ["encode", "decode"],
  sidecarExtension: "proto",
  open: ({ schema, sidecar }) => {
    const proto = sidecar === undefined ? derive(schema) : Buffer.from(sidecar).toString();
    const type = compile(proto);
    const writer = protobuf.Writer.create();
    return {
      encode: (fact, out) => {
        writer.reset();
        type.encode(fact, writer);
        out.reserve(writer.pos);
        writer.finishInto(out.buffer, out.position);
        out.position += writer.pos;
      },
      decode: (bytes) => type.decode(bytes),
      sidecar: () => Buffer.from(proto),
    };
  },
};

function derive(schema: Parameters<typeof protoFromJsonSchema>[0] | undefined): string {
  if (schema === undefined) throw new InputError("protobuf needs a schema");
  return protoFromJsonSchema(schema);
}

export default codec;

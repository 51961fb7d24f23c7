import { schemaFor, type Codec } from "../core/codec.js";
import { protoFromJsonSchema } from "../schema/proto.js";
import { compile } from "./protobuf/compile.js";
import { checkedWriter, explained } from "./protobuf/whole-numbers.js";

/** Protocol Buffers by functions that protobufjs compiles from a `.proto`, stored beside the file. */
const codec: Codec = {
  name: "protobuf",
  format: "protobuf",
  fileExtension: "pb",
  framing: "varint-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "protobufjs",
  mode: "compiled encode and decode on plain objects, no verify or fromObject; one writer reused",
  losses: ["negative-zero", "lone-surrogate"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  sidecarExtension: "proto",
  open: ({ schema, sidecar }) => {
    const proto =
      sidecar === undefined
        ? protoFromJsonSchema(schemaFor("protobuf", schema))
        : Buffer.from(sidecar).toString();
    const type = compile(proto);
    const writer = checkedWriter();
    return {
      encode: (fact, out) => {
        writer.reset();
        try {
          type.encode(fact, writer);
        } catch (error) {
          throw explained(error, fact);
        }
        out.reserve(writer.pos);
        writer.finishInto(out.buffer, out.position);
        out.position += writer.pos;
      },
      decode: (bytes) => type.decode(bytes),
      sidecar: () => Buffer.from(proto),
    };
  },
};

export default codec;

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { schemaFor, type Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";
import { protoFromJsonSchema } from "../schema/proto.js";
import { describeProto } from "./protobuf-es/descriptor.js";
import { translation } from "./protobuf-es/translate.js";

/** Protocol Buffers by Buf's library, from the same `.proto` and with the same bytes as `protobuf`. */
const codec: Codec = {
  name: "protobuf-es",
  format: "protobuf",
  fileExtension: "pb",
  framing: "varint-delimited",
  layout: "row",
  needsSchema: true,
  npmPackage: "@bufbuild/protobuf",
  mode: "create and toBinary, fromBinary and back to plain objects; described at run time",
  losses: ["negative-zero", "lone-surrogate"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  sidecarExtension: "proto",
  open: ({ schema, sidecar }) => {
    const proto =
      sidecar === undefined
        ? protoFromJsonSchema(schemaFor("protobuf-es", schema))
        : Buffer.from(sidecar).toString();
    const { descriptor, type } = describeProto(proto);
    const { toInit, toFact } = translation(descriptor, type);
    return {
      encode: (fact, out) => out.bytes(toBinary(descriptor, create(descriptor, toInit(fact)))),
      decode: (bytes) => toFact(fromBinary(descriptor, bytes, READING)) as Fact,
      sidecar: () => Buffer.from(proto),
    };
  },
};

/**
 * Unknown fields are kept by default, as bytes; a fact has none. A value that describes itself takes
 * several messages a level: the library's limit of 100 would refuse facts that are not even deep.
 */
const READING = { readUnknownFields: false, recursionLimit: 2000 };

export default codec;

import protobuf from "protobufjs";
import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import { protoFromJsonSchema } from "../schema/proto.js";

// Without Long, 64-bit integers are read as numbers: exact up to 2⁵³, which is all JSON has.
protobuf.util.Long = undefined as unknown as typeof protobuf.util.Long;
protobuf.configure();

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
  losses: ["negative-zero", "lone-surrogate"],
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

/** The first message of the file, which is the fact. */
function compile(proto: string): protobuf.Type {
  const { root } = protobuf.parse(proto, { keepCase: true });
  const types = root.lookup("hellfact") as protobuf.Namespace;
  for (const type of types.nestedArray) {
    if (type instanceof protobuf.Type) type.ctor = messageClass(type);
  }
  const [fact] = types.nestedArray.filter((nested) => nested instanceof protobuf.Type);
  if (fact === undefined) throw new InputError("the .proto has no message");
  return fact;
}

/**
 * A message class whose new instances have just the fields that JSON would have if nothing came
 * over the wire: nullable ones null, arrays and maps empty unless they may be missing.
 */
function messageClass(type: protobuf.Type): protobuf.Constructor<object> {
  const nullable = type.fieldsArray.filter((field) => field.options?.["(nullable)"] === true);
  const present = type.fieldsArray.filter((field) => field.options?.["(omittable)"] !== true);
  const arrays = present.filter((field) => field.repeated);
  const maps = present.filter((field) => field.map);
  const body = [
    ...nullable.map(({ name }) => `this[${JSON.stringify(name)}] = null;`),
    ...arrays.map(({ name }) => `this[${JSON.stringify(name)}] = [];`),
    ...maps.map(({ name }) => `this[${JSON.stringify(name)}] = {};`),
  ];
  // Compiled from field names, as protobufjs compiles its own constructors, so that each class
  // gets object shapes of its own.
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function(body.join("\n")) as unknown as protobuf.Constructor<object>;
}

export default codec;

import { create, createFileRegistry, type DescMessage } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  type DescriptorProto,
  type FieldDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import protobuf from "protobufjs";

const PACKAGE = "hellfact";

/** The message of a derived `.proto` that is the fact, in both libraries' words. */
export interface FactMessage {
  readonly descriptor: DescMessage;
  readonly type: protobuf.Type;
}

/**
 * Describes a derived `.proto` as protobuf-es wants it. That library reads no `.proto` itself, it wants
 * what a compiler says of one: protobufjs parses, and what it found is put into a descriptor.
 */
export function describeProto(proto: string): FactMessage {
  const { root } = protobuf.parse(proto, { keepCase: true });
  const { nestedArray } = root.lookup(PACKAGE) as protobuf.Namespace;
  const types = nestedArray.filter((nested) => nested instanceof protobuf.Type);
  const [type] = types;
  if (type === undefined) throw new Error("the .proto has no message");
  const file = create(FileDescriptorProtoSchema, {
    name: "fact.proto",
    package: PACKAGE,
    syntax: "proto2",
    messageType: types.map(messageOf),
  });
  const registry = createFileRegistry(file, () => undefined);
  const descriptor = registry.getMessage(`${PACKAGE}.${type.name}`);
  if (descriptor === undefined) throw new Error(`the descriptor has no ${type.name}`);
  return { descriptor, type };
}

function messageOf(type: protobuf.Type): DescriptorProto {
  const maps = type.fieldsArray.filter((field) => field instanceof protobuf.MapField);
  return create(DescriptorProtoSchema, {
    name: type.name,
    field: type.fieldsArray.map((field) => fieldOf(type, field)),
    nestedType: maps.map(entryOf),
  });
}

function fieldOf(type: protobuf.Type, field: protobuf.Field): FieldDescriptorProto {
  if (field instanceof protobuf.MapField) {
    return create(FieldDescriptorProtoSchema, {
      name: field.name,
      number: field.id,
      label: FieldDescriptorProto_Label.REPEATED,
      type: FieldDescriptorProto_Type.MESSAGE,
      typeName: `.${PACKAGE}.${type.name}.${entryName(field)}`,
    });
  }
  return create(FieldDescriptorProtoSchema, {
    name: field.name,
    number: field.id,
    label: field.repeated
      ? FieldDescriptorProto_Label.REPEATED
      : field.required
        ? FieldDescriptorProto_Label.REQUIRED
        : FieldDescriptorProto_Label.OPTIONAL,
    ...valueTypeOf(field),
    ...(field.options?.["packed"] === true && { options: { packed: true } }),
  });
}

/** On the wire a map is a list of these. */
function entryOf(field: protobuf.MapField): DescriptorProto {
  const label = FieldDescriptorProto_Label.OPTIONAL;
  return create(DescriptorProtoSchema, {
    name: entryName(field),
    field: [
      { name: "key", number: 1, label, type: FieldDescriptorProto_Type.STRING },
      { name: "value", number: 2, label, ...valueTypeOf(field) },
    ],
    options: { mapEntry: true },
  });
}

/** The name that a protobuf compiler gives to the entries of a map. */
function entryName({ name }: protobuf.MapField): string {
  const camel = name.replaceAll(/(?:^|_+)([A-Za-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return `${camel}Entry`;
}

function valueTypeOf({ type }: { readonly type: string }): {
  type: FieldDescriptorProto_Type;
  typeName?: string;
} {
  const scalar = FieldDescriptorProto_Type[
    type.toUpperCase() as keyof typeof FieldDescriptorProto_Type
  ] as FieldDescriptorProto_Type | undefined;
  if (type in protobuf.types.basic && scalar !== undefined) return { type: scalar };
  return { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.${PACKAGE}.${type}` };
}

/**
 * Facts become what protobuf-es encodes, and its messages become facts: its names are camel-cased, its
 * 64-bit integers are bigints, and its messages have fields that JSON would not.
 */
import { ScalarType, type DescField, type DescMessage, type Message } from "@bufbuild/protobuf";
import type protobuf from "protobufjs";
import { HellfactError, InputError } from "../../core/errors.js";

type JsonObject = Record<string, unknown>;
type Change = (value: unknown) => unknown;

export interface Translation {
  /** What `create` takes: the very same object, where there is nothing to change. */
  readonly toInit: (fact: JsonObject) => JsonObject;
  readonly toFact: (message: Message) => JsonObject;
}

interface FieldPlan {
  readonly name: string;
  readonly local: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly isOmittable: boolean;
  /** `undefined` where values stay as they are. */
  readonly toInit: Change | undefined;
  readonly toFact: Change | undefined;
}

/** Plans the translation of a message. Messages hold no messages of their own kind, so this ends. */
export function translation(
  descriptor: DescMessage,
  type: protobuf.Type,
  root: protobuf.Namespace | null = type.parent,
): Translation & { readonly isIdentity: boolean } {
  checkOptions(type.name, type.options);
  const fields = descriptor.fields.map((field): FieldPlan => {
    const { options } = type.fields[field.name] ?? {};
    checkOptions(`${type.name}.${field.name}`, options);
    return {
      name: field.name,
      local: field.localName,
      isCollection: field.fieldKind === "list" || field.fieldKind === "map",
      isNullable: options?.["(nullable)"] === true,
      isOmittable: options?.["(omittable)"] === true,
      ...changes(field, root),
    };
  });
  const isIdentity = fields.every(({ name, local, toInit }) => name === local && !toInit);
  return {
    isIdentity,
    toInit: isIdentity ? (fact) => fact : (fact) => initOf(fields, fact),
    toFact: (message) => factOf(fields, message),
  };
}

/** Options of a derived `.proto` that say what JSON can and protobuf alone cannot. */
const KNOWN_OPTIONS = new Set(["(nullable)", "(omittable)"]);

/** A field that means something else than it seems to would come back changed. */
function checkOptions(name: string, options: protobuf.Type["options"]): void {
  const unknown = Object.keys(options ?? {}).find(
    (option) => option.startsWith("(") && !KNOWN_OPTIONS.has(option),
  );
  if (unknown === undefined) return;
  throw new InputError(`protobuf-es does not know ${unknown} of ${name}; protobuf may.`);
}

function initOf(fields: readonly FieldPlan[], fact: JsonObject): JsonObject {
  const init: JsonObject = {};
  for (const { name, local, toInit } of fields) {
    const value = fact[name];
    if (value === undefined || value === null) continue;
    init[local] = toInit === undefined ? value : toInit(value);
  }
  return init;
}

function factOf(fields: readonly FieldPlan[], message: Readonly<JsonObject>): JsonObject {
  const fact: JsonObject = {};
  for (const { name, local, isCollection, isNullable, isOmittable, toFact } of fields) {
    // What did not come over the wire is on the prototype, as a default.
    if (!Object.hasOwn(message, local)) {
      if (isNullable) fact[name] = null;
      continue;
    }
    const value = message[local];
    if (isCollection && isOmittable && Object.keys(value as object).length === 0) continue;
    fact[name] = toFact === undefined ? value : toFact(value);
  }
  return fact;
}

function changes(
  field: DescField,
  root: protobuf.Namespace | null,
): Pick<FieldPlan, "toInit" | "toFact"> {
  const value = changesOfValue(field, root);
  const { toInit, toFact } = value;
  switch (field.fieldKind) {
    case "list":
      return { toInit: toInit && mapList(toInit), toFact: toFact && mapList(toFact) };
    case "map":
      return { toInit: toInit && mapEntries(toInit), toFact: toFact && mapEntries(toFact) };
    default:
      return value;
  }
}

function changesOfValue(
  field: DescField,
  root: protobuf.Namespace | null,
): Pick<FieldPlan, "toInit" | "toFact"> {
  if (field.message !== undefined) {
    const type = root?.lookupType(field.message.name);
    if (type === undefined) throw new HellfactError(`the .proto has no ${field.message.name}`);
    const inner = translation(field.message, type, root);
    return {
      toInit: inner.isIdentity ? undefined : (inner.toInit as Change),
      toFact: inner.toFact as Change,
    };
  }
  return is64Bits(field.scalar)
    ? { toInit: (value) => BigInt(value as number), toFact: Number }
    : { toInit: undefined, toFact: undefined };
}

function is64Bits(scalar: ScalarType | undefined): boolean {
  return scalar === ScalarType.UINT64 || scalar === ScalarType.SINT64;
}

function mapList(change: Change): Change {
  return (list) => (list as unknown[]).map(change);
}

function mapEntries(change: Change): Change {
  return (map) =>
    Object.fromEntries(
      Object.entries(map as JsonObject).map(([key, value]) => [key, change(value)]),
    );
}

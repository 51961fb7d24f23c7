/**
 * Facts become what protobuf-es encodes, and its messages become facts: its names are camel-cased, its
 * 64-bit integers are bigints, and its messages have fields that JSON would not. What the options of a
 * derived `.proto` say is done here, as `protobuf/` does it for protobufjs.
 */
import { ScalarType, type DescField, type DescMessage, type Message } from "@bufbuild/protobuf";
import type protobuf from "protobufjs";
import { HellfactError, InputError } from "../../core/errors.js";
import { unquotedKey } from "../../schema/proto/names.js";
import { put, standIn } from "../../schema/proto/stand-in.js";

type JsonObject = Record<string, unknown>;
type Change = (value: unknown) => unknown;

export interface Translation {
  /** What `create` takes: the very same object, where there is nothing to change. */
  readonly toInit: (value: unknown) => JsonObject;
  readonly toFact: (message: Message) => unknown;
}

interface FieldPlan {
  readonly key: string;
  readonly local: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly isOmittable: boolean;
  /** Whether it carries the keys that have no field. */
  readonly isRest: boolean;
  /** Whether null is a value of its own, and not what absence means. */
  readonly takesNull: boolean;
  /** `undefined` where values stay as they are. */
  readonly toInit: Change | undefined;
  readonly toFact: Change | undefined;
}

interface Planned extends Translation {
  isIdentity: boolean;
}

/** Plans the translation of the fact's message and of all inside; they may hold their own kind. */
export function translation(descriptor: DescMessage, type: protobuf.Type): Translation {
  return planned(descriptor, { root: type.parent, known: new Map() });
}

interface Plans {
  readonly root: protobuf.Namespace | null;
  readonly known: Map<string, Planned>;
}

function planned(descriptor: DescMessage, plans: Plans): Planned {
  const before = plans.known.get(descriptor.name);
  if (before !== undefined) return before;
  const type = typeOf(descriptor, plans);
  checkOptions(type.name, type.options);
  const fields: FieldPlan[] = [];
  const what = standsFor(type);
  const stand = what === undefined ? undefined : standIn(type, what);
  const plan: Planned = {
    isIdentity: false,
    toInit: (value) =>
      plan.isIdentity
        ? (value as JsonObject)
        : initOf(fields, (stand?.messageOf(value) ?? value) as JsonObject),
    toFact: (message) => {
      const fact = factOf(fields, message);
      return stand === undefined ? fact : stand.valueOf(fact);
    },
  };
  plans.known.set(descriptor.name, plan);
  fields.push(...descriptor.fields.map((field) => fieldPlan(field, type, plans)));
  plan.isIdentity =
    stand === undefined &&
    fields.every((field) => field.key === field.local && !field.toInit && !field.isRest);
  return plan;
}

function typeOf({ name }: DescMessage, { root }: Plans): protobuf.Type {
  const type = root?.lookupType(name);
  if (type === undefined) throw new HellfactError(`the .proto has no ${name}`);
  return type;
}

function standsFor({ options }: protobuf.Type): string | undefined {
  return options?.["(stands_for)"] as string | undefined;
}

function fieldPlan(field: DescField, type: protobuf.Type, plans: Plans): FieldPlan {
  const { options } = type.fields[field.name] ?? {};
  checkOptions(`${type.name}.${field.name}`, options);
  const key = options?.["(key)"] as string | undefined;
  const isNullable = options?.["(nullable)"] === true;
  return {
    key: key === undefined ? field.name : unquotedKey(key),
    local: field.localName,
    isCollection: field.fieldKind === "list" || field.fieldKind === "map",
    isNullable,
    isOmittable: options?.["(omittable)"] === true,
    isRest: options?.["(rest)"] === true,
    takesNull: !isNullable && field.fieldKind === "message" && isUnionWithNull(field, plans),
    ...changes(field, plans),
  };
}

function isUnionWithNull({ message }: DescField & { fieldKind: "message" }, plans: Plans): boolean {
  const type = typeOf(message, plans);
  return standsFor(type) === "union" && type.fields["nothing"] !== undefined;
}

/** Options of a derived `.proto` that say what JSON can and protobuf alone cannot. */
const KNOWN_OPTIONS = new Set(["(nullable)", "(omittable)", "(key)", "(rest)", "(stands_for)"]);

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
  for (const { key, local, isRest, takesNull, toInit } of fields) {
    const value = isRest ? otherKeys(fields, fact) : ownValue(fact, key);
    if (value === undefined || (value === null && !takesNull)) continue;
    init[local] = toInit === undefined ? value : toInit(value);
  }
  return init;
}

/** Every object inherits what some keys are called, such as `constructor`. */
function ownValue(fact: JsonObject, key: string): unknown {
  return key in Object.prototype && !Object.hasOwn(fact, key) ? undefined : fact[key];
}

/** What has no field of its own, if anything. */
function otherKeys(fields: readonly FieldPlan[], fact: JsonObject): JsonObject | undefined {
  const known = new Set(fields.filter(({ isRest }) => !isRest).map(({ key }) => key));
  const others = Object.keys(fact).filter((key) => !known.has(key));
  if (others.length === 0) return undefined;
  const rest: JsonObject = {};
  for (const key of others) put(rest, key, fact[key]);
  return rest;
}

function factOf(fields: readonly FieldPlan[], message: Readonly<JsonObject>): JsonObject {
  const fact: JsonObject = {};
  for (const field of fields) {
    const { key, local, isCollection, isNullable, isOmittable, isRest, toFact } = field;
    // What did not come over the wire is on the prototype, as a default.
    if (!Object.hasOwn(message, local)) {
      if (isNullable) put(fact, key, null);
      continue;
    }
    const value = message[local];
    if (isCollection && isOmittable && Object.keys(value as object).length === 0) continue;
    const own = toFact === undefined ? value : toFact(value);
    if (!isRest) put(fact, key, own);
    else for (const [other, inner] of Object.entries(own as object)) put(fact, other, inner);
  }
  return fact;
}

function changes(field: DescField, plans: Plans): Pick<FieldPlan, "toInit" | "toFact"> {
  const value = changesOfValue(field, plans);
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

function changesOfValue(field: DescField, plans: Plans): Pick<FieldPlan, "toInit" | "toFact"> {
  if (field.message !== undefined) {
    const inner = planned(field.message, plans);
    return {
      toInit: inner.isIdentity ? undefined : inner.toInit,
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

import { formatPath } from "../../core/fact.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { neverField } from "../infer/data-keys.js";
import { shapeOf, type Alternative, type Shape } from "../shape.js";
import {
  bareType,
  fieldLine,
  integerType,
  isPacked,
  kindOnWire,
  message,
  NULLABLE,
  OMITTABLE,
  standIn,
  UNION_FIELD_OF,
  UNION_FIELDS,
  unionLine,
  type Declaration,
} from "./format.js";
import { fieldName, messageName, Names, withoutCase } from "./names.js";
import { Numbers, type OldFile, type OldMessage } from "./previous.js";
import type { ProtoRule } from "./rules.js";

/** A place in the facts: what its messages are called, and how people write it. */
interface Place {
  readonly name: string;
  readonly path: string;
  readonly refs: ReadonlySet<string>;
  /** What stood there in an earlier file. */
  readonly oldType?: string | undefined;
}

/** Writes the messages of a `.proto`, and keeps account of the rules that this takes. */
export class Derivation {
  /** The text of each message, the outermost first. */
  readonly messages: string[] = [];
  readonly rules = new Map<ProtoRule, Set<string>>();
  private readonly names = new Names();
  private anyName: string | undefined;

  constructor(
    private readonly root: JsonSchema,
    private readonly old: OldFile | undefined,
  ) {}

  /** Derives everything. The fact is the first message, whatever its schema is. */
  fact(): void {
    const name = messageName(this.root.title ?? "Fact");
    const place = { name, path: "", refs: new Set<string>() };
    // A fact is an object, also where its schema does not say so.
    const isUntyped = this.root.type === undefined && this.root.properties !== undefined;
    const root = isUntyped ? { ...this.root, type: "object" } : this.root;
    const shape = shapeOf(root, this.root, place.refs);
    const [only, other] = shape === "any" ? [] : shape.alternatives;
    if (only?.kind === "record" && other === undefined && !hasReservedKey(only.schema)) {
      const refs = shape === "any" ? place.refs : shape.refs;
      this.record(only, { ...place, refs }, name, this.old?.fact);
    } else {
      const values = only?.kind === "map" && other === undefined ? only.values : {};
      this.mapMessage(values, place, name, this.old?.fact);
    }
  }

  /** Notes that a rule was needed at a place. */
  private use(rule: ProtoRule, { path }: Place): void {
    const paths = this.rules.get(rule) ?? new Set();
    this.rules.set(rule, paths.add(path || "the fact"));
  }

  private record(
    { schema, open }: Extract<Alternative, { kind: "record" }>,
    at: Place,
    wanted: string,
    old: OldMessage | undefined,
  ): string {
    const name = this.names.unused(wanted);
    const index = this.messages.push("") - 1;
    const required = new Set(schema.required);
    const fieldNames = new Names(withoutCase);
    const numbers = new Numbers(old);
    const lines = Object.entries(schema.properties ?? {}).map(([key, property]) => {
      const step = formatPath([key]);
      const path =
        at.path === "" || step.startsWith("[") ? `${at.path}${step}` : `${at.path}.${step}`;
      const prefix = index === 0 ? "" : wanted;
      const oldType = old?.fields.get(key)?.type;
      const inside = { name: `${prefix}${messageName(key)}`, path, refs: at.refs, oldType };
      const declared = this.field(key, property, required.has(key), inside);
      const number = numbers.numberOf(key, (type) => this.isSameOnWire(type, declared));
      return fieldLine(this.nameOf(key, fieldNames, inside), number, key, declared);
    });
    if (open) {
      this.use("rest", at);
      const type = this.mapMessage({}, at, `${wanted}Rest`, undefined);
      const number = numbers.numberOf("$rest", () => true);
      lines.push(`optional ${type} ${fieldNames.unused("rest", "_")} = ${number} [(rest) = true];`);
    }
    this.messages[index] = message(name, numbers, lines);
    return name;
  }

  private nameOf(key: string, names: Names, at: Place): string {
    const name = names.unused(fieldName(key), "_");
    if (name !== key) this.use("key", at);
    return name;
  }

  private field(key: string, schema: JsonSchema, required: boolean, at: Place): Declaration {
    const shape = shapeOf(schema, this.root, at.refs);
    const label = required ? "required" : "optional";
    const single =
      shape === "any" || shape.alternatives.length !== 1 ? undefined : shape.alternatives[0];
    const isNullOnly = shape !== "any" && shape.alternatives.length === 0;
    if (isNullOnly && required) return { label: "optional", type: "bool", options: [NULLABLE] };
    if (shape === "any" || single === undefined || (shape.nullable && !required)) {
      return { label, type: this.value(schema, at).type, options: [] };
    }
    const place = { ...at, refs: shape.refs };
    const isCollection = single.kind === "array" || single.kind === "map";
    // Where a key is inherited by every object, what is missing has to be told by a message.
    const isOmittable = isCollection && !single.mayBeEmpty && !(key in Object.prototype);
    if (isCollection && !shape.nullable && (required || isOmittable)) {
      const options = required ? [] : [OMITTABLE];
      if (single.kind === "array") {
        const { type } = this.value(single.items, { ...place, path: `${at.path}[]` });
        if (isPacked(type)) options.push("packed = true");
        return { label: "repeated", type, options };
      }
      const { type, isUnion } = this.value(single.values, { ...place, path: `${at.path}{}` });
      if (!isUnion) return { label: "", type: `map<string, ${type}>`, options };
    }
    const type = this.alternative(single, place);
    return shape.nullable
      ? { label: "optional", type, options: [NULLABLE] }
      : { label, type, options: [] };
  }

  /** The type of a value that stands alone: in an array, in a map, in a union. */
  private value(schema: JsonSchema, at: Place): { type: string; isUnion: boolean } {
    const shape = shapeOf(schema, this.root, at.refs);
    if (shape === "any") {
      this.use("any", at);
      return { type: this.any(), isUnion: true };
    }
    const [single] = shape.alternatives;
    const place = { ...at, refs: shape.refs };
    if (single === undefined || shape.alternatives.length > 1 || shape.nullable) {
      return { type: this.union(shape, place), isUnion: true };
    }
    return { type: this.alternative(single, place), isUnion: false };
  }

  private alternative(alternative: Alternative, at: Place): string {
    switch (alternative.kind) {
      case "string":
        return "string";
      case "boolean":
        return "bool";
      case "number":
        return "double";
      case "integer":
        return integerType(alternative);
      case "array":
        return this.listMessage(alternative.items, at);
      case "map":
        return this.mapMessage(alternative.values, at, `${at.name}Map`, this.oldMessage(at, "map"));
      case "record":
        return hasReservedKey(alternative.schema)
          ? this.mapMessage({}, at, `${at.name}Map`, this.oldMessage(at, "map"))
          : this.record(alternative, at, at.name, this.oldMessage(at, undefined));
    }
  }

  private union({ nullable, alternatives }: Shape, at: Place): string {
    this.use("union", at);
    const name = this.names.unused(`${at.name}Value`);
    const index = this.messages.push("") - 1;
    const old = this.oldMessage(at, "union");
    const fields: [name: string, type: string][] = nullable ? [["nothing", "bool"]] : [];
    for (const alternative of alternatives) {
      const { kind } = alternative;
      if (kind === "integer") fields.push(["integer", "sint64"], ["number", "double"]);
      else if (kind === "number") fields.push(["integer", "sint64"], ["number", "double"]);
      else {
        const field = UNION_FIELD_OF[kind];
        const oldType = old?.fields.get(field)?.type;
        fields.push([field, this.alternative(alternative, { ...at, oldType })]);
      }
    }
    this.messages[index] = standIn(name, "union", fields.map(unionLine));
    return name;
  }

  private listMessage(items: JsonSchema, at: Place): string {
    this.use("list", at);
    const name = this.names.unused(`${at.name}List`);
    const index = this.messages.push("") - 1;
    const old = this.oldMessage(at, "list");
    const oldType = old?.fields.get("items")?.type;
    const { type } = this.value(items, { ...at, path: `${at.path}[]`, oldType });
    const declared: Declaration = {
      label: "repeated",
      type,
      options: isPacked(type) ? ["packed = true"] : [],
    };
    this.messages[index] = this.collection(name, "list", "items", declared, old);
    return name;
  }

  private mapMessage(
    values: JsonSchema,
    at: Place,
    wanted: string,
    old: OldMessage | undefined,
  ): string {
    this.use("map", at);
    const name = this.names.unused(wanted);
    const index = this.messages.push("") - 1;
    const oldEntries = old?.fields.get("entries")?.type;
    const place = { ...at, path: `${at.path}{}` };
    const value = this.value(values, { ...place, oldType: oldEntries });
    const declared: Declaration = value.isUnion
      ? { label: "repeated", type: this.entry(name, value.type, place), options: [] }
      : { label: "", type: `map<string, ${value.type}>`, options: [] };
    this.messages[index] = this.collection(name, "map", "entries", declared, old);
    return name;
  }

  /** What a map has inside, written out: maps of messages that stand for a value need it. */
  private entry(map: string, type: string, at: Place): string {
    this.use("entries", at);
    const name = this.names.unused(`${map}Entry`);
    const lines = ["  required string key = 1;", `  required ${type} value = 2;`];
    this.messages.push(`message ${name} {\n${lines.join("\n")}\n}`);
    return name;
  }

  private collection(
    name: string,
    standsFor: string,
    field: string,
    declared: Declaration,
    old: OldMessage | undefined,
  ): string {
    const numbers = new Numbers(old);
    const number = numbers.numberOf(field, (type) => this.isSameOnWire(type, declared));
    return standIn(name, standsFor, [fieldLine(field, number, field, declared)], numbers);
  }

  /** A message for anything that JSON can say, which has itself inside. */
  private any(): string {
    if (this.anyName !== undefined) return this.anyName;
    const name = this.names.unused("Anything");
    this.anyName = name;
    const list = this.names.unused("AnythingList");
    const map = this.names.unused("AnythingMap");
    const entry = this.names.unused("AnythingMapEntry");
    const types = ["bool", "bool", "sint64", "double", "string", list, map];
    const fields = types.map((type, place): [string, string] => [UNION_FIELDS[place] ?? "", type]);
    this.messages.push(
      standIn(name, "union", fields.map(unionLine)),
      standIn(list, "list", [`repeated ${name} items = 1;`]),
      standIn(map, "map", [`repeated ${entry} entries = 1;`]),
      `message ${entry} {\n  required string key = 1;\n  required ${name} value = 2;\n}`,
    );
    return name;
  }

  /** The message that stood at a place before, if it stood for the same. */
  private oldMessage({ oldType }: Place, standsFor: string | undefined): OldMessage | undefined {
    const found = this.old?.messages.get(bareType(oldType ?? ""));
    return found?.standsFor === standsFor ? found : undefined;
  }

  /** Whether bytes of a field that was declared one way are understood the other way. */
  private isSameOnWire(oldType: string, { label, type }: Declaration): boolean {
    const now = label === "repeated" ? `repeated ${type}` : type;
    const [before, after] = [kindOnWire(oldType), kindOnWire(now)];
    if (before !== after) return false;
    return this.standsFor(oldType) === this.newStandsFor(now);
  }

  private standsFor(type: string): string | undefined {
    return this.old?.messages.get(bareType(type))?.standsFor;
  }

  private newStandsFor(type: string): string | undefined {
    const text = this.messages.find((one) => one.startsWith(`message ${bareType(type)} {`));
    return /option \(stands_for\) = "(\w+)"/.exec(text ?? "")?.[1];
  }
}

function hasReservedKey({ properties = {} }: JsonSchema): boolean {
  return Object.keys(properties).some(neverField);
}

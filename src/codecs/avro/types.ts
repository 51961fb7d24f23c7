import avro, { type Schema, type Type } from "avsc";
import { JSON_LOGICAL_TYPE } from "../../schema/avro.js";

/** What the library's readers read from. */
interface Tap {
  readonly buf: Buffer;
  readonly pos: number;
  readLong(): number;
  readString(): string | undefined;
}

/** A type, with the reader that the library calls. */
interface Reading {
  _read(tap: Tap): unknown;
}

/**
 * For the `typeHook` of `Type.forSchema`: types that differ from the library's own in how they read.
 * Records have just the fields which the fact had, instead of undefined or null ones. Arrays and maps
 * do not believe a count that the bytes cannot hold: damaged bytes would keep the library busy for hours.
 *
 * What is overridden is no public method of the library: the codecs' contract suite fails if an update
 * takes it away.
 */
export function ownTypes(schema: Schema, options: object): Type | undefined {
  const type = typeof schema === "object" && "type" in schema ? schema.type : undefined;
  if (type === "record") return new PlainRecordType(schema, options);
  if (type === "array") return new CheckedArrayType(schema, options);
  if (type === "map") return new CheckedMapType(schema, options);
  return undefined;
}

class CheckedArrayType extends avro.types.ArrayType {
  protected _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as Reading;
    const list: unknown[] = [];
    for (let count = readCount(tap); count > 0; count = readCount(tap)) {
      for (; count > 0; count--) list.push(read(items, tap));
    }
    return list;
  }
}

class CheckedMapType extends avro.types.MapType {
  protected _read(tap: Tap): Record<string, unknown> {
    const values = this.valuesType as Reading;
    const map: Record<string, unknown> = {};
    for (let count = readCount(tap); count > 0; count = readCount(tap)) {
      for (; count > 0; count--) {
        const key = tap.readString() ?? "";
        const value = read(values, tap);
        if (key === "__proto__") Object.defineProperty(map, key, { ...OWN, value });
        else map[key] = value;
      }
    }
    return map;
  }
}

/** What makes a key of data one like any other, whatever it means to JavaScript. */
const OWN = { enumerable: true, configurable: true, writable: true };

function read(type: Reading, tap: Tap): unknown {
  // oxlint-disable-next-line no-underscore-dangle -- that is its name
  return type._read(tap);
}

/** How many items a block has; each takes a byte at least. A negative count has its size behind it. */
function readCount(tap: Tap): number {
  let count = tap.readLong();
  if (count < 0) {
    count = -count;
    tap.readLong();
  }
  if (count > tap.buf.length - tap.pos) throw new Error("the fact ends before its items do");
  return count;
}

class PlainRecordType extends avro.types.RecordType {
  /**
   * Called by the library for the class that its compiled reader makes instances of, which is handed
   * the values of all fields in order.
   */
  protected _createConstructor(): unknown {
    const values = this.fields.map((_, index) => `v${index}`);
    const body = this.fields.map((field, index) => assignment(field, `v${index}`));
    // Compiled from field names, as the library compiles its own.
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function(...values, body.join("\n"));
  }
}

function assignment(field: avro.types.Field, value: string): string {
  const assign = `this.${field.name} = ${value};`;
  if (field.type.typeName === `logical:${JSON_LOGICAL_TYPE}`) {
    return `if (${value} !== undefined) ${assign}`;
  }
  return field.defaultValue() === null ? `if (${value} !== null) ${assign}` : assign;
}

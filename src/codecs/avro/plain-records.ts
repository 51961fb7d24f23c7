import avro, { type Schema, type Type } from "avsc";
import { JSON_LOGICAL_TYPE } from "../../schema/avro.js";

/**
 * For the `typeHook` of `Type.forSchema`: records become objects that have just the fields which the
 * fact had. Otherwise what was missing would be there, as null or undefined.
 */
export function plainRecords(schema: Schema, options: object): Type | undefined {
  const isRecord = typeof schema === "object" && "type" in schema && schema.type === "record";
  return isRecord ? new PlainRecordType(schema, options) : undefined;
}

class PlainRecordType extends avro.types.RecordType {
  /**
   * Called by the library for the class that its compiled reader makes instances of, which is handed
   * the values of all fields in order. It is no public method: the codecs' contract suite fails if an
   * update takes it away.
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

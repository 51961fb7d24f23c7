/** What encoders of typed formats take out of a record. */
import { InputError } from "../core/errors.js";

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What takes a property of a record: `undefined` where there is none, or null where that is no value.
 *
 * @param keepsNull whether null is a value, as it is only of what is kept as JSON text
 */
export function getterOf(key: string, keepsNull: boolean): (record: JsonObject) => unknown {
  // Every object inherits what some keys are called, such as `constructor`.
  const isInherited = key in Object.prototype;
  return (record) => {
    if (isInherited && !Object.hasOwn(record, key)) return undefined;
    const value = record[key];
    return value === null && !keepsNull ? undefined : value;
  };
}

/** The same whole number, of 64 bits with a sign. Throws an `InputError` that says which field needs more. */
export function checked64(value: number, field: string): number {
  if (value >= 2 ** 63 || value < -(2 ** 63)) {
    throw new InputError(`${field}: ${value} does not fit into 64 bits with a sign`);
  }
  return value;
}

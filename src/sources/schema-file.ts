import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { fileSource } from "./file.js";

/** The JSON Schema in a file. Rejects with an `InputError` naming the file if there is none. */
export async function readSchema(path: string): Promise<JsonSchema> {
  const objects: JsonSchema[] = [];
  for await (const object of fileSource(path).facts()) {
    objects.push(object);
    if (objects.length > 1) break;
  }
  const [schema, other] = objects;
  if (schema === undefined || other !== undefined) {
    throw new InputError(`${path} holds more than one object. Give one JSON Schema.`);
  }
  return schema;
}

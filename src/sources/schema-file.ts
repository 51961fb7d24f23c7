import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { firstLine, InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { readingProblem } from "./file-bytes.js";
import { locateJsonProblem } from "./json-error.js";

/** No schema that a person can read is as long. */
const MAX_SCHEMA_BYTES = 64 << 20;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** The JSON Schema in a file, gzipped or not. Throws an `InputError` naming the file if there is none. */
export function readSchema(path: string): JsonSchema {
  const text = textOf(path);
  if (text.trim() === "") throw new InputError(`${path} is empty: it takes a JSON Schema.`);
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    const { problem, line, byte } = locateJsonProblem(text, error);
    throw new InputError(`${path}, line ${line}, byte ${byte}: ${problem}; it takes a JSON Schema`);
  }
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    const found = Array.isArray(schema)
      ? "a list"
      : schema === null
        ? "null"
        : `a ${typeof schema}`;
    throw new InputError(
      `${path} is no JSON Schema: it holds ${found}, and takes an object such as {"type":"object"}`,
    );
  }
  return schema;
}

function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw readingProblem(path, error);
  }
  if (!bytes.subarray(0, 2).equals(GZIP)) return bytes.toString();
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SCHEMA_BYTES }).toString();
  } catch (error) {
    throw new InputError(`${path}: the gzip data is damaged, or too long: ${firstLine(error)}.`);
  }
}

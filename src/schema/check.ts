import { Ajv, type ErrorObject } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { firstLine, InputError } from "../core/errors.js";
import { checkSchemaLimits } from "./limits.js";
import { linearPattern } from "./linear-pattern.js";
import { formatPath, valueAt, type Fact, type FactCheck } from "../core/fact.js";
import type { JsonSchema } from "../core/json-schema.js";

/** `ownProperties`: a key such as `valueOf` is not there because every object inherits one. */
const OPTIONS = {
  strict: false,
  validateFormats: false,
  logger: false,
  ownProperties: true,
  code: { regExp: linearPattern },
} as const;
/**
 * A check that ends at the first error has a block for each property inside the one before: of more than these,
 * some versions of Node run out of stack. Beyond it, all errors are looked for, one after the other.
 */
const MAX_NESTED_PROPERTIES = 500;
/** Refuses integers that a format for integers would change: −0, and what has over 64 bits. */
const EXACT = "exactInteger";

/**
 * Compiles the check of facts by a schema: of draft 2020-12, or of the one that its `$schema` names.
 * Throws an `InputError` that names the schema if it is not valid JSON Schema.
 *
 * @param name what a person would call the schema: its file
 */
export function factCheck(schema: JsonSchema, name: string): FactCheck {
  const allErrors = checkSchemaLimits(schema, name) > MAX_NESTED_PROPERTIES;
  const ajv = new (draftOf(schema, name))({ ...OPTIONS, allErrors });
  ajv.addKeyword({ keyword: EXACT, type: "number", validate: isExact, errors: false });
  if (ajv.validateSchema(schema) !== true) {
    const [error] = ajv.errors ?? [];
    const place = error === undefined ? "" : ` at #${error.instancePath}: ${error.message ?? ""}`;
    throw new InputError(`${name} is not valid JSON Schema${place}.`);
  }
  try {
    const validate = ajv.compile(withExactIntegers(schema) as JsonSchema);
    return (fact) =>
      validate(fact) ? undefined : describe(fact, validate.errors?.at(-1), validate.errors?.[0]);
  } catch (error) {
    throw new InputError(`${name} is not valid JSON Schema: ${firstLine(error)}.`);
  }
}

function draftOf({ $schema = "2020-12" }: { readonly $schema?: unknown }, name: string) {
  if (typeof $schema !== "string") {
    throw new InputError(`${name} is not valid JSON Schema at #/$schema: must be string.`);
  }
  if ($schema.includes("2020-12")) return Ajv2020;
  if ($schema.includes("2019-09")) return Ajv2019;
  if ($schema.includes("draft-07")) return Ajv;
  throw new InputError(
    `${name} says $schema ${JSON.stringify($schema)}. Use draft 2020-12, 2019-09 or draft-07.`,
  );
}

function isExact(_: boolean, value: number): boolean {
  return !Object.is(value, -0) && Math.abs(value) < 2 ** 63;
}

/** A copy of a schema in which every place for integers alone asks for exact ones. */
function withExactIntegers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withExactIntegers);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]) => [
    key,
    key === "const" || key === "enum" ? value : withExactIntegers(value),
  ]);
  const { type } = schema as JsonSchema;
  const types = [type ?? []].flat();
  const isInteger =
    types.includes("integer") && types.every((one) => one === "integer" || one === "null");
  return Object.fromEntries(isInteger ? [...entries, [EXACT, true]] : entries);
}

/** The problem in words. Of a union that nothing fits, the last error is the union's own. */
function describe(
  fact: Fact,
  last: ErrorObject | undefined,
  first: ErrorObject | undefined,
): string {
  const error = last?.keyword === "anyOf" || last?.keyword === "oneOf" ? last : first;
  if (error === undefined) return "it does not fit the schema";
  const path = pathOf(fact, error.instancePath);
  const { missingProperty, additionalProperty, type } = error.params as Record<string, unknown>;
  if (typeof missingProperty === "string")
    return `${formatPath([...path, missingProperty])} is missing`;
  if (typeof additionalProperty === "string") {
    return `${formatPath([...path, additionalProperty])} is not in the schema`;
  }
  const where = formatPath(path) || "the fact";
  const value = short(valueAt(fact, path));
  switch (error.keyword) {
    case "type":
      return `${where} is ${value}, and should be ${[type].flat().join(" or ")}`;
    case "anyOf":
    case "oneOf":
      return `${where} is ${value}, which none of the schema's alternatives allows`;
    case EXACT:
      return `${where} is ${value}, which integers of 64 bits have no place for`;
    default:
      return `${where} is ${value}, and ${error.message ?? "does not fit the schema"}`;
  }
}

/** A JSON pointer as a path: steps into arrays are numbers. */
function pathOf(fact: Fact, pointer: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(fact, path)) ? Number(key) : key);
  }
  return path;
}

function short(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}

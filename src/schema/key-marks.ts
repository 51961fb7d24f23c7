/** What a schema remembers of how its objects were told apart: `x-keys`, beside each object that has something to tell. */
import { formatPath } from "../core/fact.js";
import type { JsonSchema, KeysMark } from "../core/json-schema.js";
import { MAX_SCHEMA_DEPTH } from "./limits.js";

/** An object of a schema whose keys are marked. */
interface MarkedKeys extends KeysMark {
  /** As `hellfact infer` shows it: `players[].items`; `.` for the fact itself. */
  readonly path: string;
}

/**
 * Every mark in a schema, from the outside in. References are not followed, and what is no schema, or deeper
 * than one may be, has no marks: a schema may come out of a document that nobody has checked it in.
 */
function* markedKeys(schema: unknown, path = "", depth = 0): Iterable<MarkedKeys> {
  if (!isObject(schema) || depth > MAX_SCHEMA_DEPTH) return;
  const { "x-keys": mark, properties, items, additionalProperties, anyOf } = schema;
  if (isObject(mark)) yield { ...(mark as unknown as KeysMark), path: path || "." };
  for (const [key, inner] of Object.entries(isObject(properties) ? properties : {})) {
    const step = formatPath([key]);
    const place = path === "" || step.startsWith("[") ? path + step : `${path}.${step}`;
    yield* markedKeys(inner, place, depth + 1);
  }
  yield* markedKeys(items, `${path}[]`, depth + 1);
  yield* markedKeys(additionalProperties, `${path}{}`, depth + 1);
  for (const inner of Array.isArray(anyOf) ? anyOf : []) yield* markedKeys(inner, path, depth + 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What a person has decided of a schema's objects, for `SchemaInference` to keep to. */
export function decisionsIn(schema: JsonSchema): { maps: string[]; records: string[] } {
  const decided = [...markedKeys(schema)].filter(({ by }) => by === "person");
  const pathsOf = (are: KeysMark["are"]) =>
    decided.filter((mark) => mark.are === are).map(({ path }) => path);
  return { maps: pathsOf("data"), records: pathsOf("fields") };
}

/** Where a schema is unsure whether keys are data, in one line; `undefined` where it is not. */
export function unsureLine(schema: JsonSchema): string | undefined {
  const [first, ...others] = [...markedKeys(schema)].filter(({ by }) => by === "unsure rule");
  if (first === undefined) return undefined;
  const where = others.length === 0 ? first.path : `${first.path} and at ${others.length} more`;
  const [as, other] = first.are === "data" ? ["a map", "--record"] : ["a record", "--map"];
  return (
    `unsure whether keys are data at ${where}, taken for ${as}: ` +
    `${other} '${first.path}' if not; figures may depend on it`
  );
}

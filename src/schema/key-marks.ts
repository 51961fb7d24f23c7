/** What a schema remembers of how its objects were told apart: `x-keys`, beside each object that has something to tell. */
import { formatPath } from "../core/fact.js";
import type { JsonSchema, KeysMark } from "../core/json-schema.js";

/** An object of a schema whose keys are marked. */
interface MarkedKeys extends KeysMark {
  /** As `hellfact infer` shows it: `players[].items`; `.` for the fact itself. */
  readonly path: string;
}

/** Every mark in a schema, from the outside in. References are not followed. */
function* markedKeys(schema: JsonSchema | boolean, path = ""): Iterable<MarkedKeys> {
  if (typeof schema === "boolean") return;
  const mark = schema["x-keys"];
  if (mark !== undefined) yield { ...mark, path: path || "." };
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    const step = formatPath([key]);
    yield* markedKeys(inner, path === "" || step.startsWith("[") ? path + step : `${path}.${step}`);
  }
  if (schema.items !== undefined) yield* markedKeys(schema.items, `${path}[]`);
  if (schema.additionalProperties !== undefined) {
    yield* markedKeys(schema.additionalProperties, `${path}{}`);
  }
  for (const inner of schema.anyOf ?? []) yield* markedKeys(inner, path);
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

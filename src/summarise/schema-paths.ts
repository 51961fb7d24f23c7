/** Which paths a schema has, and which of them somebody may have meant. */
import { distance } from "fastest-levenshtein";
import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { shapeOf, type Alternative, type Shape } from "../schema/shape.js";
import { formatSummaryPath, type Step, type SummaryPath } from "./path.js";

/** Schemas that describe more are looked through no further. */
const MAX_PATHS = 5000;
const MAX_DEPTH = 12;
const SUGGESTIONS = 3;

interface Place {
  readonly schema: JsonSchema | boolean;
  readonly refs: ReadonlySet<string>;
}

/**
 * Throws an `InputError` with the nearest paths that there are, if facts of a schema have nothing at a path, or
 * have only objects and lists there where values are needed. What the schema leaves open may be there.
 */
export function checkPath(path: SummaryPath, schema: JsonSchema, needsValues = true): void {
  let place: Place = { schema, refs: new Set() };
  for (const step of path) {
    const shape = shapeOf(place.schema, schema, place.refs);
    if (shape === "any") return;
    const next = after(shape, step);
    if (next === "open") return;
    if (next === undefined) throw missing(path, schema);
    place = next;
  }
  if (!needsValues) return;
  const shape = shapeOf(place.schema, schema, place.refs);
  if (shape !== "any" && shape.alternatives.length > 0 && !shape.alternatives.some(isScalar)) {
    throw new InputError(
      `${formatSummaryPath(path)} is ${shape.alternatives[0]?.kind === "array" ? "a list" : "an object"}, and no value.` +
        suggestion(path, schema),
    );
  }
}

/** The paths of all values that a schema names. */
export function pathsOf(schema: JsonSchema): SummaryPath[] {
  const paths: SummaryPath[] = [];
  const visit = (place: Place, path: SummaryPath) => {
    if (paths.length >= MAX_PATHS || path.length > MAX_DEPTH) return;
    const shape = shapeOf(place.schema, schema, place.refs);
    if (shape === "any" || shape.alternatives.length === 0 || shape.alternatives.some(isScalar)) {
      if (path.length > 0) paths.push(path);
    }
    if (shape === "any") return;
    for (const step of shape.alternatives.flatMap(stepsInto)) {
      const next = after(shape, step);
      if (next !== undefined && next !== "open") visit(next, [...path, step]);
    }
  };
  visit({ schema, refs: new Set() }, []);
  return paths;
}

function stepsInto(alternative: Alternative): Step[] {
  switch (alternative.kind) {
    case "array":
      return [{ kind: "items" }];
    case "map":
      return [{ kind: "values" }];
    case "record":
      return Object.keys(alternative.schema.properties ?? {}).map((key) => ({ kind: "key", key }));
    default:
      return [];
  }
}

/** Where a step leads; "open" where the schema does not say; `undefined` where it leads nowhere. */
function after({ alternatives, refs }: Shape, step: Step): Place | "open" | undefined {
  for (const one of alternatives) {
    if (one.kind === "array" && step.kind === "items") return { schema: one.items, refs };
    // A key of a map is data: any may come.
    if (one.kind === "map" && step.kind !== "items") return { schema: one.values, refs };
    if (one.kind !== "record" || step.kind === "items") continue;
    const properties = one.schema.properties ?? {};
    if (step.kind === "key" && Object.hasOwn(properties, step.key)) {
      return { schema: properties[step.key] ?? {}, refs };
    }
    if (one.open || step.kind === "values") return "open";
  }
  return undefined;
}

function isScalar({ kind }: Alternative): boolean {
  return kind !== "array" && kind !== "map" && kind !== "record";
}

function missing(path: SummaryPath, schema: JsonSchema): InputError {
  return new InputError(`The schema has no ${formatSummaryPath(path)}.${suggestion(path, schema)}`);
}

function suggestion(path: SummaryPath, schema: JsonSchema): string {
  const written = formatSummaryPath(path).toLowerCase();
  // By the whole path, or by its last key, which people remember best.
  const last = lastKey(path);
  const nearest = pathsOf(schema)
    .map((one) => {
      const text = formatSummaryPath(one);
      const whole = distance(written, text.toLowerCase());
      const isPart = text.toLowerCase().startsWith(written) || lastKey(one) === last;
      return { text, far: isPart ? Math.min(whole, 2 + whole / 100) : whole };
    })
    .filter(({ far }) => far <= Math.max(3, written.length / 3))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, SUGGESTIONS)
    .map(({ text }) => text);
  return nearest.length === 0 ? "" : ` Did you mean ${nearest.join(", or ")}?`;
}

function lastKey(path: SummaryPath): string | undefined {
  const keys = path.flatMap((step) => (step.kind === "key" ? [step.key.toLowerCase()] : []));
  return keys.at(-1);
}

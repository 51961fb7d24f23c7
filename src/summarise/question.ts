import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { hashText } from "../sketches/index.js";
import type { AggregateKind } from "./aggregate.js";
import { formatSummaryPath, parsePath, type SummaryPath } from "./path.js";
import { checkPath } from "./schema-paths.js";

/** What is asked of facts, as it is typed. */
export interface Asked {
  /** The field whose values facts are grouped by. */
  readonly by?: string;
  readonly aggregates: readonly { readonly kind: AggregateKind; readonly path: string }[];
}

/** What is asked of facts, understood. */
export interface Question {
  readonly by: SummaryPath | undefined;
  readonly aggregates: readonly { readonly kind: AggregateKind; readonly path: SummaryPath }[];
  /** The same for the same question, however it was typed: summaries of one merge. */
  readonly text: string;
}

/**
 * Reads a question. Throws an `InputError` for what is no path, for one that the schema does not have, with the
 * nearest that it has, and for groups by what a fact can have several of.
 */
export function questionOf({ by, aggregates }: Asked, schema?: JsonSchema): Question {
  const pathOf = (text: string, needsValues: boolean) => {
    const path = parsePath(text);
    if (schema !== undefined) checkPath(path, schema, needsValues);
    return path;
  };
  const group = by === undefined ? undefined : pathOf(by, true);
  if (group?.some(({ kind }) => kind !== "key") === true) {
    throw new InputError(
      `--by ${by}: a fact can have several of these; group by a field that it has once.`,
    );
  }
  const parsed = aggregates.map(({ kind, path }) => ({
    kind,
    path: pathOf(path, kind !== "count"),
  }));
  const text = JSON.stringify({
    by: group === undefined ? null : formatSummaryPath(group),
    aggregates: parsed.map(({ kind, path }) => [kind, formatSummaryPath(path)]),
  });
  return { by: group, aggregates: parsed, text };
}

/** A name of 16 hexadecimal digits: enough that two questions have different ones. */
export function questionName({ text }: Question): string {
  return hashText(text);
}

/** The question whose text it is. Throws an `Error` for any other text. */
export function questionFromText(text: string): Question {
  const { by, aggregates } = JSON.parse(text) as {
    by: string | null;
    aggregates: [AggregateKind, string][];
  };
  return questionOf({
    ...(by !== null && { by }),
    aggregates: aggregates.map(([kind, path]) => ({ kind, path })),
  });
}

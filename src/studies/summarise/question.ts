/** The question that a summary answers. */
import { InputError } from "../../core/errors.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { readSchema } from "../../sources/schema-file.js";
import { questionOf, type Asked, type Question } from "../../summarise/index.js";
import type { Inputs } from "./inputs.js";

/**
 * The question that is asked, or that of the sketches where none is. Paths are checked by what schema there is: of
 * a file, or of the runs.
 *
 * Throws an `InputError` for a path that a schema does not have, and for a sketch of another question.
 */
export function questionFor(
  { runs, sketches }: Inputs,
  asked: Asked,
  schemaFile: string | undefined,
): Question {
  const [sketch, ...others] = sketches;
  const isAsked = asked.aggregates.length > 0 || asked.by !== undefined;
  const given = schemaFile === undefined ? undefined : readSchema(schemaFile);
  const schemas: (JsonSchema | undefined)[] =
    given === undefined ? runs.map(({ schema }) => schema) : [given];
  let question = questionOf(asked, schemas[0]);
  for (const schema of schemas.slice(1)) questionOf(asked, schema);
  if (sketch === undefined) return question;
  if (!isAsked) ({ question } = sketch.summary);
  for (const one of [sketch, ...others]) {
    const { text } = one.summary.question;
    if (text !== question.text) {
      throw new InputError(
        `${one.path} answers ${asWords(text)}, and not ${asWords(question.text)}: ask that, or leave it out.`,
      );
    }
  }
  return question;
}

/** The field that facts are grouped by, as it is typed. */
export function groupedBy({ text }: Question): string | null {
  return parsed(text).by;
}

/** A question as it is typed. */
function asWords(text: string): string {
  const { by, aggregates } = parsed(text);
  const words = aggregates.map(([kind, path]) => `--${kind} ${path}`);
  return (
    [...words, ...(by === null ? [] : [`--by ${by}`])].join(" ") ||
    "nothing but the number of facts"
  );
}

function parsed(text: string) {
  return JSON.parse(text) as { by: string | null; aggregates: [string, string][] };
}

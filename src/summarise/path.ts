import { InputError } from "../core/errors.js";

/** Where values stand in facts. Several values of one fact, where it goes into lists or maps. */
export type Step =
  | { readonly kind: "key"; readonly key: string }
  /** Every item of a list: `[]`. */
  | { readonly kind: "items" }
  /** Every value of an object whose keys are data: `*`. */
  | { readonly kind: "values" };

export type SummaryPath = readonly Step[];

/** Keys that need no quotes: what has none of the signs that mean something in a path. */
const PLAIN_KEY = /^[^.[\]"*\s][^.[\]"\s]*$/u;
/** A quoted key, with escapes as in JSON. */
const QUOTED = /"(?:[^"\\]|\\.)*"/uy;
const UNQUOTED = /[^.[\]"\s]+/uy;

/**
 * Reads a path as people write it: `player.id`, `runs[].events[].speed`, `items.*.count`. A key with dots,
 * brackets, quotes, spaces, or that is a star, is quoted as in JSON: `player."a.b"`, `"say \"hi\"".x`.
 *
 * Throws an `InputError` that shows where it is wrong.
 */
export function parsePath(text: string): SummaryPath {
  const steps: Step[] = [];
  let at = 0;
  const wrong = (what: string) =>
    new InputError(
      `"${text}" is no path: ${what} at its character ${at + 1}; right are player.id, runs[].speed, player."a.b".`,
    );
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length || steps.length === 0) {
    if (text.startsWith("[]", at)) {
      steps.push({ kind: "items" });
      at += 2;
      continue;
    }
    if (steps.length > 0) {
      if (text[at] !== ".") throw wrong("a dot or [] belongs");
      at += 1;
    }
    const quoted = match(QUOTED);
    const word = quoted ?? match(UNQUOTED);
    if (word === undefined) throw wrong("a key is missing");
    if (quoted !== undefined) steps.push({ kind: "key", key: unquoted(quoted, wrong) });
    else if (word === "*") steps.push({ kind: "values" });
    else steps.push({ kind: "key", key: word });
    at += word.length;
  }
  return steps;
}

/** A path as `parsePath` reads it. */
export function formatSummaryPath(path: SummaryPath): string {
  let text = "";
  for (const step of path) {
    if (step.kind === "items") text += "[]";
    else text += `${text === "" ? "" : "."}${step.kind === "values" ? "*" : keyText(step.key)}`;
  }
  return text;
}

function keyText(key: string): string {
  return PLAIN_KEY.test(key) ? key : JSON.stringify(key);
}

function unquoted(text: string, wrong: (what: string) => InputError): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw wrong("the quoted key is no JSON string");
  }
}

/** What every contract has in common: rules, looked at one after the other, of which the first that is broken is told. */
import { firstLine } from "../core/errors.js";

export interface Rule<Candidate> {
  /** What such a plugin does, as it stands behind "a codec". */
  readonly rule: string;
  /** Whether it holds for a plugin like this. */
  readonly isFor?: (candidate: Candidate) => boolean;
  /** How the plugin breaks it, if it does; what it throws is a breach as well. */
  readonly breach: (candidate: Candidate) => string | undefined | Promise<string | undefined>;
}

/** What a plugin breaks first, in one line; `undefined` if it keeps its contract. @param kind "a codec" */
export async function firstBreach<Candidate>(
  kind: string,
  rules: readonly Rule<Candidate>[],
  candidate: Candidate,
): Promise<string | undefined> {
  for (const { rule, isFor, breach } of rules) {
    try {
      if (isFor?.(candidate) === false) continue;
      const broken = await breach(candidate);
      if (broken !== undefined) return `${broken} (${kind} ${rule})`;
    } catch (error) {
      return `it throws "${firstLine(error)}" (${kind} ${rule})`;
    }
  }
  return undefined;
}

/** What a field must be, in words and as a test. */
export type FieldRule<Plugin> = readonly [keyof Plugin, string, (value: unknown) => boolean];

/** Which field is not what it must be. @param name what the plugin's file is called */
export function wrongFieldOf<Plugin extends { readonly name: string }>(
  plugin: Plugin,
  name: string,
  fields: readonly FieldRule<Plugin>[],
): string | undefined {
  if (plugin.name !== name) {
    return `its name is ${JSON.stringify(plugin.name)}, and its file's is "${name}"`;
  }
  const wrong = fields.find(([field, , test]) => !test(plugin[field]));
  return wrong === undefined ? undefined : `its ${String(wrong[0])} must be ${wrong[1]}`;
}

export const isText = (value: unknown) => typeof value === "string" && value !== "";
export const isFunction = (value: unknown) => typeof value === "function";
export const isTrueOrFalse = (value: unknown) => typeof value === "boolean";

/** Which of some functions an opened plugin lacks. */
export function missingFunction<Open extends object>(
  open: Open,
  names: readonly (keyof Open & string)[],
): string | undefined {
  if (typeof open !== "object" || open === null) return "what it opens is no object";
  const missing = names.find((name) => !isFunction(open[name]));
  return missing === undefined ? undefined : `what it opens has no function ${missing}`;
}

/** One event record: a JSON object. Codecs never change a fact they are given. */
export type Fact = Readonly<Record<string, unknown>>;

/** What is wrong with a fact, and at which path, in a few words; `undefined` if nothing is. */
export type FactCheck = (fact: Fact) => string | undefined;

/** Where a value stands inside a fact: object keys and array indexes, outermost first. */
export type Path = readonly (string | number)[];

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** A path as people write it: `player.id`, `runs[0].events`, `counts["a b"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!PLAIN_KEY.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** The value that stands at `path`, or `undefined` where the path leads nowhere. */
export function valueAt(fact: unknown, path: Path): unknown {
  let value: unknown = fact;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

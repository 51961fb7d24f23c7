/**
 * Conditions on facts, for people who know no SQL: `player.level > 90 and region = "eu"`. Where a path goes
 * into lists or maps, one value for which it holds is enough. What is not there fulfils nothing but `missing`.
 */
import { InputError } from "../core/errors.js";
import type { JsonSchema } from "../core/json-schema.js";
import { checkPath } from "../summarise/schema-paths.js";
import { parsePath, type SummaryPath } from "../summarise/path.js";
import { walkerOf } from "../summarise/walker.js";

type Literal = string | number | boolean | null;
type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~";

export type Condition =
  | { readonly kind: "and" | "or"; readonly all: readonly Condition[] }
  | { readonly kind: "not"; readonly inner: Condition }
  | {
      readonly kind: "compare";
      readonly path: SummaryPath;
      readonly operator: Operator;
      readonly value: Literal;
    }
  | { readonly kind: "exists" | "missing"; readonly path: SummaryPath };

const WORDS: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };
const RIGHT = `right are player.level > 90, region = "eu" and not (runs[].kills >= 100), name ~ "zoe", guild missing`;

/** Conditions inside each other: nobody means more, and all of them are on the stack at once. */
const DEEPEST = 100;
/** Characters of a condition that are told when it is wrong. */
const MOST_SHOWN = 80;

/** Reads a condition. Throws an `InputError` that says at which character it is wrong. */
export function parseCondition(text: string): Condition {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const wrong = (what: string) => {
    const at = tokens[next]?.at ?? text.length;
    const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
    return new InputError(`--where "${shown}": ${what} at its character ${at + 1}; ${RIGHT}.`);
  };
  const isWord = (word: string) => {
    const token = tokens[next];
    return token?.kind === "word" && token.text.toLowerCase() === word;
  };
  const list = (word: "and" | "or", inner: () => Condition): Condition => {
    const all = [inner()];
    while (isWord(word)) {
      next += 1;
      all.push(inner());
    }
    return all.length === 1 && all[0] !== undefined ? all[0] : { kind: word, all };
  };
  const either = (): Condition => list("or", () => list("and", single));
  const single = (): Condition => {
    if (depth++ > DEEPEST) throw wrong(`more than ${DEEPEST} conditions stand inside each other`);
    const inner = innermost();
    depth -= 1;
    return inner;
  };
  const innermost = (): Condition => {
    if (isWord("not")) {
      next += 1;
      return { kind: "not", inner: single() };
    }
    if (tokens[next]?.kind === "(") {
      next += 1;
      const inner = either();
      if (tokens[next]?.kind !== ")") throw wrong("a ) is missing");
      next += 1;
      return inner;
    }
    return comparison();
  };
  const comparison = (): Condition => {
    const token = tokens[next];
    if (token?.kind !== "word") throw wrong("a path is missing");
    const path = parsePath(token.text);
    next += 1;
    for (const kind of ["exists", "missing"] as const) {
      if (!isWord(kind)) continue;
      next += 1;
      return { kind, path };
    }
    const operator = tokens[next];
    if (operator?.kind !== "operator") throw wrong("one of = != < <= > >= ~ is missing");
    next += 1;
    const value = valueOf(tokens[next]);
    if (value === undefined) throw wrong(`a number, "text", true, false or null is missing`);
    next += 1;
    const { text: sign } = operator;
    const known = SPELLINGS[sign] ?? (sign as Operator);
    if (known === "~" && typeof value !== "string") {
      next -= 1;
      throw wrong("~ looks for a text, which stands in quotes:");
    }
    return { kind: "compare", path, operator: known, value };
  };
  const condition = either();
  if (next < tokens.length) throw wrong("and, or, or its end belongs");
  return condition;
}

const SPELLINGS: Readonly<Record<string, Operator>> = { "==": "=", "<>": "!=" };

/** Throws an `InputError` with the nearest paths if a schema has none of a condition's. */
export function checkCondition(condition: Condition, schema: JsonSchema): void {
  if ("all" in condition) condition.all.forEach((one) => checkCondition(one, schema));
  else if ("inner" in condition) checkCondition(condition.inner, schema);
  else checkPath(condition.path, schema, condition.kind === "compare");
}

/** A function that says whether a fact fulfils a condition. */
export function compiledCondition(condition: Condition): (fact: unknown) => boolean {
  switch (condition.kind) {
    case "and": {
      const all = condition.all.map(compiledCondition);
      return (fact) => all.every((one) => one(fact));
    }
    case "or": {
      const all = condition.all.map(compiledCondition);
      return (fact) => all.some((one) => one(fact));
    }
    case "not": {
      const inner = compiledCondition(condition.inner);
      return (fact) => !inner(fact);
    }
    case "exists":
      return anyAt(condition.path, (value) => value !== null);
    case "missing": {
      const exists = anyAt(condition.path, (value) => value !== null);
      return (fact) => !exists(fact);
    }
    case "compare":
      return anyAt(condition.path, comparing(condition.operator, condition.value));
  }
}

function anyAt(path: SummaryPath, test: (value: unknown) => boolean): (fact: unknown) => boolean {
  let found = false;
  const walk = walkerOf([{ path, take: (value) => (found ||= test(value)) }]);
  return (fact) => {
    found = false;
    walk(fact);
    return found;
  };
}

/** Values of another type are unequal, and neither less nor more. */
function comparing(operator: Operator, wanted: Literal): (value: unknown) => boolean {
  const isSame = (value: unknown): value is NonNullable<Literal> =>
    typeof value === typeof wanted && value !== null && wanted !== null;
  switch (operator) {
    case "=":
      return (value) => value === wanted;
    case "!=":
      return (value) => value !== wanted;
    case "<":
      return (value) => isSame(value) && value < (wanted as typeof value);
    case "<=":
      return (value) => isSame(value) && value <= (wanted as typeof value);
    case ">":
      return (value) => isSame(value) && value > (wanted as typeof value);
    case ">=":
      return (value) => isSame(value) && value >= (wanted as typeof value);
    case "~": {
      const part = String(wanted).toLowerCase();
      return (value) => typeof value === "string" && value.toLowerCase().includes(part);
    }
  }
}

interface Token {
  /** A word is a path, a number, a quoted text, or one of the words that join. */
  readonly kind: "word" | "operator" | "(" | ")";
  readonly text: string;
  readonly at: number;
}

/** Quoted stretches belong to the path around them; single quotes are for texts, as in SQL. */
const TOKEN =
  /\s*(?:([()])|([<>=!]=|<>|[=<>~])|('(?:[^']|'')*')|((?:"(?:[^"\\]|\\.)*"|[^\s()<>=!~"'])+))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) {
      const at = from + (/\S/.exec(text.slice(from))?.index ?? 0);
      throw new InputError(`--where "${text}": unknown sign at its character ${at + 1}; ${RIGHT}.`);
    }
    const [whole, bracket, operator, single, word] = found;
    const token = bracket ?? operator ?? single ?? word ?? "";
    const at = from + whole.length - token.length;
    const kind =
      bracket !== undefined ? (bracket as "(" | ")") : operator !== undefined ? "operator" : "word";
    tokens.push({ kind, text: token, at });
  }
  return tokens;
}

function valueOf(token: Token | undefined): Literal | undefined {
  if (token?.kind !== "word") return undefined;
  const { text } = token;
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (Object.hasOwn(WORDS, text.toLowerCase())) return WORDS[text.toLowerCase()];
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "number" || typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

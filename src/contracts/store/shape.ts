import type { LoadMethod, Store } from "../../core/store.js";
import { isFunction, isText, isTrueOrFalse, type FieldRule } from "../breach.js";

const TAKES: readonly unknown[] = ["rows", "ndjson", "parquet", "query"];

/** What each field of a store must be. */
export const FIELDS: readonly FieldRule<Store>[] = [
  ["url", "an example of what it is opened with", isText],
  [
    "methods",
    "a list of methods, each with name, summary, isAtomic and takes",
    (value) => Array.isArray(value) && value.length > 0 && value.every(isMethod),
  ],
  ["lookUps", "a list of ways to look up, each with name and summary", isNamedList],
  ["defaultMethod", "the name of a method", isText],
  [
    "jsonKinds",
    "a list of names, at least one",
    (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  ],
  ["documentText", "a function", isFunction],
  ["driver", "a function", isFunction],
  ["open", "a function", isFunction],
];

function isMethod(value: unknown): boolean {
  const { name, summary, isAtomic, takes } = Object(value) as Partial<LoadMethod>;
  return isText(name) && isText(summary) && isTrueOrFalse(isAtomic) && TAKES.includes(takes);
}

function isNamedList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => {
      const { name, summary } = Object(one) as { readonly name?: unknown; summary?: unknown };
      return isText(name) && isText(summary);
    })
  );
}

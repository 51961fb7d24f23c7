import { RE2JS } from "re2js";
import { firstLine } from "../core/errors.js";

/**
 * A pattern of a schema, matched in time that is linear in the text, by RE2's automata: somebody else may have
 * written both. JavaScript's own engine takes `^(a+)+$` to 40 characters as long as a day.
 *
 * Throws a `SyntaxError` for what has no such automaton: looking ahead, back references, counts over 1,000.
 */
export function linearPattern(pattern: string, flags: string) {
  const regExp = compiled(pattern, flags);
  return { test: (text: string) => regExp.test(text), toString: () => `/${pattern}/${flags}` };
}

function compiled(pattern: string, flags: string): RE2JS {
  const asked = new RegExp(pattern, flags); // its own words for what is no pattern at all
  try {
    return RE2JS.compile(RE2JS.translateRegExp(asked));
  } catch (error) {
    throw new SyntaxError(
      `the pattern ${pattern} cannot be matched in linear time (${firstLine(error).replace(/^error parsing regexp: /, "")}); write it without looking ahead or back, and with counts up to 1000`,
      { cause: error },
    );
  }
}

/** What ajv writes into code that stands alone, which is never done here. */
linearPattern.code = "";

/** Keys that tell by their looks that they are data, or that they cannot be fields. */

const LONGEST_NAME = 200;
const SOME_KEYS = 8;

/** Keys that no class of objects should have as a field, whatever they mean. */
const NEVER_FIELDS = new Set(["__proto__", "$unknowns"]);

/** Numbers, dates, UUIDs, ULIDs, long hexadecimal: nobody calls a field so. */
const DATA =
  /^(?:-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d.*|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=.*\d)[\da-f]{16,}|(?=.*\d)[0-9a-hjkmnp-tv-z]{26})$/i;

/** Languages (`de`, `pt-BR`), countries and currencies (`DE`, `EUR`): data, if all of them are. */
const CODES = /^(?:[a-z]{2}(?:[-_](?:[A-Z]{2}|[A-Z][a-z]{3}|\d{3}))?|[A-Z]{2,3})$/;

export function neverField(key: string): boolean {
  return NEVER_FIELDS.has(key) || key.length > LONGEST_NAME;
}

/** What is wrong with a key as a field's name, in a few words. */
export function oddness(key: string): string {
  return key.length > LONGEST_NAME ? "very long" : key;
}

export function looksLikeData(key: string): boolean {
  return DATA.test(key);
}

/**
 * What keys have in common that only data has: all are codes of languages, countries or currencies; or
 * all are a few words and a number (`user17`, `exp_003`). `undefined` for names.
 */
export function commonLooks(keys: readonly string[]): string | undefined {
  if (keys.length < SOME_KEYS) return undefined;
  if (keys.every((key) => CODES.test(key))) return `codes such as ${keys[0]}`;
  if (!keys.every((key) => /\d/.test(key))) return undefined;
  const patterns = new Set(keys.map((key) => key.replaceAll(/\d+/g, "0")));
  return patterns.size <= keys.length / SOME_KEYS ? `numbered, such as ${keys[0]}` : undefined;
}

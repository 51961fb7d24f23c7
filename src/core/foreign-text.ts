/**
 * What came from elsewhere (data, names of files, documents) and is about to be printed: one function for each
 * place where text means more than itself. Each takes a text, or any value with texts in it, and returns
 * a copy in which every text, and every key, is safe there.
 */

/**
 * What moves a cursor, changes colours or the order of what is read, or begins a line: C0 and C1 controls,
 * line and paragraph separators, marks and overrides of direction (UAX #9).
 */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** For a terminal: controls as they are escaped in JSON. */
export function forTerminal<T>(value: T): T {
  return mapped(value, visible);
}

/** For Markdown, in a table and outside: no HTML, no links, no code, no end of a line. */
export function forMarkdown<T>(value: T): T {
  return mapped(value, (text) =>
    visible(text)
      .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replace(/[[\]`]/g, "\\$&"),
  );
}

/** A line of JSON, or several: the same value, with escapes in place of what a terminal would obey. */
export function jsonText(value: unknown, indent = 0): string {
  // What begins a line in a text is an escape already; other ends of lines are of the indentation.
  return JSON.stringify(value, null, indent).replace(CONTROLS, (sign) =>
    sign === "\n" ? sign : unicodeEscape(sign),
  );
}

/** For CSV, which spreadsheets open: nothing that one would take for a formula. */
export function forCsv<T>(value: T): T {
  return mapped(value, (text) => visible(text).replace(/^[=+\-@]/, "'$&"));
}

function unicodeEscape(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function visible(text: string): string {
  return text.replace(CONTROLS, (sign) => {
    const code = sign.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : unicodeEscape(sign);
  });
}

function mapped<T>(value: T, safe: (text: string) => string): T {
  if (typeof value === "string") return safe(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapped(one, safe)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [safe(key), mapped(one as unknown, safe)]),
  ) as T;
}

const MAX_CHARACTERS = 36;

/** A value in a few words, for a footnote: `null`, `the string "\u0000"`, `an object of 3 keys`. */
export function say(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return shortened(`${value}n`);
    case "string":
      return value.length > MAX_CHARACTERS
        ? `a string of ${value.length} characters`
        : escaped(JSON.stringify(value));
    case "object":
      return value === null ? "null" : sayObject(value);
    case "undefined":
    case "boolean":
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}

function sayObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Date) return `the Date ${Number(value)}`;
  if (ArrayBuffer.isView(value)) {
    return `a ${classOf(value)} of ${value.byteLength} bytes`;
  }
  const keys = Object.keys(value);
  const kind = classOf(value) === "Object" ? "an object" : `a ${classOf(value)}`;
  return keys.length === 0 ? `${kind} without keys` : shortened(`${kind} of ${keys.join(", ")}`);
}

/** The class that matters to whoever gets the value: what a library builds plain objects of does not. */
export function classOf(value: object): string {
  if (Buffer.isBuffer(value)) return "Buffer";
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag;
}

/** Characters that a terminal does not show, as escapes. */
function escaped(text: string): string {
  return text.replaceAll(
    /[\u007f-\u009f\ufffd]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function shortened(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

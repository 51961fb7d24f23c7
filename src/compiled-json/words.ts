/**
 * Statements that store constant bytes in as few steps as there are: eight at a time as a double,
 * whose bits are the bytes, then four, two and one. Nothing of the text but numbers gets into the code.
 */

export interface Stores {
  readonly code: string;
  readonly length: number;
}

/** Eight zeros behind the longest text that is stored. */
const SPARE = 8;
const encoder = new TextEncoder();
let scratch = new Uint8Array(1024);
let view = new DataView(scratch.buffer);

/** Stores `text` in UTF-8 from `p` on; up to three bytes behind it may be overwritten. */
export function storeText(text: string): Stores {
  const most = text.length * 3 + SPARE;
  if (most > scratch.length) {
    scratch = new Uint8Array(most);
    view = new DataView(scratch.buffer);
  }
  const length = encoder.encodeInto(text, scratch).written;
  scratch.fill(0, length, length + SPARE);
  const statements: string[] = [];
  for (let offset = 0; offset < length;) {
    const left = length - offset;
    const at = offset === 0 ? "p" : `p + ${offset}`;
    // Bytes above 127 could make a NaN, whose bits need not last.
    if (left > 4 && (length === text.length || isAscii(offset))) {
      statements.push(`view.setFloat64(${at}, ${view.getFloat64(offset, true)}, true);`);
      offset += 8;
    } else if (left > 1) {
      statements.push(`view.setInt32(${at}, ${view.getInt32(offset, true)}, true);`);
      offset += 4;
    } else {
      statements.push(`bytes[${at}] = ${scratch[offset]};`);
      offset += 1;
    }
  }
  return { code: statements.join(" "), length };
}

/** Whether the eight bytes from an offset on are. */
function isAscii(offset: number): boolean {
  return scratch.subarray(offset, offset + 8).every((byte) => byte < 128);
}

/** A string as a JavaScript literal that can stand anywhere in a script, also in one inside HTML. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029<>/\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key for people to read in a comment: whatever could end one is left out. */
export function remark(key: string): string {
  return key.replace(/[^\w .:-]/g, "?").slice(0, 40);
}

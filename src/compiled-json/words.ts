/**
 * Statements that store constant bytes in as few steps as there are: eight at a time as a double,
 * whose bits are the bytes, then four, two and one. Nothing of the text but numbers gets into the code.
 */

export interface Stores {
  readonly code: string;
  readonly length: number;
}

/** Stores `text` in UTF-8 from `p` on; up to three bytes behind it may be overwritten. */
export function storeText(text: string): Stores {
  const bytes = Buffer.from(text);
  const padded = Buffer.concat([bytes, Buffer.alloc(8)]);
  const statements: string[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const left = bytes.length - offset;
    const at = offset === 0 ? "p" : `p + ${offset}`;
    // Bytes above 127 could make a NaN, whose bits need not last.
    if (left > 4 && padded.subarray(offset, offset + 8).every((byte) => byte < 128)) {
      statements.push(`view.setFloat64(${at}, ${padded.readDoubleLE(offset)}, true);`);
      offset += 8;
    } else if (left > 1) {
      statements.push(`view.setInt32(${at}, ${padded.readInt32LE(offset)}, true);`);
      offset += 4;
    } else {
      statements.push(`bytes[${at}] = ${bytes[offset]};`);
      offset += 1;
    }
  }
  return { code: statements.join(" "), length: bytes.length };
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

/**
 * Rows in the binary format of COPY (PostgreSQL's manual, COPY, "Binary Format"): numbers as they are
 * in memory, most significant byte first, each value behind its length.
 */
import type { Row, TableShape, Value } from "../../core/store.js";
import type { CopyBytes } from "./copy-bytes.js";
import { wireTypes, type WireType } from "./types.js";

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const NULL_LENGTH = -1;
/** Up to this length the loop is quicker than the call of a native function. */
const SHORT_TEXT = 28;
const TWO_32 = 2 ** 32;
/** A character takes three bytes at most: those beyond take four, and are two of JavaScript's. */
const MOST_BYTES_A_CHARACTER = 3;
/** What jsonb begins with: the version of its format. */
const JSONB_VERSION = 1;

/** Writes what a binary COPY begins with. */
export function beginBinary(out: CopyBytes): void {
  out.room(SIGNATURE.length);
  SIGNATURE.copy(out.slab, out.at);
  out.at += SIGNATURE.length;
}

/** Writes what it ends with. */
export function endBinary(out: CopyBytes): void {
  out.room(2);
  out.view.setInt16(out.at, -1);
  out.at += 2;
}

/** Makes what writes a row of a table. */
export function binaryRows(table: TableShape): (out: CopyBytes, row: Row) => void {
  const types = wireTypes(table);
  const width = types.length;
  return (out, row) => {
    out.room(2);
    out.view.setInt16(out.at, width);
    out.at += 2;
    for (let column = 0; column < width; column++) {
      const value = row[column];
      if (value === null || value === undefined) {
        out.room(4);
        out.view.setInt32(out.at, NULL_LENGTH);
        out.at += 4;
      } else {
        writeValue(out, types[column] as WireType, value);
      }
    }
  };
}

function writeValue(out: CopyBytes, type: WireType, value: Value): void {
  switch (type) {
    case "integer":
      out.room(8);
      out.view.setInt32(out.at, 4);
      out.view.setInt32(out.at + 4, value as number);
      out.at += 8;
      return;
    case "bigint":
      out.room(12);
      out.view.setInt32(out.at, 8);
      if (typeof value === "bigint") {
        out.view.setBigInt64(out.at + 4, value);
      } else {
        const whole = value as number;
        out.view.setInt32(out.at + 4, Math.floor(whole / TWO_32));
        out.view.setUint32(out.at + 8, whole >>> 0);
      }
      out.at += 12;
      return;
    case "double":
      out.room(12);
      out.view.setInt32(out.at, 8);
      out.view.setFloat64(out.at + 4, value as number);
      out.at += 12;
      return;
    case "boolean":
      out.room(5);
      out.view.setInt32(out.at, 1);
      out.slab[out.at + 4] = value === true ? 1 : 0;
      out.at += 5;
      return;
    case "bytes":
      writeBytes(out, value as Uint8Array);
      return;
    case "text":
    case "text-bytes":
      writeText(out, value as string, 0);
      return;
    case "jsonb":
      writeText(out, value as string, 1);
  }
}

function writeBytes(out: CopyBytes, bytes: Uint8Array): void {
  out.room(4 + bytes.length);
  out.view.setInt32(out.at, bytes.length);
  out.slab.set(bytes, out.at + 4);
  out.at += 4 + bytes.length;
}

/** @param versions bytes of a version before the text: one, or none */
function writeText(out: CopyBytes, text: string, versions: 0 | 1): void {
  const { length } = text;
  out.room(4 + versions + MOST_BYTES_A_CHARACTER * length);
  const start = out.at + 4;
  if (versions === 1) out.slab[start] = JSONB_VERSION;
  const written = versions + textAt(out.slab, text, start + versions);
  out.view.setInt32(out.at, written);
  out.at = start + written;
}

/** Puts text as UTF-8 at a place that has room for it; returns how many bytes it took. */
function textAt(slab: Buffer, text: string, at: number): number {
  const { length } = text;
  if (length > SHORT_TEXT) return slab.write(text, at, "utf8");
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return slab.write(text, at, "utf8");
    slab[at + index] = unit;
  }
  return length;
}

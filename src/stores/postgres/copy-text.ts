/** Rows in the text format of COPY: values with tabs between them, a row a line. */
import type { Row, TableShape, Value } from "../../core/store.js";
import type { CopyBytes } from "./copy-bytes.js";
import { wireTypes, type WireType } from "./types.js";

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

/** Makes what writes a row of a table. */
export function textRows(table: TableShape): (out: CopyBytes, row: Row) => void {
  const types = wireTypes(table);
  return (out, row) => {
    let line = "";
    for (let column = 0; column < types.length; column++) {
      if (column > 0) line += "\t";
      const value = row[column];
      line +=
        value === null || value === undefined ? "\\N" : textOf(types[column] as WireType, value);
    }
    line += "\n";
    out.room(3 * line.length);
    out.at += out.slab.write(line, out.at, "utf8");
  };
}

function textOf(type: WireType, value: Value): string {
  switch (type) {
    case "integer":
    case "bigint":
      return String(value);
    case "double":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
      return value === true ? "t" : "f";
    case "bytes":
      return `\\\\x${Buffer.from(value as Uint8Array).toString("hex")}`;
    case "text-bytes":
      return `\\\\x${Buffer.from(value as string).toString("hex")}`;
    case "text":
    case "jsonb":
      return escaped(value as string);
  }
}

function escaped(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
}

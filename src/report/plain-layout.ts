/**
 * Tables and sentences of signs that are all one column wide, laid out as `layout.ts` does it: without the
 * libraries that know of others, which take a process longer to load than all the rest of a short answer.
 */
import { hanging } from "./screen.js";

/** No backslash: in JSON it stands for signs that are not. */
const PLAIN = /^[ -[\]-~\u00a0±·×–—…−≤≥]*$/;

/** Whether text, or JSON, has no signs but those. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** `wrapped` of plain text. */
export function wrappedPlain(sentence: string): string[] {
  return hanging(sentence, (text, columns) => {
    const rows = [""];
    for (const [at, word] of text.split(" ").entries()) {
      let row = (rows.pop() ?? "").trimStart();
      if (at > 0 && row !== "") row += " ";
      if (row !== "" && word !== "" && row.length + word.length > columns) {
        rows.push(row);
        row = "";
      }
      rows.push(row + word);
    }
    return rows.map((row) => row.replace(/ +$/, ""));
  });
}

/** The lines of a borderless table of plain cells. */
export function plainTable(
  rows: readonly (readonly string[])[],
  { gap, aligns }: { readonly gap: number; readonly aligns: readonly ("left" | "right")[] },
): string[] {
  const widths = aligns.map((_, column) =>
    Math.max(1, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? "";
        return aligns[column] === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(" ".repeat(gap)),
  );
}

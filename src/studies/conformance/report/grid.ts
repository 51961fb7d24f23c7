import { LINE_WIDTH } from "../../../report/layout.js";

/** A table of marks: many narrow columns, and footnotes for what a mark cannot say. */
export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

interface GridRow {
  readonly name: string;
  /** One for each column. */
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly mark: string;
  /** What the mark is about; told once below the table, however many cells say it. */
  readonly note: string | null;
}

/** A mark, and two digits of a footnote's number. */
const CELL_WIDTH = 5;

/** The footnotes of a grid, numbered from 1 in the order in which a reader meets them. */
export function footnotes({ rows }: Grid): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { cells } of rows) {
    for (const { note } of cells) {
      if (note !== null && !numbers.has(note)) numbers.set(note, numbers.size + 1);
    }
  }
  return numbers;
}

/** A cell with its footnote's number: `≠3`. */
export function cellText({ mark, note }: GridCell, numbers: ReadonlyMap<string, number>): string {
  return note === null ? mark : `${mark}${numbers.get(note) ?? ""}`;
}

/**
 * A grid for a terminal, without its footnotes. The columns' names stand above them as a stair,
 * because they are longer than the columns are wide; where there are too many columns for the
 * screen, another grid follows with the others.
 */
export function gridLines(grid: Grid, numbers: ReadonlyMap<string, number>): string[] {
  const nameWidth = Math.max(...[...grid.columns, ...grid.rows.map(({ name }) => name)].map(width));
  const most = Math.floor((LINE_WIDTH - 2 - nameWidth) / CELL_WIDTH);
  const lines: string[] = [];
  for (let first = 0; first < grid.columns.length; first += most) {
    const columns = grid.columns.slice(first, first + most);
    if (first > 0) lines.push("");
    lines.push(...stair(columns, nameWidth));
    for (const { name, cells } of grid.rows) {
      const texts = cells.slice(first, first + most).map((cell) => cellText(cell, numbers));
      const gap = " ".repeat(nameWidth - width(name) + 2);
      lines.push(`${name}${gap}${texts.map((text) => text.padEnd(CELL_WIDTH)).join("")}`.trimEnd());
    }
  }
  return lines;
}

/** The last name first, so that each name stands free to the left of its own column. */
function stair(names: readonly string[], nameWidth: number): string[] {
  return names
    .map((name, index) => {
      const before = `${name} `.padStart(nameWidth + 2 + index * CELL_WIDTH);
      const after = `${" ".repeat(CELL_WIDTH - 1)}│`.repeat(names.length - 1 - index);
      return `${before}┐${after}`;
    })
    .toReversed();
}

/** Columns that a text takes on a screen, for the letters that occur here: no wide ones. */
function width(text: string): number {
  return text.length;
}

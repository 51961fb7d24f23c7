const POSITION_DIGITS = 12;

/** The name of the part that begins at a position, without its ending. Names sort as parts do. */
export function partName(from: number): string {
  return `part-${String(from).padStart(POSITION_DIGITS, "0")}`;
}

/** Names of the files that a run makes for its parts, whole or not. */
export const PART_FILE = /^part-\d{12,16}\./;

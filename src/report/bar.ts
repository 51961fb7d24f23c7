/** Bars made of characters. */

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar of at most so many characters.
 *
 * @param share from 0 to 1 of the whole width
 * @param fine by eighths of a character, which a log file may not show; else by whole ones
 */
export function barText(share: number, width: number, fine: boolean): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  if (!fine) return "#".repeat(Math.max(eighths > 0 ? 1 : 0, Math.round(eighths / 8)));
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}

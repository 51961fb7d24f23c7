import { NEWLINE } from "./lines.js";

const SPACE = 0x20;

/**
 * A message as whole lines, each with its newline: facts are one a message, or a line each. JSON that was written
 * over several lines becomes one.
 */
export function messageLines(data: Uint8Array): { readonly bytes: Buffer; readonly count: number } {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const first = bytes.indexOf(NEWLINE);
  if (first === bytes.length - 1 && first !== -1) return { bytes, count: 1 };
  const end = bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length;
  const lines = Buffer.allocUnsafe(end + 1);
  bytes.copy(lines, 0, 0, end);
  lines[end] = NEWLINE;
  if (first === -1) return { bytes: lines, count: 1 };
  if (isValue(bytes.toString("utf8", 0, first))) {
    let count = 0;
    for (let at = lines.indexOf(NEWLINE); at !== -1; at = lines.indexOf(NEWLINE, at + 1))
      count += 1;
    return { bytes: lines, count };
  }
  // No text in JSON has a newline in it.
  for (let at = lines.indexOf(NEWLINE); at < end; at = lines.indexOf(NEWLINE, at + 1)) {
    lines[at] = SPACE;
  }
  return { bytes: lines, count: 1 };
}

function isValue(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A problem whose line number is the number of a message, and whose bytes are those of a file that nobody knows. */
export function asMessage(path: string, problem: string): string {
  if (!problem.startsWith(`${path} line `)) return problem;
  const rest = problem.slice(path.length);
  return path + rest.replace(/^ line (\d+)(?:, byte \d+)?/, " message $1");
}

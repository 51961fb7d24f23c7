import { execFile } from "node:child_process";
import { InputError } from "../../../../core/errors.js";
import { guard } from "../../../../process/guardian.js";

const LAST_LINES = 4;

/** Runs a command in a folder; resolves with what it printed. */
export function runCommand(
  folder: string,
  program: string,
  words: readonly string[],
  what: string,
): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      program,
      words,
      { cwd: folder, maxBuffer: 1 << 26 },
      (error: Error | null, stdout: string, stderr: string) => {
        if (error === null) return done(stdout);
        fail(new InputError(`${what}: ${lastLines(`${stdout}\n${stderr}`) || error.message}`));
      },
    );
    guard(child);
  });
}

/** What a command said last, on one line. */
function lastLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^npm (?:warn|error A complete log)/.test(line))
    .slice(-LAST_LINES)
    .join(" | ");
}

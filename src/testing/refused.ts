/** Command lines that end before they have begun anything: many of them in one process. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Finished } from "./command.js";

const HOST = join(import.meta.dirname, "refusing.mjs");
const PROGRAM = resolve(import.meta.dirname, "../../dist/src/cli/program.js");

let ask: ((line: string) => Promise<string>) | undefined;

/**
 * What the built command line says to words that it refuses. Starting it takes a hundred times as long as refusing
 * does: all that a file of tests asks is asked of one process.
 */
export async function refused(
  words: readonly string[],
  { cwd = process.cwd() }: { readonly cwd?: string } = {},
): Promise<Finished> {
  ask ??= started();
  return JSON.parse(await ask(JSON.stringify({ words, cwd }))) as Finished;
}

/** Starts the process, which ends with this one. */
function started(): (line: string) => Promise<string> {
  const { stdin, stdout } = spawn(process.execPath, [HOST, PROGRAM], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  return async (line) => {
    const answered = last.then(async () => {
      stdin.write(`${line}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`it ended over ${line}`);
      return value;
    });
    last = answered.catch(() => undefined);
    return answered;
  };
}

import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";

const MAIN = resolve(import.meta.dirname, "../../dist/src/cli/main.js");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Called with each piece of standard error as it comes, and the process. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  readonly onSpawn?: (pid: number) => void;
  /** Sends a signal when the process has run for a while, or that long after something happened. */
  readonly kill?: {
    readonly signal: NodeJS.Signals;
    readonly afterMilliseconds: number;
    readonly once?: () => boolean;
  };
  /** A built tree other than this project's own. */
  readonly main?: string;
}

/** Runs the built command line as a user would, and waits for its end. */
export function hellfact(
  words: readonly string[],
  options: CommandOptions = {},
): Promise<Finished> {
  return run(process.execPath, [options.main ?? MAIN, ...words], options);
}

/** Runs a line of shell in which `hellfact` is the built command, and `$MAIN` its file. */
export function shell(line: string, options: CommandOptions = {}): Promise<Finished> {
  return run(
    "bash",
    ["-c", `MAIN="${MAIN}"; hellfact() { "${process.execPath}" "$MAIN" "$@"; }; ${line}`],
    options,
  );
}

function run(
  program: string,
  words: readonly string[],
  { cwd, env, onStderr, onSpawn, kill }: CommandOptions,
): Promise<Finished> {
  return new Promise((done) => {
    const child = spawn(program, words, {
      cwd,
      // No colours, no CI habits: what a plain user has.
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    });
    if (child.pid !== undefined) onSpawn?.(child.pid);
    if (kill !== undefined) killLater(child, kill);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onStderr?.(text, (signal) => child.kill(signal));
    });
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

const LOOK_MILLISECONDS = 20;

function killLater(
  child: ChildProcess,
  { signal, afterMilliseconds, once = () => true }: NonNullable<CommandOptions["kill"]>,
): void {
  const look = setInterval(() => {
    if (!once()) return;
    clearInterval(look);
    setTimeout(() => child.kill(signal), afterMilliseconds);
  }, LOOK_MILLISECONDS);
  child.once("close", () => clearInterval(look));
}

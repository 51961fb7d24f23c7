import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { InputError } from "../core/errors.js";
import { launchFlags } from "./families.js";
import type { Identity, Runtime } from "./runtime.js";

const SCRIPT = fileURLToPath(new URL("./identify-process.js", import.meta.url));
const PATIENCE_MILLISECONDS = 20_000;

/**
 * Runs a binary to learn what it is.
 *
 * Rejects with an `InputError` if it is not there, cannot be run, or is no JavaScript runtime.
 */
export async function identify(binary: string): Promise<Runtime> {
  const identity = await ask(binary);
  return {
    name: `${identity.family}@${identity.version}`,
    ...identity,
    binary,
    flags: launchFlags(identity.family),
    environment: {},
  };
}

async function ask(binary: string): Promise<Identity> {
  let stdout: string;
  try {
    ({ stdout } = await promisify(execFile)(binary, [SCRIPT], {
      timeout: PATIENCE_MILLISECONDS,
      encoding: "utf8",
      // Flags for this process are not meant for that one.
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    }));
  } catch (error) {
    throw new InputError(`${binary}: ${whyNot(error as NodeJS.ErrnoException)}`);
  }
  const { hellfact, family, version, engine } = parsed(stdout);
  if (hellfact !== "runtime" || family === undefined || !version || !engine)
    throw noRuntime(binary);
  return { family, version, engine };
}

function parsed(stdout: string): Partial<Identity> & { hellfact?: string } {
  try {
    return Object(JSON.parse(stdout)) as Partial<Identity>;
  } catch {
    return {};
  }
}

function noRuntime(binary: string): InputError {
  return new InputError(`${binary}: ${NO_RUNTIME}`);
}

const NO_RUNTIME =
  "it runs, and is no JavaScript runtime. It takes the path of a node, bun or deno binary.";

function whyNot({ code }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
      return "there is no such file. It takes the path of a node, bun or deno binary.";
    case "EACCES":
      return "this user may not run it (a folder, or chmod +x is missing).";
    case "ENOEXEC":
      return "it is not a program for this machine.";
    default:
      return NO_RUNTIME;
  }
}

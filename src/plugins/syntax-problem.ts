import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * Where a file of somebody's breaks the syntax, as ` line 5: Expected ','`. An error of an import does not tell
 * its line to the program that imports. `undefined` if it is not this file that breaks it.
 */
export async function syntaxProblem(file: string): Promise<string | undefined> {
  return /\.[cm]?ts$/.test(file) ? inTypeScript(file) : inJavaScript(file);
}

async function inTypeScript(file: string): Promise<string | undefined> {
  const { transform } = await import("@swc/wasm-typescript");
  try {
    await transform(await readFile(file, "utf8"), { mode: "strip-only", module: true });
    return undefined;
  } catch (error) {
    const { message, startLine } = error as { readonly message?: string; startLine?: number };
    return startLine === undefined
      ? undefined
      : ` line ${startLine}: ${message ?? "not TypeScript"}`;
  }
}

/** `node --check` begins with the file and the line, and tells the error some lines below. */
async function inJavaScript(file: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, ["--check", file], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: string };
    const line = /^.*:(\d+)$/m.exec(stderr)?.[1];
    const message = /^SyntaxError: (.*)$/m.exec(stderr)?.[1];
    return line === undefined || message === undefined ? undefined : ` line ${line}: ${message}`;
  }
}

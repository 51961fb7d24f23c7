import { existsSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { firstLine, InputError } from "../core/errors.js";

/**
 * What a file exports, TypeScript included. Rejects with an `InputError` if it does not load.
 *
 * @param file an absolute path
 */
export async function importModule(file: string): Promise<Record<string, unknown>> {
  if (!existsSync(file)) throw new InputError(`${file}: there is no such file.`);
  if (/\.[cm]?ts$/.test(file)) understandTypeScript();
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const place = error instanceof SyntaxError ? await placeIn(file) : undefined;
    throw new InputError(`${file}${place ?? ` does not load: ${firstLine(error)}`}`, {
      cause: error,
    });
  }
}

/** Loaded where something is wrong only: it brings what starts processes. */
async function placeIn(file: string): Promise<string | undefined> {
  return (await import("./syntax-problem.js")).syntaxProblem(file);
}

/** The default export of a file, which is a plugin of a kind. Rejects with an `InputError` if there is none. */
export async function importPlugin<P>(file: string, kind: string): Promise<P> {
  const { default: plugin } = await importModule(file);
  if (typeof plugin === "object" && plugin !== null) return plugin as P;
  throw new InputError(`${file} has no ${kind} as its default export.`);
}

let understood = false;

/** Lets this process import TypeScript, where the runtime does not do so by itself. */
function understandTypeScript(): void {
  const features = process.features as { readonly typescript?: unknown };
  const isUnderstood = Boolean(features.typescript) || "Bun" in globalThis || "Deno" in globalThis;
  if (understood || isUnderstood) return;
  register(new URL("./typescript-hook.js", import.meta.url));
  understood = true;
}

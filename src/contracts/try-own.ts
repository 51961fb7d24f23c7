/** A file of a user's, put to the test in a process of its own, which may die or hang. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { pluginNames } from "../plugins/catalog.js";
import { nameOfFile } from "../plugins/own-file.js";
import { askOnce } from "../process/client.js";
import { LIMITS } from "./limits.js";

/** What became of it: what the plugin says of itself, or how it breaks its contract. */
export type Tried<Described> =
  | { readonly described: Described }
  | {
      /** In one line, which names the file. */
      readonly problem: string;
    };

/** What is asked of a process that tries plugins. */
export interface OwnQuestion {
  /** An absolute path. */
  readonly file: string;
  /** What stands behind the file on the command line. */
  readonly rest?: string | undefined;
}

/** A file that keeps its contract, and what its plugin says of itself. */
export interface Kept<Described> {
  /** An absolute path. */
  readonly file: string;
  readonly described: Described;
}

/** Throws an `InputError` where a plugin of this tool has the name of a user's file. */
export function refuseTaken(
  room: Parameters<typeof pluginNames>[0],
  kind: string,
  file: string,
): void {
  const name = nameOfFile(file);
  if (!pluginNames(room).includes(name)) return;
  throw new InputError(`${file}: there is a ${kind} ${name} already. Give the file another name.`);
}

/**
 * Lets a process try what a file exports. Rejects with an `InputError` that says in one line what is wrong.
 *
 * @param file as it was typed
 * @param script of the process
 */
export async function tryOwn<Described>(
  script: URL,
  file: string,
  rest?: string,
): Promise<Kept<Described>> {
  const absolute = resolve(file);
  if (!existsSync(absolute)) throw new InputError(`${file}: there is no such file.`);
  const asked = await askOnce<Tried<Described>>(
    script,
    { file: absolute, rest } satisfies OwnQuestion,
    LIMITS,
  );
  const asTyped = (text: string) => new InputError(text.replaceAll(absolute, file));
  if ("reason" in asked) {
    throw asTyped(asked.failure === undefined ? `${absolute}: ${asked.reason}.` : asked.reason);
  }
  if ("problem" in asked.answer) throw asTyped(asked.answer.problem);
  return { file: absolute, described: asked.answer.described };
}

import { existsSync } from "node:fs";
import { InputError } from "../core/errors.js";
import { askOnce } from "../process/client.js";
import { storeChoice, type StoreChoice } from "./load-store.js";

/** What a file of somebody else may take to be loaded. */
const LIMITS = { patienceSeconds: 10, maxMegabytes: 1024 };

/**
 * The store that a user names. A file of the user's own is loaded in a process of its own first, which may die or hang.
 *
 * Rejects with an `InputError` that says in one line what is wrong.
 */
export async function checkedStore(text: string): Promise<StoreChoice> {
  const choice = storeChoice(text);
  const { storeFile } = choice;
  if (storeFile === undefined) return choice;
  if (!existsSync(storeFile)) throw new InputError(`${storeFile}: there is no such file.`);
  const script = new URL("./store-process.js", import.meta.url);
  const asked = await askOnce<string | null>(script, storeFile, LIMITS);
  if ("reason" in asked) {
    throw new InputError(
      asked.failure === undefined ? `${storeFile}: ${asked.reason}.` : asked.reason,
    );
  }
  if (asked.answer !== null) throw new InputError(`${storeFile} ${asked.answer}.`);
  return choice;
}

import { resolve } from "node:path";
import type { Store } from "../core/store.js";
import { loadPlugin, pluginNames } from "./catalog.js";
import { importPlugin } from "./import-module.js";
import { ownFile } from "./own-file.js";

/** A store by its URL, one of this tool or of a user's own file. */
export interface StoreChoice {
  /** `sqlite:facts.db`; for a file of the user's, whatever it takes behind the file's name. */
  readonly url: string;
  /** An absolute path. */
  readonly storeFile?: string;
}

/** What `--store` names: `sqlite:FILE`, `postgres://…`, `./my-store.ts:URL`, or a store's name alone. */
export function storeChoice(text: string): StoreChoice {
  const own = ownFile(text);
  return own === undefined ? { url: text } : { url: own.rest ?? "", storeFile: resolve(own.file) };
}

/** Whether a text names a store and a place in it, and not a sink. */
export function isStoreUrl(text: string): boolean {
  const scheme = text.split(":", 1)[0] ?? "";
  const name = scheme === "postgresql" ? "postgres" : scheme;
  return ownFile(text) !== undefined || (text !== scheme && pluginNames("stores").includes(name));
}

/** Loads a store. Rejects as `loadPlugin` does, and with an `InputError` if a file holds none. */
export async function loadStore({ url, storeFile }: StoreChoice): Promise<Store> {
  if (storeFile === undefined) {
    const scheme = url.split(":", 1)[0] ?? "";
    return loadPlugin("stores", scheme === "postgresql" ? "postgres" : scheme);
  }
  return importPlugin<Store>(storeFile, "store");
}

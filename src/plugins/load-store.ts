import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import type { Store } from "../core/store.js";
import { loadPlugin, pluginNames } from "./catalog.js";
import { importModule } from "./import-module.js";

/** A store by its URL, one of this tool or of a user's own file. */
export interface StoreChoice {
  /** `sqlite:facts.db`; for a file of the user's, whatever it takes behind the file's name. */
  readonly url: string;
  /** An absolute path. */
  readonly storeFile?: string;
}

const OWN_FILE = /^(.+\.[cm]?[jt]s)(?::(.*))?$/;

/** What `--store` names: `sqlite:FILE`, `postgres://…`, `./my-store.ts:URL`, or a store's name alone. */
export function storeChoice(text: string): StoreChoice {
  const [, file, rest = ""] = OWN_FILE.exec(text) ?? [];
  if (file === undefined || /^[a-z]{2,}:/.test(text)) return { url: text };
  return { url: rest, storeFile: resolve(file) };
}

/** Whether a text names a store and a place in it, and not a sink. */
export function isStoreUrl(text: string): boolean {
  const scheme = text.split(":", 1)[0] ?? "";
  const name = scheme === "postgresql" ? "postgres" : scheme;
  return OWN_FILE.test(text) || (text !== scheme && pluginNames("stores").includes(name));
}

/** Loads a store. Rejects as `loadPlugin` does, and with an `InputError` if a file holds none. */
export async function loadStore({ url, storeFile }: StoreChoice): Promise<Store> {
  if (storeFile === undefined) {
    const scheme = url.split(":", 1)[0] ?? "";
    return loadPlugin("stores", scheme === "postgresql" ? "postgres" : scheme);
  }
  const { default: store } = await importModule(storeFile);
  if (typeof store === "object" && store !== null && "open" in store) return store as Store;
  throw new InputError(`${storeFile} has no store as its default export.`);
}

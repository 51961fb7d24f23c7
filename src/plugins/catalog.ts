/** Finds plugins by listing their folder, and loads one only when it is named. */
import { readdirSync } from "node:fs";
import type { Codec } from "../core/codec.js";
import type { Compressor } from "../core/compressor.js";
import type { Framing } from "../core/framing.js";
import type { ObjectStore } from "../core/objects/object-store.js";
import type { Store } from "../core/store.js";
import type { Transport } from "../core/transport.js";
import { didYouMean } from "../core/did-you-mean.js";
import { InputError, UnavailableError, whyNotLoaded } from "../core/errors.js";

/** The folders that hold plugins, and what each file in them exports as its default. */
interface Rooms {
  codecs: Codec;
  compressors: Compressor;
  framing: Framing;
  objects: ObjectStore;
  stores: Store;
  transports: Transport;
}

const KIND: Record<keyof Rooms, string> = {
  codecs: "codec",
  compressors: "compressor",
  framing: "framing",
  objects: "object store",
  stores: "store",
  transports: "transport",
};

/** Files that are plugins: not tests, not declarations, not source maps. */
const PLUGIN_FILE = /^([a-z0-9-]+)\.(?:js|ts)$/;

/** The names of all plugins in a room, sorted. */
export function pluginNames(room: keyof Rooms): string[] {
  return readdirSync(new URL(`../${room}/`, import.meta.url))
    .map((file) => PLUGIN_FILE.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .toSorted();
}

/**
 * Loads a plugin.
 *
 * Rejects with an `InputError` that suggests the nearest name if there is none of that name, and
 * with an `UnavailableError` if it is there but does not load on this machine.
 */
export async function loadPlugin<R extends keyof Rooms>(room: R, name: string): Promise<Rooms[R]> {
  checkPluginName(room, name);
  try {
    const file = import.meta.url.endsWith(".ts") ? `${name}.ts` : `${name}.js`;
    const plugin = (await import(new URL(`../${room}/${file}`, import.meta.url).href)) as {
      default: Rooms[R];
    };
    return plugin.default;
  } catch (error) {
    throw new UnavailableError(`${name} does not load: ${whyNotLoaded(error)}`, undefined, {
      cause: error,
    });
  }
}

/** Throws an `InputError` that suggests the nearest name if a room has no plugin of that name. */
export function checkPluginName(room: keyof Rooms, name: string): void {
  const names = pluginNames(room);
  if (names.includes(name)) return;
  throw new InputError(
    `unknown ${KIND[room]} "${name}".${didYouMean(name, names)} (there are ${names.join(", ")}; hellfact doctor says which load)`,
  );
}

import { fileURLToPath } from "node:url";
import { InputError } from "../core/errors.js";

/**
 * A codec, a compressor, a sink or a store that a program names: by its name (`"json"`, `"gzip:9"`) or its URL
 * (`"sqlite:facts.db"`), by its file (a path, or a `file:` URL), or as an object that says which module exports it
 * as its default.
 *
 * What is measured is loaded in fresh processes, by its file. An object is therefore never sent there: its
 * `module` (`import.meta.url` where it is made) is loaded anew, and the object itself stays unused.
 */
export type PluginName = string | URL | PluginObject;

/** A codec, a compressor, a sink or a store with the place that it can be loaded from. */
export interface PluginObject {
  readonly name: string;
  /** The file that exports it as its default: `import.meta.url`, or a path. */
  readonly module?: string | URL;
  /** Of a sink or a store: what stands behind its file on the command line, such as where it writes. */
  readonly place?: string;
}

/** What the command line would call it. Throws an `InputError` for an object that says no module. */
export function pluginText(kind: string, plugin: PluginName): string {
  if (typeof plugin === "string")
    return plugin.startsWith("file:") ? fileURLToPath(plugin) : plugin;
  if (plugin instanceof URL)
    return plugin.protocol === "file:" ? fileURLToPath(plugin) : plugin.href;
  const { name, module, place } = plugin;
  if (module !== undefined) {
    const file = pluginText(kind, module);
    return place === undefined ? file : `${file}:${place}`;
  }
  throw new InputError(
    `${kind} ${name}: it is loaded in processes of its own, so it has to say from where: ` +
      "add module: import.meta.url to it, or name its file.",
  );
}

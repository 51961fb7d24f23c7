import { expect, test } from "vitest";
import { UnavailableError } from "../core/errors.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";

type Kind = Parameters<typeof loadPlugin>[0];
type Loaded<K extends Kind> = Awaited<ReturnType<typeof loadPlugin<K>>>;

/** Plugins as far as they load here. One that does not is a skipped test, whose name says why. */
export async function loadedPlugins<K extends Kind>(
  kind: K,
  names: readonly string[] = pluginNames(kind),
): Promise<Map<string, Loaded<K>>> {
  const loaded = new Map<string, Loaded<K>>();
  for (const name of names) {
    try {
      loaded.set(name, (await loadPlugin(kind, name)) as Loaded<K>);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      const reason = error.message;
      test.runIf(false)(`${name} is not here: ${reason}`, () => expect.fail(reason));
    }
  }
  return loaded;
}

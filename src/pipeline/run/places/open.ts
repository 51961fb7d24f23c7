/** Which places there are besides folders, and how one is opened. */
import type { Credentials } from "../../../core/transport.js";
import { loadPlugin, pluginNames } from "../../../plugins/catalog.js";
import type { RunPlan } from "../plan.js";
import { ObjectPlace } from "./objects.js";
import type { RunPlace } from "./run-place.js";
import { isSharedStoreUrl, openStorePlace } from "./store.js";

/** Whether a URL names an object store. */
export function isObjectUrl(url: string): boolean {
  const scheme = /^([a-z0-9-]+):\/\//.exec(url)?.[1];
  return scheme !== undefined && pluginNames("objects").includes(scheme);
}

/** Opens an object store. Rejects as an `ObjectStore` does. */
export async function openObjects(url: string, credentials: Credentials) {
  return (await loadPlugin("objects", url.split(":", 1)[0] ?? "")).open(url, credentials);
}

/** Opens the place of a run's parts; `undefined` where that is its folder. Rejects as it does. */
export async function openRunPlace(
  plan: RunPlan,
  credentials: Credentials,
): Promise<RunPlace | undefined> {
  if (plan.place === undefined) return undefined;
  if (isSharedStoreUrl(plan.place)) return openStorePlace(plan, plan.place);
  return new ObjectPlace(await openObjects(plan.place, credentials), plan);
}

import { HellfactError, InputError } from "../core/errors.js";
import { cachedRuntimes, findCached } from "./cache.js";
import { identify } from "./identify.js";
import { installRuntime } from "./install.js";
import type { Runtime } from "./runtime.js";
import { satisfies, wantedRuntime } from "./wanted.js";

export interface ResolveOptions {
  readonly cache: string;
  /** Told before anything is installed. */
  readonly onInstall: (name: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * The runtime that a text asks for: a path, the one that runs this process where its version is the
 * one that is asked for, a cached one, or one that is installed now.
 *
 * Rejects with a `HellfactError` that says what is wrong and what is there instead.
 */
export async function resolveRuntime(text: string, options: ResolveOptions): Promise<Runtime> {
  const wanted = wantedRuntime(text);
  if (wanted.kind === "path") return identify(wanted.path);
  const { family, version } = wanted;
  const own = await identify(process.execPath);
  if (own.family === family && satisfies(own.version, version)) return own;
  const { cache, onInstall, signal } = options;
  let cached = findCached(cache, family, version);
  if (cached === undefined) {
    onInstall(text);
    try {
      cached = findCached(cache, family, await installRuntime(cache, family, version, signal));
    } catch (error) {
      throw withAlternatives(error, [own, ...cachedRuntimes(cache)]);
    }
  }
  if (cached === undefined) throw new HellfactError(`${text}: it was installed and is not there.`);
  return identify(cached.binary);
}

/** An error that also says which runtimes are there. */
function withAlternatives(
  error: unknown,
  there: readonly { readonly family: string; readonly version: string }[],
): unknown {
  if (!(error instanceof HellfactError)) return error;
  const names = there.map(({ family, version }) => `${family}@${version}`);
  const message = `${error.message} There is ${[...new Set(names)].join(", ")}.`;
  return error instanceof InputError ? new InputError(message) : new HellfactError(message);
}

/** Runtimes that are there, and why the others are not. */
export interface Resolved {
  readonly runtimes: readonly Runtime[];
  readonly problems: readonly string[];
}

/** Finds or installs runtimes one after the other; what goes wrong with one leaves the others. */
export async function resolveRuntimes(
  texts: readonly string[],
  options: ResolveOptions,
): Promise<Resolved> {
  const runtimes = new Map<string, Runtime>();
  const problems: string[] = [];
  for (const text of texts) {
    try {
      const runtime = await resolveRuntime(text, options);
      runtimes.set(runtime.name, runtime);
    } catch (error) {
      if (!(error instanceof HellfactError)) throw error;
      problems.push(error.message);
    }
  }
  if (runtimes.size === 0) throw new InputError(problems.join(" "));
  return { runtimes: [...runtimes.values()], problems };
}

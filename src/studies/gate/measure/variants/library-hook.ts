/** Makes a process import one package from a folder of its own, whoever asks for it. */
import type { InitializeHook, ResolveHook } from "node:module";

interface Library {
  readonly packageName: string;
  readonly parentUrl: string;
}

let library: Library | undefined;

export const initialize: InitializeHook<Library> = (data) => {
  library = data;
};

export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  if (library === undefined) return nextResolve(specifier, context);
  const { packageName, parentUrl } = library;
  const isWanted = specifier === packageName || specifier.startsWith(`${packageName}/`);
  return nextResolve(specifier, isWanted ? { ...context, parentURL: parentUrl } : context);
};

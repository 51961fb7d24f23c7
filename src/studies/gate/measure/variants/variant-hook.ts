/**
 * Gives each variant that is loaded into a process modules of its own, and the library that it is to be
 * measured with, whichever of its modules asks for it.
 */
import type { InitializeHook, ResolveHook } from "node:module";
import { variantIn, variantQuery } from "./variant-query.js";

/** One package that a variant takes from another folder than its codec would take it from. */
export interface VariantLibrary {
  readonly packageName: string;
  readonly parentUrl: string;
}

/** Libraries by variant; under "" that of a process with only one. */
const libraries = new Map<string, VariantLibrary>();

/** What a process that loads a variant tells this hook. */
export interface HookData {
  readonly variant: string;
  readonly library: VariantLibrary | null;
}

export const initialize: InitializeHook<HookData> = ({ variant, library }) => {
  if (library !== null) libraries.set(variant, library);
};

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const variant = variantIn(context.parentURL);
  const library = libraries.get(variant);
  const isWanted =
    library !== undefined &&
    (specifier === library.packageName || specifier.startsWith(`${library.packageName}/`));
  const resolved = await nextResolve(
    specifier,
    isWanted ? { ...context, parentURL: library.parentUrl } : context,
  );
  return variant === "" || !isModule(resolved)
    ? resolved
    : { ...resolved, url: resolved.url + variantQuery(variant) };
};

/** What has no code of its own (JSON), or has it compiled (WebAssembly, addons), stays as it is. */
function isModule({ url, format }: { url: string; format?: string | null | undefined }): boolean {
  if (!url.startsWith("file:") || url.includes("?")) return false;
  return /^(?:module|commonjs)/.test(format ?? "") || /\.[cm]?[jt]s$/.test(url);
}

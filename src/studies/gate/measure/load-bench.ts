import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import type { CodecPlace } from "./plan.js";
import type * as VariantBenchModule from "./variant-bench.js";
import type { HookData } from "./variants/variant-hook.js";
import { variantQuery } from "./variants/variant-query.js";

/**
 * What a variant is measured by in this process. Everything that it imports, codecs and their libraries among it,
 * is loaded for this variant alone, as in a process of its own, and finds the library that the variant
 * names. Only what is compiled (`.node`) and what Node itself has are there once.
 *
 * @param variant its name where the other one is loaded into the same process; "" where it is alone
 */
export async function loadBench(
  library: CodecPlace["library"],
  variant: string,
): Promise<typeof VariantBenchModule.VariantBench> {
  if (library !== null || variant !== "") {
    const data: HookData = {
      variant,
      library: library && {
        packageName: library.packageName,
        parentUrl: pathToFileURL(`${library.folder}/`).href,
      },
    };
    register(new URL("./variants/variant-hook.js", import.meta.url), { data });
  }
  if (variant !== "") forgetCommonJs();
  const url = new URL("./variant-bench.js", import.meta.url).href + variantQuery(variant);
  const { VariantBench } = (await import(url)) as typeof VariantBenchModule;
  return VariantBench;
}

/** Has modules in CommonJS loaded anew for whoever asks for them next. */
function forgetCommonJs(): void {
  const { cache } = createRequire(import.meta.url);
  for (const path of Object.keys(cache)) {
    if (!path.endsWith(".node")) delete cache[path];
  }
}

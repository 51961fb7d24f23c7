/**
 * What Node 22.18 and later do by themselves, for those before: types are blanked out of a file as it
 * is imported, by the same library that Node has inside. Lines and columns stay as they were.
 */
import { readFile } from "node:fs/promises";
import type { LoadHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transform } from "@swc/wasm-typescript";

export const load: LoadHook = async (url, context, nextLoad) => {
  if (!/^file:[^?]*\.m?ts(?:\?.*)?$/.test(url)) return nextLoad(url, context);
  const source = await readFile(fileURLToPath(url), "utf8");
  const { code } = await transform(source, { mode: "strip-only", module: true }).catch(
    (error: unknown) => {
      const { message = String(error) } = error as { message?: string };
      throw new SyntaxError(message);
    },
  );
  return { format: "module", source: code, shortCircuit: true };
};

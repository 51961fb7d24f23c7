import { isAbsolute } from "node:path";
import { didYouMean } from "../core/did-you-mean.js";
import { InputError } from "../core/errors.js";
import { FAMILIES, type Family } from "./families.js";

/** A runtime as a person asks for it. */
export type Wanted =
  /** The newest that begins with `version`; any, where that is "". */
  | { readonly kind: "release"; readonly family: Family; readonly version: string }
  | { readonly kind: "path"; readonly path: string };

/** Reads `node@24`, `node@24.21.0`, `bun`, `deno@2`, or the path of a binary. */
export function wantedRuntime(text: string): Wanted {
  if (isAbsolute(text) || /^\.{0,2}\//.test(text)) return { kind: "path", path: text };
  const [, name = "", version = ""] = /^([^@]*)@?(.*)$/.exec(text) ?? [];
  const family = FAMILIES.find((known) => known === name);
  if (family === undefined) {
    throw new InputError(
      `unknown runtime "${text}".${didYouMean(name, FAMILIES)} It takes node@24, bun@1, deno@2, or the path of a binary such as ./node.`,
    );
  }
  if (!/^(\d+(\.\d+){0,2}|)$/.test(version) || (version === "" && text.includes("@"))) {
    throw new InputError(
      `"${text}": after ${family}@ stands a version or its beginning, such as ${family}@${EXAMPLE[family]}.`,
    );
  }
  return { kind: "release", family, version };
}

const EXAMPLE: Record<Family, string> = { node: "24 or node@24.21.0", bun: "1", deno: "2" };

/** Whether a version is one that was asked for: `24` takes 24.21.0, and `2` does not. */
export function satisfies(version: string, wanted: string): boolean {
  return wanted === "" || version === wanted || version.startsWith(`${wanted}.`);
}

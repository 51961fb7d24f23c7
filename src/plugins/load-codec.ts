import { existsSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import type { Codec } from "../core/codec.js";
import { firstLine, InputError } from "../core/errors.js";
import { loadPlugin } from "./catalog.js";

/** A codec of this tool by its name, or another one by its name and file. */
export interface CodecChoice {
  readonly codec: string;
  /** An absolute path. */
  readonly codecFile?: string;
}

/** Loads a codec. Rejects as `loadPlugin` does, and with an `InputError` if a file does not load. */
export async function loadCodec({ codec, codecFile }: CodecChoice): Promise<Codec> {
  return codecFile === undefined ? loadPlugin("codecs", codec) : importCodec(codecFile);
}

/** Whether a codec is named by a file: by a path, or by an ending of one. */
export function isCodecFile(text: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(text);
}

/** The default export of a file. Rejects with an `InputError` if there is none. */
export async function importCodec(file: string): Promise<Codec> {
  if (!existsSync(file)) throw new InputError(`${file}: there is no such file.`);
  if (/\.[cm]?ts$/.test(file)) understandTypeScript();
  try {
    const { default: codec } = (await import(pathToFileURL(file).href)) as { default?: unknown };
    if (typeof codec === "object" && codec !== null) return codec as Codec;
  } catch (error) {
    throw new InputError(`${file} does not load: ${firstLine(error)}`);
  }
  throw new InputError(`${file} has no codec as its default export.`);
}

let understood = false;

/** Lets this process import TypeScript, where the runtime does not do so by itself. */
function understandTypeScript(): void {
  const features = process.features as { readonly typescript?: unknown };
  const isUnderstood = Boolean(features.typescript) || "Bun" in globalThis || "Deno" in globalThis;
  if (understood || isUnderstood) return;
  register(new URL("./typescript-hook.js", import.meta.url));
  understood = true;
}

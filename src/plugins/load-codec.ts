import type { Codec } from "../core/codec.js";
import { InputError } from "../core/errors.js";
import { loadPlugin } from "./catalog.js";
import { importModule } from "./import-module.js";

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
  const { default: codec } = await importModule(file);
  if (typeof codec === "object" && codec !== null) return codec as Codec;
  throw new InputError(`${file} has no codec as its default export.`);
}

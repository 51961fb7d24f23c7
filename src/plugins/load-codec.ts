import type { Codec } from "../core/codec.js";
import { loadPlugin } from "./catalog.js";
import { importPlugin } from "./import-module.js";

/** A codec of this tool by its name, or another one by its name and file. */
export interface CodecChoice {
  readonly codec: string;
  /** An absolute path. */
  readonly codecFile?: string;
}

/** Loads a codec. Rejects as `loadPlugin` does, and with an `InputError` if a file does not load. */
export async function loadCodec({ codec, codecFile }: CodecChoice): Promise<Codec> {
  return codecFile === undefined
    ? loadPlugin("codecs", codec)
    : importPlugin<Codec>(codecFile, "codec");
}

/** Whether a codec is named by a file: by a path, or by an ending of one. */
export function isCodecFile(text: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(text);
}

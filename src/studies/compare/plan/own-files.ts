import type { CodecChoice } from "../../../plugins/load-codec.js";
import type { CompressorChoice } from "../../../plugins/load-compressor.js";

/** Files of codecs of one's own, by name. */
export function filesOf(chosen: readonly CodecChoice[]): Record<string, string> {
  return Object.fromEntries(
    chosen.flatMap(({ codec, codecFile }) => (codecFile === undefined ? [] : [[codec, codecFile]])),
  );
}

/** Files of compressors of one's own, by name. */
export function compressorFiles(choices: readonly CompressorChoice[]): Record<string, string> {
  return Object.fromEntries(
    choices.flatMap(({ compressor, file }) =>
      file === undefined ? [] : [[compressor.name, file]],
    ),
  );
}

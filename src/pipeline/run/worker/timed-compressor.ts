import type { OpenCompressor } from "../../../core/compressor.js";
import type { StageClock } from "./stages.js";

/** The same compressor, with the time that it takes counted as compressing. */
export function timedCompressor(clock: StageClock, compressor: OpenCompressor): OpenCompressor {
  const { openStream } = compressor;
  return {
    compress: clock.timed("compress", (batch: Uint8Array) => compressor.compress(batch)),
    decompress: (file) => compressor.decompress(file),
    ...(openStream !== undefined && {
      openStream: () => {
        const stream = openStream();
        return {
          add: clock.timed("compress", (batch: Uint8Array) => stream.add(batch)),
          end: clock.timed("compress", () => stream.end()),
        };
      },
    }),
  };
}

import type { CompressStream, OpenCompressor } from "../../../core/compressor.js";
import type { StageClock } from "./stages.js";

/** The same compressor, with the time that it takes counted as compressing. */
export function timedCompressor(clock: StageClock, compressor: OpenCompressor): OpenCompressor {
  return {
    compress: clock.timed("compress", (batch: Uint8Array) => compressor.compress(batch)),
    decompress: (file) => compressor.decompress(file),
    ...(compressor.openStream !== undefined && {
      openStream: () => {
        const stream = compressor.openStream?.() as CompressStream;
        return {
          add: clock.timed("compress", (batch: Uint8Array) => stream.add(batch)),
          end: clock.timed("compress", () => stream.end()),
        };
      },
    }),
  };
}

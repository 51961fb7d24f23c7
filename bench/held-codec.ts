import type { OpenCompressor } from "../src/core/compressor.js";
import { spinUntil } from "../src/core/wait.js";
import type { Parts } from "../src/pipeline/parts.js";

/** The same parts, of which encoding and compressing a fact take a fixed time together. */
export function heldTo(
  seconds: number,
  encodedBytes: number,
  parts: Parts,
  compresses: boolean,
): Parts {
  const encodeSeconds = compresses ? seconds / 2 : seconds;
  const open: Parts["codec"]["open"] = (options) => {
    const opened = parts.codec.open(options);
    const { encode } = opened;
    if (encode === undefined) throw new Error("it cannot write");
    const held: typeof encode = (fact, out) => {
      const start = performance.now();
      encode(fact, out);
      spinUntil(start + encodeSeconds * 1000);
    };
    return { ...opened, encode: held };
  };
  const compress: OpenCompressor["compress"] = (batch) => {
    const start = performance.now();
    const squeezed = parts.compressor.compress(batch);
    const facts = batch.length / encodedBytes;
    spinUntil(start + facts * (seconds - encodeSeconds) * 1000);
    return squeezed;
  };
  const compressor = compresses ? { ...parts.compressor, compress } : parts.compressor;
  return { ...parts, codec: { ...parts.codec, open }, compressor };
}

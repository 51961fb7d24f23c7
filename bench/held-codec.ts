import type { OpenCompressor } from "../src/core/compressor.js";
import { spinUntil } from "../src/core/wait.js";
import type { Parts } from "../src/pipeline/parts.js";

/**
 * The same parts, of which encoding and compressing a fact take a fixed time together. What takes longer
 * once, because the machine was taken away, is made up for: the rate is what the truth rests on.
 */
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
    const pace = pacer();
    const held: typeof encode = (fact, out) => {
      const end = pace(encodeSeconds);
      encode(fact, out);
      end();
    };
    return { ...opened, encode: held };
  };
  const pace = pacer();
  const compress: OpenCompressor["compress"] = (batch) => {
    const facts = batch.length / encodedBytes;
    const end = pace(facts * (seconds - encodeSeconds));
    const compressed = parts.compressor.compress(batch);
    end();
    return compressed;
  };
  const compressor = compresses ? { ...parts.compressor, compress } : parts.compressor;
  return { ...parts, codec: { ...parts.codec, open }, compressor };
}

/** Begins a piece of work that is to take so many seconds, on the average of all such pieces; ends with the call. */
function pacer(): (seconds: number) => () => void {
  let owed = 0;
  let due = 0;
  const end = () => {
    spinUntil(due - owed);
    owed = Math.max(0, owed + performance.now() - due);
  };
  return (seconds) => {
    due = performance.now() + seconds * 1000;
    return end;
  };
}

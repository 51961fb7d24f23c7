import type { OwnPlugins } from "../pipeline/run/own-plugins.js";
import { checkedCodec } from "./codec/own-codec.js";
import { checkedCompressor, nameOf } from "./compressor/own-compressor.js";

/** A run's codec and compressor as the command line names them to read it. Rejects as those that check each do. */
export async function checkedPlugins({
  codec,
  compress,
}: {
  readonly codec?: string | undefined;
  readonly compress?: string | undefined;
}): Promise<OwnPlugins> {
  return {
    ...(codec !== undefined && (await checkedCodec(codec))),
    ...(compress !== undefined && nameOf(await checkedCompressor(compress))),
  };
}

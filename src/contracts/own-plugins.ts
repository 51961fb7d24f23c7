import type { OwnPlugins } from "../pipeline/run/own-plugins.js";

/** A run's codec and compressor as the command line names them to read it. Rejects as those that check each do. */
export async function checkedPlugins({
  codec,
  compress,
}: {
  readonly codec?: string | undefined;
  readonly compress?: string | undefined;
}): Promise<OwnPlugins> {
  return {
    ...(codec !== undefined && (await codecNamed(codec))),
    ...(compress !== undefined && (await compressorNamed(compress))),
  };
}

async function codecNamed(codec: string) {
  return (await import("./codec/own-codec.js")).checkedCodec(codec);
}

async function compressorNamed(compress: string) {
  const { checkedCompressor, nameOf } = await import("./compressor/own-compressor.js");
  return nameOf(await checkedCompressor(compress));
}

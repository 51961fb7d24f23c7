/**
 * Who makes the gzip of a run. A level that is a number is `node:zlib`'s, one with a name our own
 * encoder's: so the level alone says it in the manifest, and a run that goes on has the same.
 */
import { InputError, UnavailableError } from "../../core/errors.js";
import { compressorName, loadCompressor } from "../../plugins/load-compressor.js";

export const GZIP_ENGINES = ["hellfact", "node:zlib"] as const;
export type GzipEngine = (typeof GZIP_ENGINES)[number];

const OWN_DEFAULT = "gzip:balanced";
const ZLIB_DEFAULT = "gzip:6";

/**
 * The compressor with its level: `gzip` alone is our own encoder's, or `node:zlib`'s where this runtime
 * has no WebAssembly with SIMD, which is told to `say`.
 *
 * Rejects with an `InputError` where the engine does not fit what is compressed, and with an
 * `UnavailableError` where it was asked for and cannot be had.
 */
export async function withGzipEngine(
  compressor: string,
  engine: GzipEngine | undefined,
  say: (text: string) => void,
): Promise<string> {
  if (compressorName(compressor) !== "gzip") {
    if (engine === undefined) return compressor;
    throw new InputError(`--gzip-engine is for --compress gzip, not ${compressor}.`);
  }
  if (compressor === "gzip") {
    return engine === "node:zlib" ? ZLIB_DEFAULT : ownDefault(engine, say);
  }
  const { options } = await loadCompressor(compressor);
  const maker: GzipEngine = options.namedLevel === undefined ? "node:zlib" : "hellfact";
  if (engine !== undefined && engine !== maker) {
    throw new InputError(
      `${compressor} is a level of ${maker}: leave out --gzip-engine ${engine}.`,
    );
  }
  return compressor;
}

async function ownDefault(
  engine: GzipEngine | undefined,
  say: (text: string) => void,
): Promise<string> {
  const { compressor, options } = await loadCompressor(OWN_DEFAULT);
  try {
    await compressor.open(options);
    return OWN_DEFAULT;
  } catch (error) {
    if (!(error instanceof UnavailableError) || engine !== undefined) throw error;
    say(`${error.message}; node:zlib compresses instead, as ${ZLIB_DEFAULT}`);
    return ZLIB_DEFAULT;
  }
}

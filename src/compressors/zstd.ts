import type { Compressor } from "../core/compressor.js";
import { InputError, UnavailableError, whyNotLoaded } from "../core/errors.js";
import { decompressAt } from "../core/pieces.js";
import type { ZstdEngine } from "./zstd/engine.js";
import { framesOf } from "./zstd/frames.js";
import * as nodeZlib from "./zstd/node-zlib.js";

const DEFAULT_LEVEL = 3;
const WASM_PACKAGE = "@bokuweb/zstd-wasm";
/** The runtime's own where it has one, which is several times as fast. */
const ENGINE = nodeZlib.isHere ? "node:zlib" : WASM_PACKAGE;

/**
 * Zstandard (RFC 8878): each batch is a frame of its own with a checksum, and frames concatenate. Other
 * releases of the library make other bytes of the same facts; each reads what all others make.
 */
const compressor: Compressor = {
  name: "zstd",
  fileSuffix: ".zst",
  levels: { lowest: 1, highest: 22, default: DEFAULT_LEVEL },
  engines: [ENGINE],
  compressesBy: ENGINE,
  npmPackage: nodeZlib.isHere ? null : WASM_PACKAGE,
  streams: false,
  open: async ({ level = DEFAULT_LEVEL, engine = ENGINE }) => {
    const { compress, decompress } = await openEngine(engine);
    return {
      compress: (batch) => compress(batch, level),
      *decompress(file) {
        for (const frame of framesOf(file)) {
          yield decompressAt(frame.offset, () => decompress(frame));
        }
      },
    };
  },
};

async function openEngine(name: string): Promise<ZstdEngine> {
  if (name === "node:zlib") return nodeZlib.openEngine();
  if (name !== WASM_PACKAGE) throw new InputError(`unknown zstd engine "${name}"`);
  const { openEngine: open } = await import("./zstd/zstd-wasm.js");
  try {
    return await open();
  } catch (error) {
    throw new UnavailableError(
      `zstd does not load: ${whyNotLoaded(error)}`,
      `npm install ${WASM_PACKAGE} xxhash-wasm, or Node 22.15 or later, which has its own`,
    );
  }
}

export default compressor;

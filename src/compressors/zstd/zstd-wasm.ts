import { inflatesTooFar, MAX_INFLATED_BYTES } from "../../core/pieces.js";
import type { ZstdEngine } from "./engine.js";
import { withChecksum, type Frame } from "./frames.js";

/**
 * zstd in WebAssembly, for runtimes that have none. Three things it does not do are done here: it writes no
 * checksum; it makes room for as much as a frame says that it has, true or not; and of what is wrong it only
 * gives a number.
 *
 * Of the packages that were measured (Node 20, 512 KiB batches of facts, MB/s of processor time to compress at
 * level 3 and to decompress, milliseconds to load) this one was taken:
 *
 * - `@bokuweb/zstd-wasm` 0.0.27       60 to 98   60 to 141    17
 * - `@hpcc-js/wasm-zstd` 1.12.5       20 to 38     6 to 8    336    copies byte by byte
 *
 * `fzstd` and `zstddec` only decompress; `zstd-codec` has had no release for years.
 */
export function openEngine(): Promise<ZstdEngine> {
  return (only ??= makeEngine());
}

/** One for the process: the package has one memory, and forgets where it lies when it is made ready again. */
let only: Promise<ZstdEngine> | undefined;

async function makeEngine(): Promise<ZstdEngine> {
  const [{ init, compress, decompress }, { default: loadHashes }] = await Promise.all([
    import("@bokuweb/zstd-wasm"),
    import("xxhash-wasm"),
  ]);
  const [hashes] = await Promise.all([loadHashes(), init()]);
  return {
    compress: (batch, level) => {
      // RFC 8878, section 3.1.1: the low four bytes of XXH64, with seed 0.
      const checksum = Number(BigInt.asUintN(32, hashes.h64Raw(batch)));
      return withChecksum(compress(batch, level), checksum);
    },
    decompress: (frame) => {
      const room = roomFor(frame);
      try {
        return decompress(frame.frame, { defaultHeapSize: room });
      } catch {
        throw new Error("its content or its checksum is another");
      }
    },
  };
}

/** How much a frame can become. */
function roomFor({ mostBytes, statedBytes = mostBytes }: Frame): number {
  if (statedBytes > mostBytes) throw new Error("it says that it has more than its blocks can have");
  if (statedBytes > MAX_INFLATED_BYTES) throw new Error(inflatesTooFar(MAX_INFLATED_BYTES));
  return statedBytes;
}

import { gzipSync } from "node:zlib";
import type { Compressor, OpenCompressor } from "../core/compressor.js";
import { InputError, UnavailableError, whyNotLoaded } from "../core/errors.js";
import { GzipEncoder, gzip, LEVELS, whyFallback, type Level } from "../fast-gzip/index.js";
import { FastInflater } from "../fast-gzip/inflater.js";
import { ZlibInflater } from "./gzip/inflater.js";
import { inflatedPieces } from "./gzip/pieces.js";
import { GzipStream } from "./gzip/stream.js";
import { decompressMembers, decompressPieces, type InflateMember } from "./gzip/members.js";

/** Implementations that can read gzip, each loaded only when asked for. */
const ENGINES: Record<string, () => Promise<{ openEngine(): InflateMember }>> = {
  "node:zlib": () => import("./gzip/node-zlib.js"),
  "zlib-sync": () => import("./gzip/zlib-sync.js"),
};
const DEFAULT_LEVEL = 6;

/**
 * Gzip in memory before the write: each batch is a member of its own, and members concatenate. A level
 * that is a number is `node:zlib`'s; one with a name is our own encoder's. So what names a level names
 * what makes the bytes.
 */
const compressor: Compressor = {
  name: "gzip",
  fileSuffix: ".gz",
  levels: { lowest: 1, highest: 9, default: DEFAULT_LEVEL, named: LEVELS },
  engines: ["node:zlib", "zlib-sync"],
  npmPackage: null,
  streams: true,
  open: async ({ level = DEFAULT_LEVEL, namedLevel, engine = "node:zlib" }) => {
    const inflateMember = await openEngine(engine);
    return {
      ...(namedLevel === undefined ? nodeZlib(level) : ownEncoder(namedLevel as Level)),
      decompress: (file) => decompressMembers(file, inflateMember),
      decompressPieces: (pieces, isKnown = false) => {
        const inflater =
          engine === "node:zlib" ? (FastInflater.open() ?? ZlibInflater.open()) : undefined;
        return inflater === undefined
          ? decompressPieces(pieces, inflateMember)
          : inflatedPieces(pieces, inflater, { isKnown });
      },
    };
  },
};

type Encoder = Required<Pick<OpenCompressor, "compress" | "openStream">>;

function nodeZlib(level: number): Encoder {
  return {
    // One output piece for most batches, so that no time goes into joining pieces.
    compress: (batch) => gzipSync(batch, { level, chunkSize: Math.max(64, batch.length >> 1) }),
    openStream: () => new GzipStream(level),
  };
}

function ownEncoder(level: Level): Encoder {
  const reason = whyFallback();
  if (reason !== undefined) {
    throw new UnavailableError(`gzip:${level} needs WebAssembly with SIMD: ${reason}`);
  }
  return {
    compress: (batch) => gzip(batch, level),
    openStream: () => new GzipEncoder(level),
  };
}

async function openEngine(name: string): Promise<InflateMember> {
  const load = ENGINES[name];
  if (load === undefined) throw new InputError(`unknown gunzip engine "${name}"`);
  try {
    return (await load()).openEngine();
  } catch (error) {
    throw new UnavailableError(`${name} does not load: ${whyNotLoaded(error)}`);
  }
}

export default compressor;

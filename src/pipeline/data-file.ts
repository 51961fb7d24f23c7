import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { Codec, OpenCodec } from "../core/codec.js";
import type { Compressor, CompressionUnit } from "../core/compressor.js";
import { HellfactError } from "../core/errors.js";
import type { Sync } from "../core/sink.js";
import { writeWhole } from "../sinks/file.js";
import type { CompressorChoice } from "../plugins/load-compressor.js";

/** A name that says what is in the file: `json.ndjson`, `protobuf.gzip-9.pb.gz`. */
export function dataFileName(
  codec: Pick<Codec, "name" | "fileExtension">,
  { compressor, text }: CompressorChoice,
  unit: CompressionUnit,
): string {
  const level = compressor.fileSuffix === "" ? "" : `.${text.replace(":", "-")}`;
  return `${codec.name}${level}${dataFileEnding(codec, compressor, unit)}`;
}

/** What a data file's name ends in, with the first dot: facts compressed one by one are no `.gz`. */
export function dataFileEnding(
  codec: Pick<Codec, "fileExtension">,
  { fileSuffix }: Pick<Compressor, "fileSuffix">,
  unit: CompressionUnit,
): string {
  const byFact = unit === "fact" && fileSuffix !== "" ? "-facts" : "";
  return `.${codec.fileExtension}${fileSuffix}${byFact}`;
}

/** Writes the sidecar of a data file, if its codec has one. */
export function saveSidecar(codec: Codec, open: OpenCodec, dataFile: string, sync: Sync): void {
  writeSidecar(codec, open.sidecar?.(), dataFile, sync);
}

/** Writes what lies beside a data file, if there is anything. */
export function writeSidecar(
  codec: Pick<Codec, "sidecarExtension">,
  bytes: Uint8Array | undefined,
  dataFile: string,
  sync: Sync,
): void {
  if (bytes !== undefined) writeWhole(sidecarPath(codec, dataFile), bytes, sync);
}

/** The sidecar that lies beside a data file, or `undefined` if its codec has none. */
export function loadSidecar(codec: Codec, dataFile: string): Uint8Array | undefined {
  return codec.sidecarExtension === undefined
    ? undefined
    : readSidecarFile(sidecarPath(codec, dataFile));
}

/** The bytes of a sidecar. Throws a `HellfactError` if it is not there. */
export function readSidecarFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new HellfactError(`${path} is missing: data cannot be read without it`);
  }
}

/** Where the sidecar of a data file lies. */
export function sidecarPath(codec: Pick<Codec, "sidecarExtension">, dataFile: string): string {
  return `${dataFile}.${codec.sidecarExtension ?? "sidecar"}`;
}

const PIECE_BYTES = 1 << 18;

/** Memory for pieces that no file is read with: one after the other shares it. */
let idle: Buffer | undefined;

/** A file's bytes in pieces of 256 KiB; each is overwritten by the next, also by that of another file behind the last. */
export function* filePieces(path: string): Iterable<Buffer> {
  const buffer = idle ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
  idle = undefined;
  const descriptor = openSync(path, "r");
  try {
    for (;;) {
      const got = readSync(descriptor, buffer, 0, PIECE_BYTES, null);
      if (got === 0) return;
      yield buffer.subarray(0, got);
    }
  } finally {
    closeSync(descriptor);
    idle = buffer;
  }
}

/** One call of the system reads no more than 2 GiB. */
const MAX_READ_BYTES = 1 << 30;

/** Reads whole files into one buffer, which is reused: what it returns lasts until the next read. */
export class FileReader {
  private buffer = Buffer.alloc(0);

  read(path: string): Buffer {
    const descriptor = openSync(path, "r");
    try {
      const { size } = fstatSync(descriptor);
      if (this.buffer.length < size) this.buffer = Buffer.allocUnsafeSlow(size);
      let done = 0;
      while (done < size) {
        const got = readSync(
          descriptor,
          this.buffer,
          done,
          Math.min(size - done, MAX_READ_BYTES),
          done,
        );
        if (got === 0) break;
        done += got;
      }
      return this.buffer.subarray(0, done);
    } finally {
      closeSync(descriptor);
    }
  }
}

import { ZlibInflater } from "../../../compressors/gzip/inflater.js";
import { decompressPieces } from "../../../compressors/gzip/members.js";
import { openEngine } from "../../../compressors/gzip/node-zlib.js";
import { inflatedPieces } from "../../../compressors/gzip/pieces.js";
import { FastInflater } from "../../../fast-gzip/inflater.js";
import { filePieces } from "../../../pipeline/data-file.js";
import { refuseBomb, type ReadingOptions } from "../../../sources/file-bytes.js";
import { LineSplitter, type Stretch } from "../../../sources/lines.js";

/**
 * The content of a gzip file in pieces, each of which lasts until the next: on this thread, which takes less memory
 * than a stream. Throws a `DataError` where the file is damaged, and an `InputError` where it inflates to hundreds of
 * megabytes of nothing.
 */
export function* gzipFile(path: string, options: ReadingOptions): Iterable<Uint8Array> {
  let stored = 0;
  function* counted(): Iterable<Uint8Array> {
    for (const piece of filePieces(path)) {
      stored += piece.length;
      yield piece;
    }
  }
  let bytes = 0;
  const inflater = FastInflater.open() ?? ZlibInflater.open();
  const contents =
    inflater === undefined
      ? decompressPieces(counted(), openEngine())
      : inflatedPieces(counted(), inflater, { most: Infinity });
  for (const content of contents) {
    bytes += content.length;
    refuseBomb(path, { stored, bytes }, options);
    yield content;
  }
}

/** The first line of a gzip file that is not blank, if there is one. Throws as `gzipFile` does. */
export function firstLineOf(path: string, allowBombs: boolean): Stretch | undefined {
  const splitter = new LineSplitter(path);
  for (const piece of gzipFile(path, { allowBombs, hasFacts: () => splitter.hasLines })) {
    splitter.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    const line = splitter.next();
    if (line !== undefined) return line;
  }
  splitter.end();
  return splitter.next();
}

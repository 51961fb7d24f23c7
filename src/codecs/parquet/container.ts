import type { Container, ContainerBatch } from "../../core/container.js";
import { DataError, firstLine } from "../../core/errors.js";
import {
  endOfPages,
  extentOf,
  footerOf,
  isSameSchema,
  MAGIC,
  movedGroup,
  readFooter,
  type Footer,
} from "./footer.js";
import type { ThriftStruct } from "./thrift.js";

/**
 * One Parquet file of batches that are each encoded as a Parquet file: the pages stand behind one another as
 * they are, and one footer describes all row groups. So no more than a batch and footers are in memory.
 */
export const parquetContainer: Container = {
  openFile: () => {
    const groups: ThriftStruct[] = [];
    let first: Footer | undefined;
    let written = 0;
    return {
      add: (out) => {
        const batch = out.buffer.subarray(0, out.position);
        const footer = readFooter(batch);
        first ??= detached(footer, batch);
        if (!isSameSchema(first, footer))
          throw new Error("a batch has other columns than the first");
        // Of all batches but the first, the magic number goes, too.
        const start = written === 0 ? 0 : MAGIC.length;
        const end = endOfPages(footer);
        for (const group of detached(footer, batch).rowGroups) {
          groups.push(movedGroup(group, written - start));
        }
        out.buffer.copyWithin(0, start, end);
        out.position = end - start;
        written += end - start;
      },
      end: (out) => {
        if (first !== undefined) out.bytes(footerOf(first, groups));
      },
    };
  },
  *read(pieces) {
    const all = [...pieces].map((piece) => asBuffer(piece));
    const file = all.length === 1 ? all[0] : Buffer.concat(all);
    if (file === undefined || file.length === 0) return;
    const footer = orDataError(file.length, () => readFooter(file));
    let counted = 0;
    for (const [index, group] of footer.rowGroups.entries()) {
      const { bytes, end } = orDataError(footer.start, () => alone(file, footer, group));
      const isLast = index === footer.rowGroups.length - 1;
      const encodedBytes = (isLast ? file.length : end) - counted;
      counted += encodedBytes;
      yield { encodedBytes, records: [bytes] } satisfies ContainerBatch;
    }
  },
};

/** One row group as a file of its own, and where it ends in the file that it is from. */
function alone(file: Buffer, footer: Footer, group: ThriftStruct): { bytes: Buffer; end: number } {
  const { start, end } = extentOf(group);
  if (!(start >= MAGIC.length && start <= end && end <= footer.start)) {
    throw new Error("a row group lies outside of the file");
  }
  const pages = file.subarray(start, end);
  const own = footerOf(footer, [movedGroup(group, MAGIC.length - start)]);
  return { bytes: Buffer.concat([MAGIC, pages, own]), end };
}

/** The same footer, with nothing in it that points into the batch, whose memory is reused. */
function detached(footer: Footer, batch: Buffer): Footer {
  const start = footer.start;
  const copy = Buffer.concat([MAGIC, batch.subarray(start)]);
  return { ...readFooter(copy), start };
}

function orDataError<T>(offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new DataError(`a damaged Parquet file (${firstLine(error)}), seen`, offset);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

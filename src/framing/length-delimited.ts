import type { Framing } from "../core/framing.js";
import { DataError } from "../core/errors.js";

const PREFIX_BYTES = 4;

/** Each fact behind its length in bytes: 32 bits, big-endian. */
const framing: Framing = {
  name: "length-delimited",
  begin: (out) => {
    const start = out.position;
    out.reserve(PREFIX_BYTES);
    out.position += PREFIX_BYTES;
    return start;
  },
  end: (out, start) => {
    out.buffer.writeUInt32BE(out.position - start - PREFIX_BYTES, start);
  },
  *split(batch) {
    const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
    let start = 0;
    while (start < batch.length) {
      const from = start + PREFIX_BYTES;
      const to = from <= batch.length ? from + view.getUint32(start) : Infinity;
      if (to > batch.length) throw new DataError("the last frame is incomplete: it starts", start);
      yield batch.subarray(from, to);
      start = to;
    }
  },
};

export default framing;

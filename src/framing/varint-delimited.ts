import type { Framing } from "../core/framing.js";
import { DataError } from "../core/errors.js";

/** Room that is left for a length before it is known: right for facts of 128 bytes to 16 KiB. */
const USUAL_BYTES = 2;
/** Lengths up to 32 bits. */
const MOST_BYTES = 5;

/** Each fact behind its length in bytes, as Protocol Buffers' own tools write and read files: a varint. */
const framing: Framing = {
  name: "varint-delimited",
  begin: (out) => {
    const start = out.position;
    out.reserve(USUAL_BYTES);
    out.position += USUAL_BYTES;
    return start;
  },
  end: (out, start) => {
    const from = start + USUAL_BYTES;
    let rest = out.position - from;
    const bytes = bytesOf(rest);
    if (bytes !== USUAL_BYTES) {
      out.reserve(MOST_BYTES);
      out.buffer.copyWithin(start + bytes, from, out.position);
      out.position += bytes - USUAL_BYTES;
    }
    let at = start;
    for (; rest >= 128; rest = Math.floor(rest / 128)) out.buffer[at++] = (rest % 128) | 128;
    out.buffer[at] = rest;
  },
  *split(batch) {
    let start = 0;
    while (start < batch.length) {
      let length = 0;
      let from = start;
      for (let factor = 1; ; factor *= 128) {
        const byte = batch[from++];
        if (byte === undefined || from - start > MOST_BYTES) throw incomplete(start);
        length += (byte & 127) * factor;
        if (byte < 128) break;
      }
      const to = from + length;
      if (to > batch.length) throw incomplete(start);
      yield batch.subarray(from, to);
      start = to;
    }
  },
};

function bytesOf(length: number): number {
  let bytes = 1;
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

function incomplete(start: number): DataError {
  return new DataError("the last frame is incomplete: it starts", start);
}

export default framing;

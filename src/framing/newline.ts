import type { Framing } from "../core/framing.js";
import { DataError } from "../core/errors.js";

const NEWLINE = 0x0a;

/** One fact a line, each line ended by a newline: for formats that never contain one. */
const framing: Framing = {
  name: "newline",
  begin: (out) => out.position,
  end: (out) => {
    out.reserve(1);
    out.buffer[out.position++] = NEWLINE;
  },
  *split(batch) {
    let start = 0;
    while (start < batch.length) {
      const end = batch.indexOf(NEWLINE, start);
      if (end === -1) throw new DataError("the last line has no newline: it starts", start);
      yield batch.subarray(start, end);
      start = end + 1;
    }
  },
};

export default framing;

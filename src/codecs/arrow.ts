import { batchTranslation } from "../columns/ipc.js";
import { schemaFor, type Codec } from "../core/codec.js";

/** Arrow's IPC streams: the columns of a batch as they lie in memory, schema included. */
const codec: Codec = {
  name: "arrow",
  format: "arrow",
  fileExtension: "arrows",
  framing: "length-delimited",
  layout: "columnar",
  needsSchema: true,
  npmPackage: "apache-arrow",
  mode: "batches as IPC streams; columns filled and read as typed arrays, not by its builders and rows",
  losses: ["lone-surrogate", "negative-zero"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  open: ({ schema }) => {
    const { toIpc, check, fromIpc } = batchTranslation(schemaFor("arrow", schema));
    return {
      encodeBatch: (facts, out) => out.bytes(toIpc(facts)),
      decodeBatch: (bytes) => {
        check(bytes);
        return fromIpc(bytes);
      },
    };
  },
};

export default codec;

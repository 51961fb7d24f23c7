import { batchTranslation } from "../columns/ipc.js";
import { schemaFor, type Codec } from "../core/codec.js";
import { arrowContainer } from "./arrow/container.js";

/** Arrow's IPC stream: the columns of each batch as they lie in memory, behind one schema. */
const codec: Codec = {
  name: "arrow",
  format: "arrow",
  fileExtension: "arrows",
  framing: "length-delimited",
  layout: "columnar",
  needsSchema: true,
  npmPackage: "apache-arrow",
  mode: "one IPC stream of batches; columns filled and read as typed arrays, not by its builders and rows",
  losses: ["lone-surrogate", "negative-zero"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  open: ({ schema }) => {
    const { toIpc, check, fromIpc } = batchTranslation(schemaFor("arrow", schema));
    return {
      container: arrowContainer,
      encodeBatch: (facts, out) => out.bytes(toIpc(facts)),
      decodeBatch: (bytes) => {
        check(bytes);
        return fromIpc(bytes);
      },
    };
  },
};

export default codec;

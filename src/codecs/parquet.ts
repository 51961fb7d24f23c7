import {
  Compression,
  readParquet,
  Table,
  writeParquet,
  WriterPropertiesBuilder,
} from "parquet-wasm";
import { batchTranslation } from "../columns/ipc.js";
import { schemaFor, type Codec } from "../core/codec.js";
import { parquetContainer } from "./parquet/container.js";

/** Parquet by the Rust library, compiled to WebAssembly: each batch is a row group. */
const codec: Codec = {
  name: "parquet",
  format: "parquet",
  fileExtension: "parquet",
  framing: "length-delimited",
  layout: "columnar",
  needsSchema: true,
  npmPackage: "parquet-wasm",
  mode: "arrow-rs in WebAssembly, from and to Arrow's columns; its own dictionaries, pages in snappy",
  losses: ["lone-surrogate", "negative-zero"],
  refuses: ["integer-beyond-64-bits"],
  abilities: ["encode", "decode"],
  open: ({ schema }) => {
    const { toIpc, fromIpc } = batchTranslation(schemaFor("parquet", schema));
    return {
      container: parquetContainer,
      encodeBatch: (facts, out) => {
        const table = Table.fromIPCStream(toIpc(facts));
        out.bytes(writeParquet(table, properties()));
      },
      decodeBatch: (bytes) => fromIpc(readParquet(bytes).intoIPCStream()),
    };
  },
};

/** They are used up by each write. */
function properties() {
  return new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
}

export default codec;

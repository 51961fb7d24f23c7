import type { Compressor } from "../core/compressor.js";

/** Bytes as they are. */
const compressor: Compressor = {
  name: "none",
  fileSuffix: "",
  levels: null,
  engines: ["none"],
  npmPackage: null,
  streams: false,
  open: async () => ({
    compress: (batch) => batch,
    decompress: (file) => (file.length === 0 ? [] : [file]),
    decompressPieces: (pieces) => pieces,
  }),
};

export default compressor;

import type { Store } from "../core/store.js";
import { installedVersion } from "../core/package-version.js";
import { LOOK_UPS } from "./duckdb/look-ups.js";
import { METHODS } from "./duckdb/methods.js";

const store: Store = {
  name: "duckdb",
  url: "duckdb:FILE",
  methods: METHODS,
  lookUps: LOOK_UPS,
  defaultMethod: "appender-chunks",
  jsonKinds: ["json", "text", "blob"],
  documentText: (column, jsonKind) =>
    jsonKind === "blob" ? `decode(${column})` : `CAST(${column} AS VARCHAR)`,
  driver: async () => {
    await (await import("./duckdb/load-library.js")).loadLibrary();
    return `@duckdb/node-api ${installedVersion("@duckdb/node-api")}`;
  },
  // Its library has 68 MB: it is loaded when a file is opened.
  open: async (url) => (await import("./duckdb/open.js")).openDuckDb(url),
};

export default store;

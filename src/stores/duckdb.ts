import type { Store } from "../core/store.js";
import { METHODS } from "./duckdb/methods.js";

const store: Store = {
  name: "duckdb",
  url: "duckdb:FILE",
  methods: METHODS,
  defaultMethod: "appender-chunks",
  jsonKinds: ["json", "text", "blob"],
  // Its library has 68 MB: it is loaded when a file is opened.
  open: async (url) => (await import("./duckdb/open.js")).openDuckDb(url),
};

export default store;

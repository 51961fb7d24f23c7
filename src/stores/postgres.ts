import type { Store } from "../core/store.js";
import { METHODS } from "./postgres/methods.js";

const store: Store = {
  name: "postgres",
  url: "postgres://USER@HOST:PORT/DATABASE",
  methods: METHODS,
  defaultMethod: "copy-binary",
  jsonKinds: ["jsonb", "json", "jsonb-lz4", "text", "bytea"],
  open: async (url, options = {}) =>
    (await import("./postgres/open.js")).openPostgres(url, options),
};

export default store;

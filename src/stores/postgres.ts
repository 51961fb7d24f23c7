import type { Store } from "../core/store.js";
import { installedVersion } from "../core/package-version.js";
import { LOOK_UPS } from "./postgres/look-ups.js";
import { METHODS } from "./postgres/methods.js";

const store: Store = {
  name: "postgres",
  url: "postgres://USER@HOST:PORT/DATABASE",
  methods: METHODS,
  lookUps: LOOK_UPS,
  defaultMethod: "copy-binary",
  jsonKinds: ["jsonb", "json", "jsonb-lz4", "text", "bytea"],
  documentText: (column, jsonKind) =>
    jsonKind === "bytea" ? `convert_from(${column}, 'UTF8')` : `${column}::text`,
  nullServer: async () => (await import("./postgres/null-server.js")).startNullServer(),
  replay: async (url, first, each) =>
    (await import("./postgres/replay.js")).openReplay(url, first, each),
  driver: async () => `pg ${installedVersion("pg")}`,
  open: async (url, options = {}) =>
    (await import("./postgres/open.js")).openPostgres(url, options),
};

export default store;

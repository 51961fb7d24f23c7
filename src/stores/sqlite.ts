import type { Store } from "../core/store.js";
import { installedVersion } from "../core/package-version.js";
import { loadDriver } from "./sqlite/load-driver.js";
import { LOOK_UPS } from "./sqlite/look-ups.js";
import { METHODS } from "./sqlite/methods.js";
import { openSqlite } from "./sqlite/open.js";

const store: Store = {
  name: "sqlite",
  url: "sqlite:FILE",
  methods: METHODS,
  lookUps: LOOK_UPS,
  defaultMethod: "multi-row-50",
  jsonKinds: ["json", "jsonb", "blob"],
  documentText: (column, jsonKind) => {
    if (jsonKind === "jsonb") return `json(${column})`;
    return jsonKind === "blob" ? `CAST(${column} AS TEXT)` : column;
  },
  driver: async () => {
    const { name } = await loadDriver();
    return `${name} ${installedVersion(name)}`.trim();
  },
  open: (url, options = {}) => openSqlite(url, options),
};

export default store;

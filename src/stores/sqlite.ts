import type { Store } from "../core/store.js";
import { METHODS } from "./sqlite/methods.js";
import { openSqlite } from "./sqlite/open.js";

const store: Store = {
  name: "sqlite",
  url: "sqlite:FILE",
  methods: METHODS,
  defaultMethod: "multi-row-50",
  jsonKinds: ["json", "jsonb", "blob"],
  open: (url, options = {}) => openSqlite(url, options),
};

export default store;

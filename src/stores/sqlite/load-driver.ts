/** Finds a library that talks to SQLite. */
import { UnavailableError } from "../../core/errors.js";
import type { Driver } from "./driver.js";

/** The order in which drivers are tried: the runtime's own, the user's, the one that runs anywhere. */
export const DRIVERS = ["node:sqlite", "better-sqlite3", "node-sqlite3-wasm"] as const;
export type DriverName = (typeof DRIVERS)[number];

const LOADERS: Record<DriverName, () => Promise<Driver>> = {
  "node:sqlite": async () => (await import("./node-sqlite.js")).loadDriver(),
  "better-sqlite3": async () => (await import("./better-sqlite3.js")).loadDriver(),
  "node-sqlite3-wasm": async () => (await import("./wasm.js")).loadDriver(),
};

/** Loads a driver by its name, or the first that is there. Rejects with an `UnavailableError`. */
export async function loadDriver(wanted?: DriverName): Promise<Driver> {
  for (const name of wanted === undefined ? DRIVERS : [wanted]) {
    try {
      return await LOADERS[name]();
    } catch {
      // the next one, if any
    }
  }
  throw new UnavailableError(
    `${wanted ?? "no driver for SQLite"} does not load.`,
    "run it with Node 22.13 or later, or: npm install node-sqlite3-wasm",
  );
}

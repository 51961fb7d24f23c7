import { UnavailableError, whyNotLoaded } from "../../core/errors.js";

/** DuckDB's library of 68 MB. Rejects with an `UnavailableError` where it is missing. */
export async function loadLibrary() {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw new UnavailableError(
      `duckdb does not load: ${whyNotLoaded(error)}`,
      "npm install @duckdb/node-api (68 MB, nothing to compile)",
    );
  }
}

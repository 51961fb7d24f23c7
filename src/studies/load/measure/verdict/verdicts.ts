/** A verdict for each number of connections that was asked for. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../../core/errors.js";
import { usableCores } from "../../../../machine/environment.js";
import type { LoadVerdictStudy } from "../../document.js";
import type { LoadAsked } from "../../asked.js";
import { measureVerdict, type VerdictOptions } from "./verdict.js";

/** What a group of rows is where nobody says: a row, or as many as a bulk method is meant for. */
const BULK_ROWS = 10_000;

/** Rejects with an `InputError` if the method loads no rows, or more than one is named. */
export async function measureVerdicts(
  options: LoadAsked,
  common: Omit<VerdictOptions, "connections" | "processes" | "method" | "groupRows" | "seconds">,
): Promise<LoadVerdictStudy[]> {
  const [name = "one-by-one", ...others] = options.method ?? [];
  const method = common.store.methods.find((one) => one.name === name);
  if (others.length > 0) throw new InputError("a --verdict is of one --method.");
  if (method === undefined || method.takes !== "rows") {
    throw new InputError(`a --verdict is of a method that takes rows; ${name} does not.`);
  }
  const groupRows = options.rows?.[0] ?? (method.isAtomic ? BULK_ROWS : 1);
  const { choice, store, folder } = common;
  const isScratch = !choice.url.includes(":") && choice.storeFile === undefined;
  const scratch = mkdtempSync(join(folder, "scratch-"));
  const url = isScratch ? `${store.name}:${join(scratch, "verdict.db")}` : choice.url;
  const verdicts: LoadVerdictStudy[] = [];
  try {
    for (const connections of options.connections ?? [1]) {
      if (common.signal.aborted) break;
      const isSpread = options.scheduling.includes("workers");
      const processes = isSpread ? Math.min(connections, usableCores() * 2) : 1;
      verdicts.push(
        await measureVerdict({
          ...common,
          choice: { ...choice, url },
          ...{ connections, processes, method: name, groupRows, seconds: options.phase },
        }),
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return verdicts;
}

/** What became of a run's parts, in sentences. */
import { significant } from "../../../report/numbers.js";
import type { LoadedParts } from "../document.js";
import { short } from "./words.js";

export function partsSentences(parts: LoadedParts, server: string): string[] {
  const { loaded, present, facts, rows, wallSeconds, table, method, durability, ended } = parts;
  const seconds = `${significant(wallSeconds)} s`;
  const what = table === "facts" ? `${facts} facts` : `${rows} rows of ${facts} facts`;
  const rate = `${short(rows / wallSeconds)} rows/s`;
  return [
    loaded === 0
      ? `All ${present} parts of run ${parts.run} are in ${server} already: nothing was loaded.`
      : `Loaded ${loaded} of ${parts.parts} parts of run ${parts.run} into ${server}, table ${table}: ${what} in ${seconds}, ${rate} by ${method}.`,
    ...(present > 0 && loaded > 0 ? [`${present} parts were there already.`] : []),
    ...(durability === null
      ? []
      : [`Each part is one commit (${durability.settings}), and is loaded exactly once.`]),
    ...(loaded + present < parts.parts
      ? [`${parts.parts - loaded - present} parts are still to be loaded: run it again.`]
      : []),
    ...(ended === null ? ["The run has not ended: more parts may come."] : []),
  ];
}

import type { ResultDocument } from "../document.js";
import { bytes } from "../../../report/numbers.js";

/** With what, where, and on which facts: two lines. */
export function headline({ environment, payload, configuration }: ResultDocument): string[] {
  const v8 = environment.v8.split(".").slice(0, 2).join(".");
  const seed = configuration.input === null ? `, seed ${configuration.seed}` : "";
  return [
    `hellfact ${environment.toolVersion}   Node ${environment.node} (V8 ${v8})   ` +
      `${environment.cpuModel}, ${environment.cores} cores`,
    `${payload.facts} facts of ${payload.source}, ${bytes(payload.jsonBytesPerFact)} of JSON each${seed}`,
  ];
}

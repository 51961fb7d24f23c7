import type { GateDocument } from "../document.js";
import { judge } from "./judge.js";

/** The same gate, judged again from its pairs and its seed. Pure. */
export function rejudged(document: GateDocument): GateDocument {
  const { gate, environment } = document;
  const cores = Math.max(
    1,
    Math.min(environment.cores, Math.ceil(environment.cpuQuota ?? Infinity)),
  );
  return { ...document, gate: { ...gate, ...judge(gate.cells, gate.pairs, cores, gate.seed) } };
}

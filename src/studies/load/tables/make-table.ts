/** Makes the table that a plan names, in whatever process. */
import type { JsonSchema } from "../../../core/json-schema.js";
import { openPayload, type PayloadPlan } from "../../../payload/payload.js";
import { takePool, type PoolSize } from "../../../payload/pool.js";
import { eventsTable } from "./events.js";
import { factsTable } from "./facts.js";
import { inferredTable } from "./inferred.js";
import { resultsTable, samplesTable } from "./pairs.js";
import type { LoadTable } from "./table.js";

export type TableName = "events" | "facts" | "input" | "sample" | "result";

export interface TablePlan {
  readonly name: TableName;
  readonly payload: PayloadPlan;
  readonly poolSize: PoolSize;
  /** What documents are kept as; as the store does best where nothing is said. */
  readonly jsonKind?: string;
  /** The most rows that will be asked for. */
  readonly most: number;
}

/** @param prefix stands before the names of tables that others refer to */
export async function makeTable(plan: TablePlan, prefix: string): Promise<LoadTable> {
  const { name, jsonKind, most } = plan;
  if (name === "sample") return samplesTable();
  if (name === "result") return resultsTable(most, `${prefix}sample`);
  const source = await openPayload(plan.payload);
  const { facts } = await takePool(source, plan.poolSize);
  switch (name) {
    case "events":
      return eventsTable(facts);
    case "facts":
      return factsTable(facts, jsonKind);
    case "input":
      return inferredTable(facts, source.schema as JsonSchema, jsonKind);
  }
}

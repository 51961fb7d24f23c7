/** Which columns of `facts` a query reads, as DuckDB's own optimizer sees it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { QueryColumns } from "./columns.js";
import { factsView, relationSql, USUAL_FACT_BYTES } from "./relation.js";

const PROBE = "probe.ndjson";

/**
 * The names of the columns that a query needs; `undefined` where that cannot be told, and all are needed.
 * The query is planned over an empty file, so that nothing is read.
 */
export async function usedColumns(
  connection: DuckDBConnection,
  sql: string,
  columns: QueryColumns,
  folder: string,
): Promise<string[] | undefined> {
  const file = join(folder, PROBE);
  writeFileSync(file, "");
  const direct = { kind: "ndjson", files: [file], compression: "none" } as const;
  await connection.run(factsView([relationSql(direct, columns, USUAL_FACT_BYTES)]));
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) return undefined;
    const found = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${sql}`);
    const plan = JSON.parse(String(found.getRows()[0]?.[1])) as PlanNode[];
    return columnsIn(plan, new Set(columns.columns.map(({ name }) => name)));
  } catch {
    return undefined; // what is wrong with it is told when it is run
  }
}

interface PlanNode {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: {
    readonly Function?: string;
    readonly Projections?: string | readonly string[];
  };
}

function columnsIn(plan: readonly PlanNode[], known: ReadonlySet<string>): string[] | undefined {
  const used = new Set<string>();
  let isCertain = true;
  const visit = (node: PlanNode) => {
    if (node.name.trim().startsWith("READ_")) {
      const { Projections: read = [] } = node.extra_info;
      for (const name of typeof read === "string" ? [read] : read) {
        if (known.has(name)) used.add(name);
        else if (name !== "") isCertain = false;
      }
    }
    node.children.forEach(visit);
  };
  plan.forEach(visit);
  return isCertain ? [...used] : undefined;
}

/** Makes rows and sends them on, a batch whenever one is asked for: the reader of a file, as it were. */
import type { Row } from "../../../../core/store.js";
import { makeTable, type TablePlan } from "../../tables/make-table.js";

/** As many as a line of the original experiment gave, times ten. */
const BATCH_ROWS = 2_000;

process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (plan: TablePlan) => void begin(plan));

async function begin(plan: TablePlan): Promise<void> {
  const table = await makeTable(plan, "");
  const rows = table.rows(Infinity)[Symbol.iterator]();
  const send = () => {
    const batch: Row[] = [];
    while (batch.length < BATCH_ROWS) batch.push(rows.next().value as Row);
    process.send?.(batch);
  };
  process.on("message", send);
  send();
}

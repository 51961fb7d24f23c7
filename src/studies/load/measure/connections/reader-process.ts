/** Makes rows and sends them on, a batch whenever one is asked for: the reader of a file, as it were. */
import type { Row } from "../../../../core/store.js";
import { listen } from "../../../../process/serve.js";
import { makeTable, type TablePlan } from "../../tables/make-table.js";

/** As many as a line of the original experiment gave, times ten. */
const BATCH_ROWS = 2_000;

let rows: Promise<Iterator<Row>> | undefined;

/** The first message says which rows; each, that more of them are wanted. */
const tell = listen((message: TablePlan | "more") => {
  if (message !== "more") rows = begin(message);
  void send();
});

async function begin(plan: TablePlan): Promise<Iterator<Row>> {
  const table = await makeTable(plan, "");
  return table.rows(Infinity)[Symbol.iterator]();
}

async function send(): Promise<void> {
  const from = await rows;
  const batch: Row[] = [];
  while (batch.length < BATCH_ROWS) batch.push(from?.next().value as Row);
  tell(batch);
}

/** Rows for connections to take: from memory, or from another process that reads while they load. */
import { HellfactError } from "../../../../core/errors.js";
import type { Row } from "../../../../core/store.js";
import { Client } from "../../../../process/client.js";
import type { TablePlan } from "../../tables/make-table.js";
import type { LoadTable } from "../../tables/table.js";

export interface RowFeed {
  /** The next row, at once where there is one. */
  next(): Row | Promise<Row>;
  end(): void;
}

/** Rows that are there already, over and over. */
export function memoryFeed(table: LoadTable): RowFeed {
  let rows = table.rows(Infinity)[Symbol.iterator]();
  return {
    next: () => {
      const step = rows.next();
      if (step.done !== true) return step.value;
      rows = table.rows(Infinity)[Symbol.iterator]();
      return rows.next().value as Row;
    },
    end: () => undefined,
  };
}

/** Rows that wait to be taken: the reader is told to go on when there are fewer. */
const FEW_ROWS = 4_000;

/** Rows that a process of its own makes and sends while they are loaded. */
export function readerFeed(plan: TablePlan): RowFeed {
  const rows: Row[] = [];
  const waiting: { give: (row: Row) => void; refuse: (error: Error) => void }[] = [];
  let isAsked = true;
  const client = new Client(new URL("./reader-process.js", import.meta.url), {
    onNews: (batch) => {
      isAsked = false;
      for (const row of batch as Row[]) {
        const taker = waiting.shift();
        if (taker === undefined) rows.push(row);
        else taker.give(row);
      }
    },
  });
  void client.ended.then(({ text }) => {
    for (const { refuse } of waiting) refuse(new HellfactError(`the reader of rows: ${text}`));
  });
  client.tell(plan);
  return {
    next: () => {
      const row = rows.pop();
      if (!isAsked && rows.length <= FEW_ROWS) {
        isAsked = true;
        client.tell("more");
      }
      return row ?? new Promise((give, refuse) => waiting.push({ give, refuse }));
    },
    end: () => client.close(),
  };
}

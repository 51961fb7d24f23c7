/** Rows for connections to take: from memory, or from another process that reads while they load. */
import { fork, type ChildProcess } from "node:child_process";
import type { Row } from "../../../../core/store.js";
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
  const child: ChildProcess = fork(new URL("./reader-process.js", import.meta.url), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const rows: Row[] = [];
  const waiting: ((row: Row) => void)[] = [];
  let isAsked = true;
  child.on("message", (batch: Row[]) => {
    isAsked = false;
    for (const row of batch) {
      const taker = waiting.shift();
      if (taker === undefined) rows.push(row);
      else taker(row);
    }
  });
  child.send(plan);
  const ask = () => {
    if (isAsked || rows.length > FEW_ROWS || !child.connected) return;
    isAsked = true;
    child.send("more", () => undefined);
  };
  return {
    next: () => {
      const row = rows.pop();
      ask();
      return row ?? new Promise((resolve) => waiting.push(resolve));
    },
    end: () => void child.kill("SIGKILL"),
  };
}

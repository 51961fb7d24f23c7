/** The process that one method is measured in: it is killed where a load takes too long. */
import type { OpenStore, Store } from "../../../core/store.js";
import { loadStore } from "../../../plugins/load-store.js";
import { makeTable } from "../tables/make-table.js";
import type { LoadTable } from "../tables/table.js";
import { Bench } from "./cell.js";
import { LookUpBench } from "./look-up.js";
import type { Measured } from "./measured.js";
import { serveTask, tellNews, type Begun } from "../../../process/serve.js";
import type { CellNews, Ready, Task } from "./messages.js";

serveTask(async (task: Task): Promise<Begun> => {
  const store = await loadStore(task.store);
  const open = await store.open(task.store.url, { commit: task.commit });
  const table = await makeTable(task.table, task.prefix);
  const bench = benchOf(task, store, open, table);
  await bench.prepare();
  const { driver, server, address } = open;
  return {
    answer: { driver, server, address } satisfies Ready,
    handle: async (asked: { readonly rows: number } | { readonly end: true }) => {
      if ("rows" in asked) {
        return bench.measure(asked.rows, (clock) => tellNews({ clock } satisfies CellNews));
      }
      await bench.clear();
      return open.close();
    },
  };
});

function benchOf(task: Task, store: Store, open: OpenStore, table: LoadTable): Measured {
  const { method: name, lookUpAmong, prefix, folder } = task;
  if (lookUpAmong !== undefined) {
    return new LookUpBench(store, open, name, table, lookUpAmong, prefix);
  }
  const method = store.methods.find((candidate) => candidate.name === name);
  if (method === undefined) throw new Error(`${store.name} has no method ${name}`);
  return new Bench(open, method, table, prefix, folder);
}

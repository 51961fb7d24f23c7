/** The process that one method is measured in: it is killed where a load takes too long. */
import { firstLine, UnavailableError } from "../../../core/errors.js";
import type { OpenStore, Store } from "../../../core/store.js";
import { loadStore } from "../../../plugins/load-store.js";
import { makeTable } from "../tables/make-table.js";
import type { LoadTable } from "../tables/table.js";
import { Bench } from "./cell.js";
import { LookUpBench } from "./look-up.js";
import type { Measured } from "./measured.js";
import type { Said, Task } from "./messages.js";

// Ctrl-C reaches every process of the terminal; ending this one is for its parent to decide.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
process.once("message", (task: Task) => void begin(task));

function say(said: Said): void {
  process.send?.(said);
}

function sayProblem(error: unknown): void {
  const isUnavailable = error instanceof UnavailableError;
  const remedy = isUnavailable && error.remedy !== undefined ? ` (${error.remedy})` : "";
  say({ problem: `${firstLine(error)}${remedy}`, isUnavailable });
}

async function begin(task: Task): Promise<void> {
  let bench: Measured | undefined;
  let open: OpenStore | undefined;
  try {
    const store = await loadStore(task.store);
    open = await store.open(task.store.url, { commit: task.commit });
    const table = await makeTable(task.table, task.prefix);
    bench = benchOf(task, store, open, table);
    await bench.prepare();
    const { driver, server, address } = open;
    say({ ready: { driver, server, address } });
  } catch (error) {
    sayProblem(error);
    return;
  }
  const [ready, opened] = [bench, open];
  process.on("message", (asked: { readonly rows: number } | { readonly end: true }) => {
    const work =
      "end" in asked
        ? ready
            .clear()
            .then(() => opened.close())
            .then(() => process.disconnect())
        : ready.measure(asked.rows, (clock) => say({ clock })).then((figures) => say({ figures }));
    work.catch(sayProblem);
  });
}

function benchOf(task: Task, store: Store, open: OpenStore, table: LoadTable): Measured {
  const { method: name, lookUpAmong, prefix, folder } = task;
  if (lookUpAmong !== undefined) {
    return new LookUpBench(store, open, name, table, lookUpAmong, prefix);
  }
  const method = store.methods.find((candidate) => candidate.name === name);
  if (method === undefined) throw new Error(`${store.name} has no method ${name}`);
  return new Bench(open, method, table, prefix, folder);
}

/** The process that one cell is measured in: its memory, its garbage and its compiled code are nobody else's. */
import { PerformanceObserver } from "node:perf_hooks";
import { HellfactError, UnavailableError, whyNotLoaded } from "../../../core/errors.js";
import { serve } from "../../../process/serve.js";
import type { OpenFetcher, Shape } from "./driver.js";
import { loadFetchDriver } from "./drivers.js";
import type { CellFigures, CellTask } from "./messages.js";

/** Code is warmed up for so long before anything counts. */
const WARM_SECONDS = 0.2;

serve(async (task: CellTask): Promise<CellFigures> => {
  const { store, driver, url, columns } = task;
  const open = await opened(store, driver, url, columns);
  try {
    return await measured(open, task);
  } finally {
    await open.close();
  }
});

async function opened(
  store: string,
  name: string,
  url: string,
  columns: readonly string[],
): Promise<OpenFetcher> {
  const driver = await loadFetchDriver(store, name);
  try {
    return await driver.open(url, columns);
  } catch (error) {
    const isMissing = /Cannot find|No such built-in|ERR_DLOPEN|was compiled against/.test(
      String(error),
    );
    if (!isMissing) throw error;
    const why = name.startsWith("node:")
      ? `Node ${process.versions.node} has none; from 22.13 on it is there`
      : whyNotLoaded(error);
    throw new UnavailableError(why);
  }
}

async function measured(open: OpenFetcher, task: CellTask): Promise<CellFigures> {
  const once = fetcherOf(open, task);
  const warmUntil = performance.now() + WARM_SECONDS * 1000;
  do await once();
  while (performance.now() < warmUntil);
  let gcMilliseconds = 0;
  const add = (entries: readonly { readonly duration: number }[]) => {
    for (const { duration } of entries) gcMilliseconds += duration;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  const firsts: number[] = [];
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  let wallSeconds = 0;
  while (firsts.length < task.mostFetches && (wallSeconds < task.seconds || firsts.length === 0)) {
    firsts.push(await once());
    wallSeconds = (performance.now() - start) / 1000;
  }
  const cpu = process.cpuUsage(cpuBefore);
  await new Promise((resolve) => setImmediate(resolve)); // what was collected last is told then
  add(observer.takeRecords());
  observer.disconnect();
  firsts.sort((a, b) => a - b);
  return {
    server: open.server,
    fetches: firsts.length,
    wallSeconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    gcSeconds: gcMilliseconds / 1000,
    firstRowSeconds: firsts[Math.floor(firsts.length / 2)] ?? 0,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Fetches all rows once and looks at one value of each; resolves to when the first was there, in seconds. */
function fetcherOf(
  { all, iterate }: OpenFetcher,
  { fetch, shape, table, rows, columns }: CellTask,
): () => Promise<number> {
  const sql = `SELECT * FROM ${table}`;
  const look = lookAt(shape, columns);
  const right = (rows * (rows - 1)) / 2;
  const check = (count: number, sum: number) => {
    if (count === rows && sum === right) return;
    throw new HellfactError(
      `it gave ${count} rows, whose numbers make ${sum}; right are ${rows} and ${right}`,
    );
  };
  return async () => {
    const start = performance.now();
    let [count, sum, first] = [0, 0, NaN];
    const take = (row: unknown) => {
      count += 1;
      sum += look(row);
    };
    const noteFirst = () => {
      if (Number.isNaN(first)) first = (performance.now() - start) / 1000;
    };
    if (fetch === "all") {
      const found = (await all?.(sql, shape)) ?? [];
      noteFirst();
      for (const row of found) take(row);
    } else {
      const found = iterate?.(sql, shape) ?? [];
      if (Symbol.iterator in found) {
        for (const row of found) {
          noteFirst();
          take(row);
        }
      } else {
        for await (const group of found) {
          noteFirst();
          for (const row of group) take(row);
        }
      }
    }
    check(count, sum);
    return first;
  };
}

/** The number of a row, whatever it is. */
function lookAt(shape: Shape, [name = ""]: readonly string[]): (row: unknown) => number {
  if (shape === "array") return (row) => Number((row as readonly unknown[])[0]);
  return (row) => Number((row as Readonly<Record<string, unknown>>)[name]);
}

/** Measures one cell: a method loading so many rows, as often as makes a time that can be trusted. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadInput, LoadMethod, OpenStore, Row, TableShape } from "../../../core/store.js";
import type { LoadTable } from "../tables/table.js";
import { LEAST_SECONDS, MOST_LOADS, type Measured } from "./measured.js";
import type { CellFigures } from "./messages.js";

/** A method is warmed up for so long, on rows of a table that nobody looks at. */
const WARM_SECONDS = 0.15;
const WARM_ROWS = 2_000;

/** A table in an open store, ready to be loaded by one method. */
export class Bench implements Measured {
  private readonly shape: TableShape;
  private readonly staged: string;

  constructor(
    private readonly store: OpenStore,
    private readonly method: LoadMethod,
    private readonly table: LoadTable,
    private readonly prefix: string,
    private readonly folder: string,
  ) {
    this.shape = { ...table.shape, name: `${prefix}${table.shape.name}` };
    this.staged = `${prefix}staged`;
  }

  /** Makes what must be there before, and lets the method's code be compiled. */
  async prepare(): Promise<void> {
    for (const { shape, rows } of this.table.before) {
      await this.store.create(shape, true);
      await this.store.load(shape, rows, "one-transaction");
    }
    const { staged } = this.table.setBased;
    if (this.method.takes === "query" && staged.length > 0) {
      const shape: TableShape = { ...this.table.shape, name: this.staged, constraints: [] };
      await this.store.create(shape, true);
      await this.store.load(shape, staged, "one-transaction");
    }
    await this.store.create(this.shape, true);
    const rows = this.method.takes === "rows" ? this.warmRows() : await this.input(100);
    await this.store.load(this.shape, rows, this.method.name);
  }

  /** @param onClock called as the clock of each load starts, and stops */
  async measure(rows: number, onClock: (what: "starts" | "stops") => void): Promise<CellFigures> {
    const { store, shape, method } = this;
    const input = await this.input(rows);
    let [loads, wallSeconds, clientCpuSeconds, storedBytes] = [0, 0, 0, 0];
    let serverCpuSeconds: number | null = 0;
    while (loads === 0 || (wallSeconds < LEAST_SECONDS && loads < MOST_LOADS)) {
      await store.create(shape, true);
      const bytesBefore = loads === 0 ? await store.storedBytes(shape.name) : 0;
      const serverBefore = await serverSeconds(store);
      onClock("starts");
      const cpuBefore = process.cpuUsage();
      const start = performance.now();
      await store.load(shape, input, method.name);
      wallSeconds += (performance.now() - start) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      clientCpuSeconds += (cpu.user + cpu.system) / 1e6;
      onClock("stops");
      const serverAfter = await serverSeconds(store);
      serverCpuSeconds =
        serverCpuSeconds === null || serverBefore === null || serverAfter === null
          ? null
          : serverCpuSeconds + serverAfter - serverBefore;
      if (loads === 0) {
        await this.check(rows);
        storedBytes = Math.max(0, (await store.storedBytes(shape.name)) - bytesBefore);
      }
      loads += 1;
    }
    return {
      ...{ loads, wallSeconds, clientCpuSeconds, serverCpuSeconds, storedBytes },
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      durability: await store.durability(),
    };
  }

  /** Takes the tables away. */
  async clear(): Promise<void> {
    await this.store.drop(this.shape.name);
    await this.store.drop(this.staged);
    for (const { shape } of this.table.before) await this.store.drop(shape.name);
  }

  /** A load that kept fewer rows than it was given has no rate. */
  private async check(rows: number): Promise<void> {
    const [found] = await this.store.query(`SELECT count(*) FROM "${this.shape.name}"`);
    const count = Number(found?.[0]);
    if (count === rows) return;
    throw new Error(`${this.method.name} kept ${count} rows of ${rows}`);
  }

  /** The rows as the method takes them; files are written outside of the clock. */
  private async input(rows: number): Promise<LoadInput> {
    const { table, method, prefix, folder } = this;
    switch (method.takes) {
      case "rows": {
        // A fresh walk for each load.
        return { [Symbol.iterator]: () => table.rows(rows)[Symbol.iterator]() };
      }
      case "query":
        return { query: table.setBased.query(this.staged, rows) };
      case "ndjson": {
        const file = join(folder, `${prefix}${rows}.ndjson`);
        writeLines(file, table, rows);
        return isDocuments(table) ? { file, firstDocument: 0 } : { file };
      }
      case "parquet": {
        const file = join(folder, `${prefix}${rows}.parquet`);
        await this.store.create(this.shape, true);
        await this.store.load(this.shape, table.rows(rows), "appender-chunks");
        await this.store.query(`COPY "${this.shape.name}" TO '${file}' (FORMAT parquet)`);
        return { file };
      }
    }
  }

  private *warmRows(): Generator<Row> {
    const until = performance.now() + WARM_SECONDS * 1000;
    for (const row of this.table.rows(WARM_ROWS)) {
      if (performance.now() > until) return;
      yield row;
    }
  }
}

async function serverSeconds(store: OpenStore): Promise<number | null> {
  return store.serverCpuSeconds === undefined ? 0 : store.serverCpuSeconds();
}

/** Whether a table is of numbered documents, which a file has one a line. */
function isDocuments({ shape: { columns } }: LoadTable): boolean {
  return columns.length === 2 && columns[1]?.type === "json";
}

const LINES_A_WRITE = 1_000;

function writeLines(file: string, table: LoadTable, rows: number): void {
  const names = table.shape.columns.map(({ name }) => name);
  const documents = isDocuments(table);
  writeFileSync(file, "");
  let lines: string[] = [];
  const flush = () => {
    writeFileSync(file, lines.join(""), { flag: "a" });
    lines = [];
  };
  for (const row of table.rows(rows)) {
    const text = documents
      ? String(row[1])
      : JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index]])));
    if (lines.push(`${text}\n`) === LINES_A_WRITE) flush();
  }
  flush();
}

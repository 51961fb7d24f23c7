/** Measures one cell of looking up: so many pairs by their keys, among all that there are. */
import type { OpenStore, Row, Store, TableShape } from "../../../core/store.js";
import { seededUniform } from "../../../stats/random.js";
import type { LoadTable } from "../tables/table.js";
import { LEAST_SECONDS, MOST_LOADS, type Measured } from "./measured.js";
import type { CellFigures } from "./messages.js";

const KEY_SEED = 7;
const WARM_KEYS = 200;

export class LookUpBench implements Measured {
  private readonly shape: TableShape;

  constructor(
    private readonly store: Store,
    private readonly open: OpenStore,
    private readonly method: string,
    private readonly table: LoadTable,
    /** Pairs that there are. */
    private readonly pairs: number,
    prefix: string,
  ) {
    this.shape = { ...table.shape, name: `${prefix}${table.shape.name}` };
  }

  /** Makes the tables with all pairs, and lets the method's code be compiled. */
  async prepare(): Promise<void> {
    const { open, table, shape, store } = this;
    for (const before of table.before) {
      await open.create(before.shape, true);
      await open.load(before.shape, before.rows, store.defaultMethod);
    }
    await open.create(shape, true);
    await open.load(shape, table.rows(this.pairs), store.defaultMethod);
    await open.lookUp(shape, this.keys(WARM_KEYS), this.method);
  }

  async measure(count: number, onClock: (what: "starts" | "stops") => void): Promise<CellFigures> {
    const keys = this.keys(count);
    let [loads, wallSeconds, clientCpuSeconds] = [0, 0, 0];
    const serverBefore = await this.serverSeconds();
    while (loads === 0 || (wallSeconds < LEAST_SECONDS && loads < MOST_LOADS)) {
      onClock("starts");
      const cpuBefore = process.cpuUsage();
      const start = performance.now();
      const found = await this.open.lookUp(this.shape, keys, this.method);
      wallSeconds += (performance.now() - start) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      clientCpuSeconds += (cpu.user + cpu.system) / 1e6;
      onClock("stops");
      if (found.length !== count) {
        throw new Error(`${this.method} found ${found.length} rows of ${count}`);
      }
      loads += 1;
    }
    const serverAfter = await this.serverSeconds();
    return {
      ...{ loads, wallSeconds, clientCpuSeconds, storedBytes: 0 },
      serverCpuSeconds:
        serverBefore === null || serverAfter === null ? null : serverAfter - serverBefore,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      durability: await this.open.durability(),
    };
  }

  async clear(): Promise<void> {
    await this.open.drop(this.shape.name);
    for (const { shape } of this.table.before) await this.open.drop(shape.name);
  }

  /** Different pairs from all over the table. */
  private keys(count: number): Row[] {
    const uniform = seededUniform(KEY_SEED);
    const every = this.pairs / count;
    // One out of each of as many stretches as keys are wanted, so that no two are the same.
    const place = (index: number) =>
      Math.floor(index * every) + Math.floor(uniform() * Math.floor(every));
    const wanted = new Set(Array.from({ length: count }, (_, index) => place(index)));
    const keys: Row[] = [];
    let number = 0;
    for (const [a = 0, b = 0] of this.table.rows(this.pairs)) {
      if (wanted.has(number++)) keys.push([a, b]);
    }
    return keys;
  }

  private async serverSeconds(): Promise<number | null> {
    return this.open.serverCpuSeconds === undefined ? 0 : this.open.serverCpuSeconds();
  }
}

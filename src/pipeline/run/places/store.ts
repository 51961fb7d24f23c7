/**
 * A database as the place of a run's parts. The facts of a part, and that it is there, are one transaction: so of two
 * workers that made the same part one loads it, and the other one finds it loaded. It is called as `hellfact load` of
 * the run's folder would call it.
 */
import { InputError } from "../../../core/errors.js";
import { PARTS, quoted } from "../../../core/sql.js";
import type { OpenStore, Row, TableShape } from "../../../core/store.js";
import { loadStore } from "../../../plugins/load-store.js";
import { openPartFacts } from "../part-facts.js";
import type { MadeRange, PartEntry, RunPlan } from "../plan.js";
import { runName } from "./run-name.js";
import type { RunPlace } from "./run-place.js";

/** Facts as a number and a document. */
export const FACTS: TableShape = {
  name: "facts",
  columns: [
    { name: "fact", type: "bigint" },
    { name: "document", type: "json" },
  ],
};

/** So often a part is loaded where the server is away, with a pause twice as long each time. */
const MOST_TRIES = 7;
const PAUSE_MILLISECONDS = 250;

/** Whether a URL names a database that all machines of a cluster reach. */
export function isSharedStoreUrl(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url);
}

/** A database's URL without its password, which this process keeps in its environment. */
export function withoutPassword(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new InputError("--sink: give PostgreSQL as postgres://USER@HOST:PORT/DATABASE.");
  }
  const inQuery = parsed.searchParams.get("password");
  const password = parsed.password === "" ? inQuery : decodeURIComponent(parsed.password);
  if (password !== null && password !== "") process.env["PGPASSWORD"] = password;
  parsed.password = "";
  parsed.searchParams.delete("password");
  parsed.searchParams.delete("sslpassword");
  return parsed.href;
}

/** Connects. Rejects as a `Store` does. */
export async function openStorePlace(plan: RunPlan, url: string): Promise<StorePlace> {
  const store = await loadStore({ url });
  const first = await store.open(url);
  return new StorePlace(plan, url, () => store.open(url), first, store.defaultMethod);
}

class StorePlace implements RunPlace {
  /** No files are kept. */
  readonly fetch = undefined;
  private readonly run: string;
  /** Connections that nobody uses now: each loads one part after the other. */
  private readonly idle: OpenStore[];

  constructor(
    private readonly plan: RunPlan,
    readonly address: string,
    private readonly open: () => Promise<OpenStore>,
    first: OpenStore,
    private readonly method: string,
  ) {
    this.idle = [first];
    // The same run may be loaded into several tables.
    this.run = `${runName(plan)}/${FACTS.name}`;
  }

  async begin(): Promise<void> {
    await this.with((store) => store.create(FACTS, false));
  }

  async prepare(): Promise<void> {
    // a connection is all that it takes
  }

  async deliver(folder: string, part: MadeRange): Promise<MadeRange> {
    const { file, from, to, crc32 } = part;
    if (file === null) return part;
    const facts = await openPartFacts(folder, this.plan);
    const key = { run: this.run, from, to, crc32 };
    await this.with((store) => {
      const rows = rowsOf(facts.read({ ...part, file }), from);
      return store.loadPart(key, [{ table: FACTS, rows }], this.method);
    });
    return part;
  }

  async problemOf({ from, to, facts, crc32 }: PartEntry): Promise<string | undefined> {
    const found = await this.with((store) =>
      store.query(
        `SELECT crc32 FROM ${quoted(PARTS.name)} WHERE run = ? AND from_position = ? AND to_position = ?`,
        [this.run, from, to],
      ),
    );
    const sum = found[0]?.[0];
    if (sum === crc32) return undefined;
    const what = sum === undefined ? `missing, with ${facts} facts` : `of CRC-32 ${String(sum)}`;
    return `${this.address}: positions ${from} to ${to - 1} are ${what}.`;
  }

  async remove(): Promise<void> {
    // what is missing needs none, and nothing else can be wrong
  }

  async keep(): Promise<void> {
    // the table of parts says what is there
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((store) => store.close()));
  }

  private async with<T>(action: (store: OpenStore) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      let store: OpenStore | undefined;
      try {
        store = this.idle.pop() ?? (await this.open());
        const done = await action(store);
        this.idle.push(store);
        return done;
      } catch (error) {
        await store?.close().catch(() => undefined);
        if (error instanceof InputError || tried === MOST_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS * 2 ** (tried - 1)));
      }
    }
  }
}

function* rowsOf(facts: Iterable<unknown>, first: number): Generator<Row> {
  let number = first;
  for (const fact of facts) {
    yield [number, JSON.stringify(fact)];
    number += 1;
  }
}

/**
 * The contract that every store passes: the ones that are here by tests, others before they are loaded into. It is
 * tried in the place itself, in a table of its own that is dropped; of the parts that are loaded once, a store
 * keeps a line each in its own ledger.
 */
import type { LoadMethod, OpenStore, Row, Store } from "../../core/store.js";
import { firstBreach, missingFunction, wrongFieldOf, type Rule } from "../breach.js";
import { FIELDS } from "./shape.js";
import { countRows, ROW, ROWS, sameRows, TABLE } from "./table.js";

/** A store, and where it is to be opened. */
export interface StoreCandidate {
  readonly store: Store;
  /** What its file is called, without the ending. */
  readonly name: string;
  readonly url: string;
}

/** A store that is opened. */
export interface OpenCandidate {
  readonly store: Store;
  readonly open: OpenStore;
  /** Whether a method can be used here. */
  readonly works?: (method: LoadMethod) => boolean;
}

const byRows = ({ store: { methods }, works = () => true }: OpenCandidate) =>
  methods.filter((method) => method.takes === "rows" && works(method));
const atomic = (candidate: OpenCandidate) => byRows(candidate).filter(({ isAtomic }) => isAtomic);

/** What an opened store must do, in the order in which it is looked at. */
export const CONTRACT: readonly Rule<OpenCandidate>[] = [
  {
    rule: "says what it is",
    breach: ({ open }) => {
      const missing = missingFunction(open, [
        ...(["create", "drop", "load", "loadPart", "durability", "query"] as const),
        ...(["lookUp", "storedBytes", "close"] as const),
      ]);
      const unsaid = (["driver", "server", "address"] as const).find((name) => open[name] === "");
      return missing ?? (unsaid === undefined ? undefined : `its ${unsaid} says nothing`);
    },
  },
  {
    rule: "has a method to load rows with, all or none of them",
    breach: (candidate) => {
      const { defaultMethod } = candidate.store;
      const found = atomic(candidate).some(({ name }) => name === defaultMethod);
      return found
        ? undefined
        : `its defaultMethod, ${defaultMethod}, is none of its methods that are atomic and take rows`;
    },
  },
  {
    rule: "gives rows back as they were",
    breach: async (candidate) => {
      const { open } = candidate;
      for (const { name, isAtomic } of byRows(candidate)) {
        // A commit for each row takes its time.
        const rows = isAtomic ? ROWS : ROWS.slice(0, 60);
        await open.create(TABLE, true);
        await open.load(TABLE, rows, name);
        const wrong = sameRows(await open.query(`SELECT * FROM "${TABLE.name}"`), rows);
        if (wrong !== undefined) return `${name}: ${wrong}`;
      }
      return undefined;
    },
  },
  {
    rule: "keeps nothing of a load whose rows fail in the middle, and goes on",
    breach: async (candidate) => {
      const { open } = candidate;
      for (const { name } of atomic(candidate)) {
        await open.create(TABLE, true);
        const said = await open.load(TABLE, broken(), name).then(
          () => "nothing",
          (error: Error) => error.message,
        );
        if (!said.includes(BROKEN)) return `${name}: of rows that break it says ${said}`;
        const kept = await countRows(open);
        if (kept !== 0) return `${name}: it keeps ${kept} rows of a load that failed`;
        await open.load(TABLE, [ROW], name);
        if ((await countRows(open)) !== 1)
          return `${name}: it does not go on after a load that failed`;
      }
      return undefined;
    },
  },
  {
    rule: "loads a part once, and tells one with another checksum",
    breach: async (candidate) => {
      const { open } = candidate;
      for (const { name } of atomic(candidate)) {
        await open.create(TABLE, true);
        const run = `contract ${process.pid} ${Date.now()} ${name}`;
        const load = (crc32: string) =>
          open.loadPart({ run, from: 0, to: 10, crc32 }, [{ table: TABLE, rows: [ROW] }], name);
        const said = [await load("0badcafe"), await load("0badcafe")].join(", then ");
        if (said !== "loaded, then present") return `${name}: a part is ${said}`;
        const other = await load("deadbeef").catch((error: Error) => error.message);
        if (!/deadbeef.*0badcafe/.test(other)) {
          return `${name}: of a part with another checksum it says "${other}", which does not name both`;
        }
        const rows = await countRows(open);
        if (rows !== 1) return `${name}: there are ${rows} rows of a part that has one`;
      }
      return undefined;
    },
  },
  {
    rule: "finds rows by their keys",
    breach: async ({ store, open }) => {
      for (const { name } of store.lookUps) {
        await open.create(TABLE, true);
        await open.load(TABLE, ROWS, store.defaultMethod);
        const keys = ROWS.filter((_, index) => index % 2 === 0).map(([key = null]): Row => [key]);
        const found = await open.lookUp(TABLE, [...keys, [999_999]], name);
        if (found.length !== keys.length) {
          return `${name}: it finds ${found.length} rows by ${keys.length} keys`;
        }
      }
      return undefined;
    },
  },
  {
    rule: "says what a commit outlives",
    breach: async ({ store, open }) => {
      await open.create(TABLE, true);
      await open.load(TABLE, [ROW], store.defaultMethod);
      const { settings, survives } = await open.durability();
      if (settings === "") return "its durability has no settings";
      return ["power", "process", "nothing"].includes(survives)
        ? undefined
        : `its durability survives "${survives}": power, process or nothing`;
    },
  },
];

/** What a store breaks first, in one line; `undefined` if it keeps the contract. */
export async function storeBreach(candidate: StoreCandidate): Promise<string | undefined> {
  const { store, name, url } = candidate;
  const wrong = wrongFieldOf(store, name, FIELDS);
  if (wrong !== undefined)
    return `${wrong} (a store is called as its file is, and says what it is)`;
  const open = await store.open(url);
  try {
    return await firstBreach("a store", CONTRACT, { store, open });
  } finally {
    await open.drop(TABLE.name).catch(() => undefined);
    await open.close();
  }
}

const BROKEN = "the source broke";

function* broken(): Generator<Row> {
  yield ROW;
  throw new Error(BROKEN);
}

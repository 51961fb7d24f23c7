/** Facts kept in a store, or read by it where they lie, and asked in its SQL. */
import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { OpenStore, Row, Store, TableShape } from "../../../core/store.js";
import { loadStore } from "../../../plugins/load-store.js";
import type { Average } from "./questions.js";
import type { OpenWay, WayPlace } from "./way.js";

export interface SqlWay {
  readonly url: (place: WayPlace) => string;
  /** SQL for the three values of a fact. */
  readonly level: string;
  readonly country: string;
  readonly session: string;
  /** What a document is kept as; not there for what makes its table itself. */
  readonly jsonKind?: string;
  /** Columns of values out of documents, in the brackets of the table. */
  readonly generated?: readonly string[];
  /** Statements that make a table, or a view, and what belongs to it, in place of documents by rows. */
  readonly make?: (table: string, place: WayPlace) => readonly string[];
  /** Statements that are run whenever it is opened: views that no file keeps. */
  readonly reopen?: (table: string, place: WayPlace) => readonly string[];
  /** Statements that are run once all rows are there. */
  readonly after?: (table: string) => readonly string[];
  /** Files that are looked at for their size, in place of what the store says. */
  readonly files?: (place: WayPlace) => readonly string[];
}

/** Documents of as many rows are handed over at once. */
const ROWS_A_LOAD = 500;

export async function openSqlWay(way: SqlWay, place: WayPlace): Promise<OpenWay> {
  const url = way.url(place);
  const store = await loadStore({ url });
  const open = await store.open(url);
  const table = `${place.prefix}facts`;
  for (const sql of way.reopen?.(table, place) ?? []) await open.query(sql);
  const shape: TableShape = {
    name: table,
    columns: [
      { name: "id", type: "text" },
      { name: "document", type: "json" },
    ],
    constraints: ['PRIMARY KEY ("id")'],
    ...(way.jsonKind !== undefined && { jsonKind: way.jsonKind }),
  };
  return {
    server: `${open.server} by ${open.driver}`,
    load: async () => {
      if (way.make === undefined) await loadDocuments(store, open, shape, way, place);
      else for (const sql of way.make(table, place)) await open.query(sql);
      for (const sql of way.after?.(table) ?? []) await open.query(sql);
    },
    storedBytes: async () => {
      const files = way.files?.(place);
      if (files === undefined) return open.storedBytes(table);
      return files.reduce((sum, file) => sum + statSync(file).size, 0);
    },
    byId: async (id) => {
      const [row] = await open.query(`SELECT ${way.session} FROM ${table} WHERE ${ID(way)} = ?`, [
        id,
      ]);
      return row === undefined ? undefined : String(row[0]);
    },
    inRange: async (low, high) => {
      const [row] = await open.query(
        `SELECT count(*) FROM ${table} WHERE ${way.level} BETWEEN ? AND ?`,
        [low, high],
      );
      return Number(row?.[0]);
    },
    averages: async () => {
      const rows = await open.query(
        `SELECT ${way.country}, avg(${way.level}), count(*) FROM ${table} GROUP BY 1`,
      );
      return rows.map(([country, level, facts]): Average => [
        String(country),
        Number(level),
        Number(facts),
      ]);
    },
    clear: async () => {
      if (way.make === undefined) await open.drop(table);
    },
    close: () => open.close(),
  };
}

/** A table of documents has their ids beside them. */
function ID({ make }: SqlWay): string {
  return make === undefined ? "id" : '"factId"';
}

async function loadDocuments(
  store: Store,
  open: OpenStore,
  shape: TableShape,
  { generated = [] }: SqlWay,
  { ndjson }: WayPlace,
): Promise<void> {
  await open.create({ ...shape, constraints: [...generated, ...(shape.constraints ?? [])] }, true);
  let rows: Row[] = [];
  const load = async () => {
    if (rows.length > 0) await open.load(shape, rows, store.defaultMethod);
    rows = [];
  };
  for await (const line of createInterface({ input: createReadStream(ndjson) })) {
    const { factId } = JSON.parse(line) as { factId: string };
    if (rows.push([factId, line]) === ROWS_A_LOAD) await load();
  }
  await load();
}

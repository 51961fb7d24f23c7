/** The table `facts` of a store, as `hellfact load` makes it: a number and one document a row. */
import { existsSync } from "node:fs";
import { HellfactError, InputError } from "../core/errors.js";
import type { Fact } from "../core/fact.js";
import type { OpenStore } from "../core/store.js";
import { loadStore } from "../plugins/load-store.js";
import type { Place } from "./place.js";
import type { Relation } from "./relation.js";

const ROWS_AT_ONCE = 500;
const URL = /^(?:sqlite|duckdb|postgres|postgresql):/;

export function isStoreUrl(word: string): boolean {
  return URL.test(word);
}

/**
 * The documents of a store. DuckDB's own files are read where they lie; those of others come through
 * their driver. Rejects as a store's `open` does, and with an `InputError` where there is no such table.
 */
export async function storeRelations(url: string): Promise<Place> {
  const file = /^(?:sqlite|duckdb):(?:\/\/)?(.*)$/.exec(url)?.[1];
  if (file !== undefined && !existsSync(file)) {
    throw new InputError(`${url}: there is no such file.`);
  }
  const sample = () => storeDocuments(url);
  if (url.startsWith("duckdb:") && file !== undefined) {
    const text = await textInDuckDb(url);
    const relation: Relation = { kind: "duckdb", file, text };
    return { relations: [relation], sample: text === undefined ? undefined : sample };
  }
  return {
    relations: [{ kind: "facts", name: withoutPassword(url), count: null, read: sample }],
    sample,
  };
}

/** SQL for the text of documents; `undefined` where the table has none. */
async function textInDuckDb(url: string): Promise<string | undefined> {
  const open = await (await loadStore({ url })).open(url);
  try {
    const columns = await open.query(
      "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'facts'",
    );
    if (columns.length === 0) {
      throw new InputError(`${open.address} has no table facts; hellfact load makes one.`);
    }
    const type = columns.find(([name]) => name === "document")?.[1];
    if (type === undefined) return undefined;
    return type === "BLOB" ? "decode(document)" : "document";
  } finally {
    await open.close();
  }
}

/** Documents in the order of their numbers, some hundreds at a time. */
export async function* storeDocuments(url: string): AsyncGenerator<Fact> {
  const store = await loadStore({ url });
  const open = await store.open(url);
  try {
    for await (const text of textsOf(open, store.name)) yield JSON.parse(text) as Fact;
  } catch (error) {
    if (!(error instanceof HellfactError) || !/exist|no such table/i.test(error.message))
      throw error;
    throw new InputError(
      `${open.address} has no table facts with documents; hellfact load makes one. (${error.message})`,
    );
  } finally {
    await open.close();
  }
}

/** By a cursor where the store has one, else by its row's number. */
async function* textsOf(open: OpenStore, name: string): AsyncGenerator<string> {
  if (name === "postgres") {
    const [[type] = []] = await open.query("SELECT pg_typeof(document)::text FROM facts LIMIT 1");
    const text = type === "bytea" ? "convert_from(document, 'UTF8')" : "document::text";
    await open.query("BEGIN");
    await open.query(`DECLARE hellfact_facts CURSOR FOR SELECT ${text} FROM facts ORDER BY fact`);
    for (;;) {
      const rows = await open.query(`FETCH ${ROWS_AT_ONCE} FROM hellfact_facts`);
      for (const [document] of rows) yield String(document);
      if (rows.length < ROWS_AT_ONCE) return;
    }
  }
  const [number, text] =
    name === "duckdb"
      ? [
          "rowid",
          "CASE typeof(document) WHEN 'BLOB' THEN decode(document::BLOB) ELSE document::VARCHAR END",
        ]
      : ["rowid", "json(document)"];
  let last: string | number | bigint = -1;
  for (;;) {
    const rows = await open.query(
      `SELECT ${number}, ${text} FROM facts WHERE ${number} > ? ORDER BY ${number} LIMIT ${ROWS_AT_ONCE}`,
      [last],
    );
    for (const [, document] of rows) yield String(document);
    if (rows.length < ROWS_AT_ONCE) return;
    last = rows.at(-1)?.[0] as typeof last;
  }
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1@");
}

/** The contract of a database: a place that keeps rows in transactions and can be asked for them. */

import { InputError } from "./errors.js";

/** A value of a row, as every driver takes it. JSON is its text. */
export type Value = string | number | bigint | boolean | null | Uint8Array;

/** As many values as its table has columns, in their order. */
export type Row = readonly Value[];

/** `integer` has 32 bits with a sign, `bigint` 64; `json` is a document as the store keeps it best. */
export type ColumnType = "integer" | "bigint" | "double" | "boolean" | "text" | "bytes" | "json";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What else belongs between the brackets of `CREATE TABLE`, in standard SQL. */
  readonly constraints?: readonly string[];
  /** Columns that get an index each. */
  readonly indexes?: readonly string[];
  /** What a column of type `json` is made of, one of the store's `jsonKinds`; else the first. */
  readonly jsonKind?: string;
}

/** How rows are handed over, in the field's words. */
export interface LoadMethod {
  /** `one-by-one`, `multi-row-500`, `copy-binary`. */
  readonly name: string;
  /** How it is done, in a line. */
  readonly summary: string;
  /** Whether all rows of a load are committed at once, which loading exactly once needs. */
  readonly isAtomic: boolean;
  /**
   * What it loads: rows that the client hands over, a file of newline-delimited JSON or of Parquet
   * that the store reads itself, or what a query gives.
   */
  readonly takes: "rows" | "ndjson" | "parquet" | "query";
  /** Whether all rows travel as one parameter, so that the client holds all of them at once. */
  readonly isOneParameter?: boolean;
}

/** How rows are asked for by their keys. */
export interface LookUpMethod {
  readonly name: string;
  readonly summary: string;
}

/** What a commit outlives, as the store itself says it after a write. */
export interface Durability {
  /** The settings that decide it, such as `WAL, synchronous=FULL`. */
  readonly settings: string;
  /**
   * `power`: a commit is on the disk when it returns. `process`: it outlives the process, but the
   * last ones not a loss of power. `nothing`: there is no file.
   */
  readonly survives: "power" | "process" | "nothing";
}

/** A part of a run: what is loaded exactly once. */
export interface PartKey {
  readonly run: string;
  /** Positions in the source: from the first one up to before the second. */
  readonly from: number;
  readonly to: number;
  /** CRC-32 of the part's bytes, in hexadecimal. */
  readonly crc32: string;
}

export interface OpenOptions {
  /** How durable commits are to be, where the method does not say: on the disk, or not waited for. */
  readonly commit?: "power" | "process";
  /** What the connection calls itself, so that it can be told from others'. */
  readonly application?: string;
  /** Whether statements are sent while the answers to earlier ones are still to come. */
  readonly pipeline?: boolean;
}

/** What connections were doing when they were looked at. */
export interface Activity {
  /** `idle`, `running`, or what was waited for, as the server calls it: `IO:WalSync`. */
  readonly what: string;
  readonly connections: number;
}

/** A place that keeps facts: a database. One file in `src/stores` exports one as its default. */
export interface Store {
  /** The file's name without its ending, and how its URLs begin. */
  readonly name: string;
  /** An example of its URL: `sqlite:FILE`. */
  readonly url: string;
  readonly methods: readonly LoadMethod[];
  readonly lookUps: readonly LookUpMethod[];
  /** The method to load with where nobody says another: atomic, and fast for any rows. */
  readonly defaultMethod: string;
  /** What a column of type `json` can be made of; the first is what it is made of unless told. */
  readonly jsonKinds: readonly string[];
  /** SQL that gives a document's text, of a column that keeps it so. */
  documentText(column: string, jsonKind: string): string;
  /**
   * Starts a server in this process that says yes to all that loads send, and keeps nothing: what the
   * driver can do alone is measured against it. Left out by a store that has no protocol.
   */
  nullServer?(): Promise<NullServer>;
  /**
   * Connects to send bytes that were made before, over and over: what the server can do alone.
   *
   * @param first is sent once: it may hold what prepares a statement
   */
  replay?(url: string, first: Sent, each: Sent): Promise<Replay>;
  /** Which driver there is, with its version; rejects with an `UnavailableError` where there is none. */
  driver(): Promise<string>;
  /**
   * Rejects with an `InputError` for a wrong URL, an `UnavailableError` where a driver is missing,
   * and a `HellfactError` that names host and port where nobody answers. None has a password in it.
   */
  open(url: string, options?: OpenOptions): Promise<OpenStore>;
}

/** What a client sent, and how often it waited for an answer meanwhile. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly roundTrips: number;
}

export interface NullServer {
  readonly url: string;
  /** Notes what is sent from now on. */
  note(): void;
  /** Ends the note, and returns it. */
  take(): Sent;
  close(): void;
}

/** A connection that sends the same bytes over and over. */
export interface Replay {
  /** Resolves when the server has answered all of them. */
  send(): Promise<void>;
  close(): Promise<void>;
}

/** A connection to a store. Its calls are made one after the other. */
export interface OpenStore {
  /** The package that talks to it, with its version. */
  readonly driver: string;
  /** The database with its version: `SQLite 3.53.0`. */
  readonly server: string;
  /** Where it is, without a password. */
  readonly address: string;
  /** Makes a table, in place of an older one of that name if `replace` says so. */
  create(table: TableShape, replace: boolean): Promise<void>;
  drop(table: string): Promise<void>;
  /**
   * Loads rows; when it resolves, the store has said that all of them are committed.
   */
  load(table: TableShape, rows: LoadInput, method: string): Promise<void>;
  /**
   * Loads the rows of a part and writes down that they are there in the same transaction.
   * `present` if that had been done before. Rejects with a `HellfactError` that names both
   * checksums if a part from there to there was loaded that had another one.
   */
  loadPart(
    part: PartKey,
    rows: readonly { readonly table: TableShape; readonly rows: Iterable<Row> }[],
    method: string,
  ): Promise<"loaded" | "present">;
  /** What the last commit outlives: to be asked after a write, for some drivers change it then. */
  durability(): Promise<Durability>;
  /** Rows of an SQL query, its parameters written `?`; numbers beyond 2⁵³ come as bigint or text. */
  query(sql: string, values?: Row): Promise<Row[]>;
  /**
   * The rows of a table that have these keys, in any order.
   *
   * @param keys values of the table's first columns, which are what it is looked up by
   */
  lookUp(table: TableShape, keys: readonly Row[], method: string): Promise<Row[]>;
  /** What a table takes on the disk with its indexes, or all tables of a file where only that is known. */
  storedBytes(table: string): Promise<number>;
  /**
   * Processor time that the server took for this connection, in seconds; `null` where it runs on
   * another machine. Left out by a store that works inside this process.
   */
  serverCpuSeconds?(): Promise<number | null>;
  /**
   * Makes what inserts single rows, each committed when its promise resolves; several may be under
   * way. Left out by a store that has one connection to a file.
   */
  inserter?(table: TableShape): (row: Row) => Promise<void>;
  /** What the connections that call themselves so are doing now. */
  activity?(application: string): Promise<readonly Activity[]>;
  /** How many connections the server takes, and how many there are; left out where there is no end. */
  room?(): Promise<{ readonly most: number; readonly taken: number }>;
  close(): Promise<void>;
}

/**
 * The one of a store's ways that has a name. Throws an `InputError` if there is none.
 *
 * @param kind what they are: "method", "way of looking up"
 */
export function namedIn<T extends { readonly name: string }>(
  ways: readonly T[],
  name: string,
  kind: string,
): T {
  const found = ways.find((one) => one.name === name);
  if (found === undefined) throw new InputError(`there is no ${kind} "${name}" here.`);
  return found;
}

/**
 * What a method takes: rows; or a file that the store reads, of rows, or of documents where it is told
 * which number the first of them has; or a query whose rows they are.
 */
export type LoadInput =
  | Iterable<Row>
  | { readonly file: string; readonly firstDocument?: number }
  | { readonly query: string };

/** The rows of an input, for methods that take nothing else. */
export function rowsOf(input: LoadInput): Iterable<Row> {
  if (Symbol.iterator in input) return input;
  throw new TypeError("this method takes rows");
}

/** The query of an input, for the method that takes nothing else. */
export function queryOf(input: LoadInput): string {
  if ("query" in input) return input.query;
  throw new TypeError("this method takes a query");
}

/** A way to keep facts that can be asked. */
import type { Average } from "./questions.js";

export interface WayName {
  /** `postgres jsonb`: where, and as what. */
  readonly name: string;
  readonly store: "postgres" | "sqlite" | "duckdb" | "files";
  readonly summary: string;
}

export interface WayPlace {
  /** The facts, a line each. */
  readonly ndjson: string;
  /** Where files may be put. */
  readonly folder: string;
  /** Of PostgreSQL, where there is one. */
  readonly postgres: string | null;
  /** Stands before the names of tables, so that nobody else's are touched. */
  readonly prefix: string;
}

export interface OpenWay {
  /** What answers: `PostgreSQL 15.8 by pg 8.23.1`. */
  readonly server: string;
  /** Puts the facts where they are kept; done when they are committed. */
  load(): Promise<void>;
  /** What they take there with their indexes. */
  storedBytes(): Promise<number>;
  /** The session of the fact with an id; `undefined` where there is none. */
  byId(id: string): Promise<string | undefined>;
  /** Facts whose player's level lies within a range, its ends included. */
  inRange(low: number, high: number): Promise<number>;
  averages(): Promise<Average[]>;
  /** Takes away what was loaded. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

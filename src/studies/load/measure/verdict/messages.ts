/** What a process that loads for a verdict is asked, and what it says. */
import type { Sent } from "../../../../core/store.js";
import type { StoreChoice } from "../../../../plugins/load-store.js";
import type { TablePlan } from "../../tables/make-table.js";

export interface LoaderTask {
  readonly store: StoreChoice;
  readonly table: TablePlan;
  readonly method: string;
  /** What the table is called in the store, and so towards the server that keeps nothing. */
  readonly tableName: string;
  /** Whether connections can be open beside each other. */
  readonly isServer: boolean;
  /** Rows that are committed together. */
  readonly groupRows: number;
  /** Connections of this process that are looked at; further ones call themselves otherwise. */
  readonly connections: number;
  /** Connections of one slice call themselves `NAME-` and what kind of slice it is. */
  readonly application: string;
  /** What every group takes the client's processor more than it needs: for tests of the verdict. */
  readonly slowSeconds: number;
  readonly nullUrl: string | null;
}

/** What is done in a slice of time, by how many connections of this process at once. */
export type SliceOrder = { readonly lanes: number; readonly seconds: number } & (
  | {
      readonly kind: "load";
      readonly table: string;
      readonly commit: "power" | "process";
      /** Processor time that each group is to take the client in addition. */
      readonly delaySeconds: number;
    }
  /** Rows are made and thrown away; or go to a server that keeps nothing. */
  | { readonly kind: "source" | "null" }
  /** Bytes that were made before go to the server. */
  | { readonly kind: "replay"; readonly first: Sent; readonly each: Sent }
);

export type Order =
  | SliceOrder
  /** Loads one group into the server that keeps nothing, so that it can note it. */
  | { readonly kind: "one" }
  /** Takes the shortest of some empty queries, here and there. */
  | { readonly kind: "ping" };

export interface SliceCounts {
  readonly groups: number;
  readonly wallSeconds: number;
  readonly clientCpuSeconds: number;
  readonly serverCpuSeconds: number | null;
  readonly runQueueSeconds: number | null;
}

export interface Pings {
  readonly seconds: number;
  readonly nullSeconds: number | null;
}

/**
 * Loads facts of a source straight into a store, with no files in between, each exactly once: they are
 * cut into parts by their own bytes, so that the same facts make the same parts whenever they are loaded
 * again, and each part is one transaction that notes its range and checksum.
 */
import { crc32 } from "node:zlib";
import { factsOf } from "../core/ranged-source.js";
import type { OpenStore, Row, TableShape } from "../core/store.js";
import type { SourcePlan } from "./run/plan.js";
import { openSource } from "./run/worker/open-source.js";
import { sourceRun } from "./source-run.js";

export interface LoadSourceOptions {
  readonly source: SourcePlan;
  /** Positions of the source: from the first up to before the second. */
  readonly start: number;
  readonly end: number;
  /** No part is begun after so long; `null` for as long as it takes. */
  readonly seconds: number | null;
  readonly open: OpenStore;
  readonly table: TableShape;
  readonly method: string;
  readonly signal: AbortSignal;
  readonly onPart: (facts: number, position: number) => void;
}

export interface LoadedSource {
  /** What it is called in the store. */
  readonly run: string;
  readonly loaded: number;
  /** Parts that were there before. */
  readonly present: number;
  readonly facts: number;
  /** Whether everything was taken, or time was up; `null` if it was interrupted. */
  readonly ended: "done" | "duration" | null;
}

/** A part is ended at about so many bytes of documents: they are in memory at once. */
const PART_BYTES = 4_000_000;

/** Rejects with an `InputError` where a fact cannot be read, and as the store does. */
export async function loadSource(options: LoadSourceOptions): Promise<LoadedSource> {
  const { source: plan, start, end, seconds, open, table, method, signal, onPart } = options;
  const source = await openSource(plan);
  // The same facts may be loaded into several tables.
  const run = `${sourceRun(plan, start, end)}/${table.name}`;
  await open.create(table, false);
  const counts = { loaded: 0, present: 0, facts: 0 };
  const until = performance.now() + (seconds ?? Infinity) * 1000;
  let part = new Part(start);
  let number = start;
  const isOver = () => signal.aborted || performance.now() > until;
  const put = async () => {
    const key = { run, from: part.from, to: source.position, crc32: part.checksum };
    const state = await open.loadPart(key, [{ table, rows: part.rows }], method);
    counts[state] += 1;
    if (state === "loaded") counts.facts += part.rows.length;
    onPart(number - start, source.position);
    part = new Part(source.position);
  };
  for await (const fact of factsOf(source, start, end)) {
    if (fact === undefined) continue;
    part.add(number, JSON.stringify(fact));
    number += 1;
    if (part.bytes < PART_BYTES) continue;
    await put();
    // Half a part would be another part the next time.
    if (isOver()) return { run, ...counts, ended: signal.aborted ? null : "duration" };
  }
  if (part.rows.length > 0) await put();
  return { run, ...counts, ended: "done" };
}

/** Rows that are committed together. */
class Part {
  readonly rows: Row[] = [];
  bytes = 0;
  private sum = 0;

  constructor(readonly from: number) {}

  add(number: number, document: string): void {
    this.rows.push([number, document]);
    this.bytes += document.length;
    this.sum = crc32(document, this.sum);
  }

  /** CRC-32 of the documents one after the other, in hexadecimal. */
  get checksum(): string {
    return this.sum.toString(16).padStart(8, "0");
  }
}

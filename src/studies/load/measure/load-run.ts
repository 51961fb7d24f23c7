/** Loads the parts of a run, each exactly once, however often it is begun and killed. */
import { InputError } from "../../../core/errors.js";
import type { Fact } from "../../../core/fact.js";
import type { LoadMethod, OpenStore, Row, TableShape } from "../../../core/store.js";
import { readLocalManifest } from "../../../pipeline/run/manifest.js";
import { openPartFacts, type PartFacts } from "../../../pipeline/run/part-facts.js";
import { runName } from "../../../pipeline/run/places/run-name.js";
import type { LoadedParts } from "../document.js";
import { EVENTS, eventsOf } from "../tables/events.js";
import { factRow, FACTS } from "../tables/facts.js";

export interface LoadRunOptions {
  readonly folder: string;
  readonly open: OpenStore;
  readonly method: LoadMethod;
  readonly table: "facts" | "events";
  readonly jsonKind?: string;
  readonly signal: AbortSignal;
  readonly onPart: (done: number, all: number) => void;
}

/**
 * Loads what is not there yet. A fact's number is its part's first position and its place in the
 * part, so that it is the same whenever it is loaded.
 *
 * Rejects with an `InputError` if the folder holds no run, or if the method cannot promise it.
 */
export async function loadRun(options: LoadRunOptions): Promise<LoadedParts> {
  const { folder, open, method, table, jsonKind, signal, onPart } = options;
  if (!method.isAtomic || method.takes !== "rows") {
    throw new InputError(
      `${method.name} cannot load a run exactly once: it ${method.isAtomic ? "takes no rows" : "commits each row by itself"}. Take another --method.`,
    );
  }
  const { plan, parts, ended } = readLocalManifest(folder);
  const facts = await openPartFacts(folder, plan);
  // The same run may be loaded into several tables.
  const run = `${runName(plan)}/${table}`;
  const shape: TableShape =
    table === "events" ? EVENTS : { ...FACTS, ...(jsonKind !== undefined && { jsonKind }) };
  await open.create(shape, false);
  const counts = { loaded: 0, present: 0, facts: 0, rows: 0 };
  const startedAt = performance.now();
  for (const [index, part] of parts.toSorted((a, b) => a.from - b.from).entries()) {
    if (signal.aborted) break;
    const counter = new Counter(rowsOf(facts.read(part), part.from, table));
    const { from, to, crc32 } = part;
    const state = await open.loadPart(
      { run, from, to, crc32 },
      [{ table: shape, rows: counter }],
      method.name,
    );
    counts[state] += 1;
    if (state === "loaded") {
      counts.facts += part.facts;
      counts.rows += counter.count;
    }
    onPart(index + 1, parts.length);
  }
  return {
    ...{ folder, run, ended, method: method.name, table: shape.name, parts: parts.length },
    ...counts,
    durability: await open.durability(),
    wallSeconds: (performance.now() - startedAt) / 1000,
  };
}

function* rowsOf(
  facts: ReturnType<PartFacts["read"]>,
  first: number,
  table: "facts" | "events",
): Generator<Row> {
  let number = first;
  for (const fact of facts) {
    if (table === "facts") yield factRow(fact, number);
    else yield* eventRows(fact, number);
    number += 1;
  }
}

function eventRows(fact: Fact, number: number): Iterable<Row> {
  if (!Array.isArray(fact["runs"])) {
    throw new InputError("these facts have no events: load them with --table facts.");
  }
  return eventsOf(fact, number);
}

/** Rows that are counted as they are taken. */
class Counter implements Iterable<Row> {
  count = 0;
  constructor(private readonly rows: Iterable<Row>) {}
  *[Symbol.iterator](): Generator<Row> {
    for (const row of this.rows) {
      this.count += 1;
      yield row;
    }
  }
}

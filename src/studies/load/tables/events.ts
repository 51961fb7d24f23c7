/** The events of hell facts as rows of eight columns. */
import type { Event } from "../../../../schemas/hell-fact.js";
import type { Fact } from "../../../core/fact.js";
import type { Row, TableShape } from "../../../core/store.js";
import { repeating, type LoadTable } from "./table.js";

export const EVENTS: TableShape = {
  name: "events",
  columns: [
    /** The fact's number in its source. */
    { name: "fact", type: "bigint" },
    { name: "run", type: "integer" },
    { name: "at_milliseconds", type: "bigint" },
    { name: "type", type: "text" },
    { name: "district", type: "text" },
    { name: "lane", type: "integer" },
    { name: "distance_metres", type: "double" },
    { name: "speed_metres_per_second", type: "double" },
  ],
};

/** What of a fact becomes rows. */
interface Runs {
  readonly runs: readonly { readonly number: number; readonly events: readonly Event[] }[];
}

/** The rows of one fact, in the order in which things happened. */
export function* eventsOf(fact: Fact, number: number): Generator<Row> {
  for (const run of (fact as unknown as Runs).runs) {
    for (const event of run.events) {
      yield [
        number,
        run.number,
        event.atMilliseconds,
        event.type,
        event.district,
        event.lane,
        event.distanceMetres,
        event.speedMetresPerSecond,
      ];
    }
  }
}

/** The events of a pool of facts, over and over; facts of a later turn have numbers of their own. */
export function eventsTable(facts: readonly Fact[]): LoadTable {
  const pool = facts.flatMap((fact, number) => [...eventsOf(fact, number)]);
  return {
    shape: EVENTS,
    before: [],
    *rows(count) {
      for (let made = 0, turn = 0; made < count; turn += facts.length) {
        for (const row of pool) {
          if (made++ === count) return;
          const [fact = 0, run = 0, at = 0, type = "", district = "", lane = 0, metres = 0] = row;
          yield [(fact as number) + turn, run, at, type, district, lane, metres, row[7] ?? 0];
        }
      }
    },
    setBased: { staged: pool, query: repeating(EVENTS, pool.length) },
  };
}

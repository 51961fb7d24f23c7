/** Facts as rows: a number, and one JSON document. */
import type { Fact } from "../../../core/fact.js";
import type { Row, TableShape } from "../../../core/store.js";
import { repeating, type LoadTable } from "./table.js";

export const FACTS: TableShape = {
  name: "facts",
  columns: [
    /** The fact's number in its source. */
    { name: "fact", type: "bigint" },
    { name: "document", type: "json" },
  ],
};

/** A fact as a row. Making its text is part of loading it. */
export function factRow(fact: Fact, number: number): Row {
  return [number, JSON.stringify(fact)];
}

/** A pool of facts, over and over. */
export function factsTable(facts: readonly Fact[], jsonKind?: string): LoadTable {
  const shape = jsonKind === undefined ? FACTS : { ...FACTS, jsonKind };
  return {
    shape,
    before: [],
    *rows(count) {
      for (let number = 0; number < count; number++) {
        yield factRow(facts[number % facts.length] as Fact, number);
      }
    },
    setBased: {
      staged: facts.map(factRow),
      query: repeating(FACTS, facts.length),
    },
  };
}

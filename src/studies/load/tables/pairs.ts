/**
 * Samples, and a result for each pair of them: the tables of an account of Peewee and SQLite, in which
 * a coordinator allots the work of N(N − 1)/2 pairs to workers.
 */
import type { Row, TableShape } from "../../../core/store.js";
import type { LoadTable } from "./table.js";

const SAMPLE: TableShape = {
  name: "sample",
  columns: [
    { name: "id", type: "bigint" },
    { name: "path", type: "text" },
  ],
  constraints: ["PRIMARY KEY (id)", "UNIQUE (path)"],
};

/** What a result is before anybody computes it. */
const PENDING = -1;

function resultShape(sampleTable: string): TableShape {
  const reference = `REFERENCES "${sampleTable}" (id)`;
  return {
    name: "result",
    columns: [
      { name: "a_id", type: "bigint" },
      { name: "b_id", type: "bigint" },
      { name: "val", type: "integer" },
    ],
    constraints: [
      "PRIMARY KEY (a_id, b_id)",
      `FOREIGN KEY (a_id) ${reference}`,
      `FOREIGN KEY (b_id) ${reference}`,
      "CHECK (a_id < b_id)",
    ],
  };
}

function* sampleRows(count: number): Generator<Row> {
  for (let id = 1; id <= count; id++) yield [id, `/dataset/${String(id).padStart(6, "0")}.mat`];
}

/** Registering samples. */
export function samplesTable(): LoadTable {
  return {
    shape: SAMPLE,
    before: [],
    rows: sampleRows,
    setBased: {
      staged: [],
      query: (_, count) =>
        `WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${count}) ` +
        "SELECT id, '/dataset/' || id || '.mat' FROM n",
    },
  };
}

/** There are samples for so many pairs at least: methods are warmed up on some. */
const LEAST_PAIRS = 5_000;

/** How many samples have at least so many pairs. */
function samplesFor(pairs: number): number {
  return Math.ceil((1 + Math.sqrt(1 + 8 * pairs)) / 2);
}

/**
 * Allotting pairs.
 *
 * @param most pairs that will be asked for
 * @param named how the table of samples is called
 */
export function resultsTable(most: number, named: string): LoadTable {
  const samples = samplesFor(Math.max(most, LEAST_PAIRS));
  return {
    shape: resultShape(named),
    before: [{ shape: { ...SAMPLE, name: named }, rows: sampleRows(samples) }],
    *rows(count) {
      let made = 0;
      for (let b = 2; made < count; b++) {
        for (let a = 1; a < b && made < count; a++, made++) yield [a, b, PENDING];
      }
    },
    setBased: {
      staged: [],
      query: (_, count) =>
        `SELECT a.id, b.id, ${PENDING} FROM "${named}" AS a JOIN "${named}" AS b ON a.id < b.id ` +
        `WHERE b.id <= ${samplesFor(count)} ORDER BY b.id, a.id LIMIT ${count}`,
    },
  };
}

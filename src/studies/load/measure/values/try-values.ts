/** Sends every value through a store, in every kind of column. */
import { randomBytes } from "node:crypto";
import { firstLine } from "../../../../core/errors.js";
import type { OpenStore, Row, Store, TableShape } from "../../../../core/store.js";
import type { ValueCell, ValuesStudy } from "../../document.js";
import { judgeColumn, judgeDocument, refused } from "./judge.js";
import { COLUMN_VALUES, DOCUMENTS } from "./values.js";

/** Loads each value alone by one method; whatever the store says is an outcome. */
export async function tryValues(
  store: Store,
  open: OpenStore,
  method: string,
): Promise<ValuesStudy> {
  const name = `hellfact_load_${randomBytes(3).toString("hex")}_value`;
  const there = async (table: TableShape, row: Row, sql: string): Promise<unknown> => {
    await open.create(table, true);
    await open.load(table, [row], method);
    const [found] = await open.query(`SELECT ${sql} FROM "${name}"`);
    return found?.[0];
  };
  const attempt = async (work: () => Promise<ValueCell>): Promise<ValueCell> => {
    try {
      return await work();
    } catch (error) {
      return refused(firstLine(error));
    }
  };
  const kinds: ValuesStudy["kinds"] = [];
  try {
    for (const jsonKind of store.jsonKinds) {
      const table: TableShape = { name, columns: [{ name: "v", type: "json" }], jsonKind };
      const cells: ValueCell[] = [];
      for (const { text } of DOCUMENTS) {
        const sql = store.documentText('"v"', jsonKind);
        cells.push(await attempt(async () => judgeDocument(text, await there(table, [text], sql))));
      }
      kinds.push({ jsonKind, cells });
    }
    const columns: ValueCell[] = [];
    for (const { type, value } of COLUMN_VALUES) {
      const table: TableShape = { name, columns: [{ name: "v", type }] };
      columns.push(
        await attempt(async () => judgeColumn(value, await there(table, [value], '"v"'))),
      );
    }
    return {
      method,
      documents: DOCUMENTS.map((value) => value.name),
      kinds,
      columnValues: COLUMN_VALUES.map((value) => `${value.name} in ${value.type}`),
      columns,
    };
  } finally {
    await open.drop(name);
  }
}

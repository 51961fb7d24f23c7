/** Footers of Parquet files (parquet-format, "parquet.thrift"), and the row groups that they describe. */
import {
  I64,
  LIST,
  STRUCT,
  ThriftReader,
  writeStruct,
  type ThriftStruct,
  type ThriftValue,
} from "./thrift.js";

export const MAGIC = Buffer.from("PAR1");
/** The length of the footer, and the magic number. */
const TAIL_BYTES = 8;

/** FileMetaData */
const SCHEMA = 2;
const ROWS = 3;
const ROW_GROUPS = 4;

/** RowGroup; its ordinal is for encryption alone. */
const COLUMNS = 1;
const GROUP_ROWS = 3;
const GROUP_OFFSET = 5;
const ORDINAL = 7;

/** ColumnChunk; from 4 to 7 stands where its page indexes are. */
const CHUNK_OFFSET = 2;
const META_DATA = 3;
const INDEX_FIELDS = [4, 5, 6, 7];
const INDEX_OFFSETS = [4, 6];

/** ColumnMetaData */
const COMPRESSED_BYTES = 7;
const DATA_OFFSET = 9;
const DICTIONARY_OFFSET = 11;
const META_OFFSETS = [DATA_OFFSET, 10, DICTIONARY_OFFSET, 14];

export interface Footer {
  readonly metaData: ThriftStruct;
  readonly rowGroups: readonly ThriftStruct[];
  /** Where it begins in the file. */
  readonly start: number;
}

/** The footer of a whole file. Throws an `Error` where the file is none. */
export function readFooter(file: Buffer): Footer {
  const end = file.length - TAIL_BYTES;
  if (end < MAGIC.length || !file.subarray(-MAGIC.length).equals(MAGIC)) {
    throw new Error("it does not end as a Parquet file does");
  }
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new Error("it does not begin as a Parquet file does");
  }
  const start = end - file.readUInt32LE(end);
  if (start < MAGIC.length) throw new Error("its footer is longer than the file");
  const metaData = new ThriftReader(file.subarray(start, end)).struct();
  const rowGroups = listOf(metaData, ROW_GROUPS).map((group) => structOf(group));
  return { metaData, rowGroups, start };
}

/** The bytes of a footer, with what stands behind it, for a file of the same columns and other row groups. */
export function footerOf({ metaData }: Footer, rowGroups: readonly ThriftStruct[]): Buffer {
  const rows = rowGroups.reduce((sum, group) => sum + numberOf(group, GROUP_ROWS), 0);
  const items = rowGroups.map((value) => ({ type: STRUCT, value }));
  const content = writeStruct(
    new Map([
      ...metaData,
      [ROWS, { type: I64, value: rows }],
      [ROW_GROUPS, { type: LIST, value: { itemType: STRUCT, items } }],
    ]),
  );
  const footer = Buffer.alloc(content.length + TAIL_BYTES);
  footer.set(content);
  footer.writeUInt32LE(content.length, content.length);
  footer.set(MAGIC, content.length + 4);
  return footer;
}

/** Whether two files have the same columns. */
export function isSameSchema(one: Footer, other: Footer): boolean {
  const [a, b] = [one, other].map(({ metaData }) =>
    Buffer.from(writeStruct(new Map([[SCHEMA, fieldOf(metaData, SCHEMA)]]))),
  );
  return a !== undefined && b !== undefined && a.equals(b);
}

/** The same row group, so many bytes later in a file, and without page indexes: a batch is a few pages. */
export function movedGroup(group: ThriftStruct, bytes: number): ThriftStruct {
  const columns = listOf(group, COLUMNS).map((column): ThriftValue => {
    const chunk = moved(structOf(column), [CHUNK_OFFSET], bytes);
    for (const field of INDEX_FIELDS) chunk.delete(field);
    const metaData = moved(structOf(fieldOf(chunk, META_DATA)), META_OFFSETS, bytes);
    chunk.set(META_DATA, { type: STRUCT, value: metaData });
    return { type: STRUCT, value: chunk };
  });
  const copy = moved(group, [GROUP_OFFSET], bytes);
  copy.delete(ORDINAL);
  return copy.set(COLUMNS, { type: LIST, value: { itemType: STRUCT, items: columns } });
}

/** From where to where the pages of a row group stand. */
export function extentOf(group: ThriftStruct): { readonly start: number; readonly end: number } {
  let [start, end] = [Infinity, 0];
  for (const column of listOf(group, COLUMNS)) {
    const metaData = structOf(fieldOf(structOf(column), META_DATA));
    const dictionary = metaData.has(DICTIONARY_OFFSET) ? numberOf(metaData, DICTIONARY_OFFSET) : 0;
    const data = numberOf(metaData, DATA_OFFSET);
    const from = dictionary > 0 ? Math.min(dictionary, data) : data;
    start = Math.min(start, from);
    end = Math.max(end, from + numberOf(metaData, COMPRESSED_BYTES));
  }
  return { start, end };
}

/** Where the page indexes begin, which stand behind the pages of all row groups; else the footer. */
export function endOfPages({ rowGroups, start }: Footer): number {
  let end = start;
  for (const group of rowGroups) {
    for (const column of listOf(group, COLUMNS)) {
      const chunk = structOf(column);
      for (const field of INDEX_OFFSETS) {
        if (chunk.has(field)) end = Math.min(end, numberOf(chunk, field));
      }
    }
  }
  return end;
}

function moved(struct: ThriftStruct, offsets: readonly number[], bytes: number): ThriftStruct {
  const copy = new Map(struct);
  for (const field of offsets) {
    // 0 stands for none.
    const offset = copy.has(field) ? numberOf(copy, field) : 0;
    if (offset > 0) copy.set(field, { type: I64, value: offset + bytes });
  }
  return copy;
}

function fieldOf(struct: ThriftStruct, field: number): ThriftValue {
  const found = struct.get(field);
  if (found === undefined) throw new Error(`its footer lacks field ${field}`);
  return found;
}

function numberOf(struct: ThriftStruct, field: number): number {
  const { value } = fieldOf(struct, field);
  if (typeof value !== "number" || value < 0)
    throw new Error(`field ${field} of its footer is no size`);
  return value;
}

function listOf(struct: ThriftStruct, field: number): readonly ThriftValue[] {
  const { value } = fieldOf(struct, field);
  if (typeof value === "object" && "items" in value) return value.items;
  throw new Error(`field ${field} of its footer is no list`);
}

function structOf({ value }: ThriftValue): ThriftStruct {
  if (value instanceof Map) return value;
  throw new Error("its footer has something else where a structure belongs");
}

/** All ways that are compared. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UnavailableError } from "../../../core/errors.js";
import { literal } from "../../../core/sql.js";
import { queryColumns } from "../../../query/columns.js";
import { relationSql, USUAL_FACT_BYTES } from "../../../query/relation.js";
import { generatorSource } from "../../../sources/generator.js";
import { openProjected } from "./projected.js";
import { openSqlWay, type SqlWay } from "./sql-way.js";
import type { OpenWay, WayName, WayPlace } from "./way.js";

interface Way extends WayName {
  open(place: WayPlace): Promise<OpenWay>;
}

const postgresUrl = ({ postgres }: WayPlace) => {
  if (postgres !== null) return postgres;
  throw new UnavailableError("no server was named", "give --store postgres://USER@HOST/DATABASE");
};
const fileUrl = (store: string, name: string) => (place: WayPlace) =>
  `${store}:${join(place.folder, name)}`;

const POSTGRES_VALUES = {
  url: postgresUrl,
  level: "(document->'player'->>'level')::int",
  country: "document->'player'->>'country'",
  session: "document->'session'->>'id'",
};
const SQLITE_VALUES = {
  level: "document ->> '$.player.level'",
  country: "document ->> '$.player.country'",
  session: "document ->> '$.session.id'",
};
const STRUCT_VALUES = {
  level: "player.level",
  country: "player.country",
  session: "session.id",
};

/** Values that are written out once, when a fact is loaded. */
const GENERATED_VALUES = { level: "level", country: "country", session: "session" };
const indexed = (table: string) => [`CREATE INDEX ${table}_level ON ${table} (level)`];

function sqlWay(name: string, store: WayName["store"], summary: string, way: SqlWay): Way {
  return { name, store, summary, open: (place) => openSqlWay(way, place) };
}

const parquetFile = ({ folder }: WayPlace) => join(folder, "facts.parquet");
/** DuckDB's own way of reading the file, with the types that the facts' schema says. */
const ndjsonSql = ({ ndjson }: WayPlace) =>
  relationSql(
    { kind: "ndjson", files: [ndjson], compression: "none" },
    queryColumns(generatorSource({ seed: 0, from: 0 }).schema ?? {}),
    USUAL_FACT_BYTES,
  );

export const WAYS: readonly Way[] = [
  sqlWay("postgres json", "postgres", "documents as their text", {
    ...POSTGRES_VALUES,
    jsonKind: "json",
  }),
  sqlWay("postgres jsonb", "postgres", "documents taken apart once, compressed by pglz", {
    ...POSTGRES_VALUES,
    jsonKind: "jsonb",
  }),
  sqlWay("postgres jsonb-lz4", "postgres", "the same, compressed by lz4", {
    ...POSTGRES_VALUES,
    jsonKind: "jsonb-lz4",
  }),
  sqlWay("postgres generated", "postgres", "jsonb, with columns made of it, one with an index", {
    ...{ url: postgresUrl, ...GENERATED_VALUES, jsonKind: "jsonb" },
    generated: [
      `level int GENERATED ALWAYS AS ((document->'player'->>'level')::int) STORED`,
      `country text GENERATED ALWAYS AS (document->'player'->>'country') STORED`,
      `session text GENERATED ALWAYS AS (document->'session'->>'id') STORED`,
    ],
    after: indexed,
  }),
  sqlWay("sqlite json", "sqlite", "documents as their text", {
    ...{ url: fileUrl("sqlite", "json.db"), ...SQLITE_VALUES, jsonKind: "json" },
  }),
  sqlWay("sqlite jsonb", "sqlite", "documents taken apart once", {
    ...{ url: fileUrl("sqlite", "jsonb.db"), ...SQLITE_VALUES, jsonKind: "jsonb" },
  }),
  sqlWay("sqlite generated", "sqlite", "text, with columns made of it, one with an index", {
    ...{ url: fileUrl("sqlite", "generated.db"), ...GENERATED_VALUES, jsonKind: "json" },
    generated: [
      `level int GENERATED ALWAYS AS (document ->> '$.player.level') STORED`,
      `country text GENERATED ALWAYS AS (document ->> '$.player.country') STORED`,
      `session text GENERATED ALWAYS AS (document ->> '$.session.id') STORED`,
    ],
    after: indexed,
  }),
  sqlWay("duckdb json", "duckdb", "documents as their text", {
    url: fileUrl("duckdb", "json.duckdb"),
    level: "CAST(document ->> '$.player.level' AS INTEGER)",
    country: "document ->> '$.player.country'",
    session: "document ->> '$.session.id'",
    jsonKind: "json",
  }),
  sqlWay("duckdb struct", "duckdb", "typed columns, nested as facts are", {
    ...{ url: fileUrl("duckdb", "struct.duckdb"), ...STRUCT_VALUES },
    make: (table, place) => [
      `CREATE OR REPLACE TABLE ${table} AS ${ndjsonSql(place)}`,
      `CREATE INDEX ${table}_id ON ${table} ("factId")`,
    ],
  }),
  sqlWay("parquet", "files", "one file of typed columns, asked by DuckDB", {
    ...{ url: () => "duckdb::memory:", ...STRUCT_VALUES },
    make: (table, place) => [
      `COPY (${ndjsonSql(place)}) TO ${literal(parquetFile(place))} (FORMAT parquet)`,
      `CREATE VIEW ${table} AS SELECT * FROM read_parquet(${literal(parquetFile(place))})`,
    ],
    reopen: (table, place) =>
      existsSync(parquetFile(place))
        ? [`CREATE VIEW ${table} AS SELECT * FROM read_parquet(${literal(parquetFile(place))})`]
        : [],
    files: (place) => [parquetFile(place)],
  }),
  sqlWay("ndjson", "files", "the file as it was written, asked by DuckDB", {
    ...{ url: () => "duckdb::memory:", ...STRUCT_VALUES },
    make: () => [],
    reopen: (table, place) => [`CREATE VIEW ${table} AS ${ndjsonSql(place)}`],
    files: ({ ndjson }) => [ndjson],
  }),
  {
    name: "ndjson projected",
    store: "files",
    summary: "the file as it was written, read by compiled-json's project",
    open: openProjected,
  },
];

export function wayNamed(name: string): Way {
  const way = WAYS.find((candidate) => candidate.name === name);
  if (way === undefined) throw new TypeError(`there is no way called ${name}`);
  return way;
}

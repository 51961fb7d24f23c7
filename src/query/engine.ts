/** DuckDB over facts where they lie: in memory of its own, with nothing fetched from a network. */
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api";
import { HellfactError, InputError, UnavailableError, whyNotLoaded } from "../core/errors.js";
import { literal } from "../core/sql.js";
import { queryColumns, type QueryColumns } from "./columns.js";
import type { Dataset } from "./place.js";
import { sqlProblem } from "./problem.js";
import { ATTACHED, emptySql, factsView, relationSql, USUAL_FACT_BYTES } from "./relation.js";
import { usedColumns } from "./used-columns.js";
import { openResult, type QueryResult } from "./result.js";
import { Scratch } from "./scratch.js";
import { sqlPathsOf } from "./sql-paths.js";
import { transcode } from "./transcode.js";

export interface EngineOptions {
  /** The most memory that DuckDB may take, as it writes sizes: `1GB`; else 80 % of the machine's. */
  readonly memory?: string | undefined;
  /** Where it spills to, and where facts go that have to be transcoded. */
  readonly temp?: string | undefined;
  readonly factBytes?: number | undefined;
  readonly threads?: number | undefined;
  /** Called while facts are transcoded. */
  readonly onFact?: (facts: number, all: number | null) => void;
}

/** Settings that keep DuckDB from the network, whatever an SQL query names. */
const OFFLINE = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
};

const SURROGATE = /surrogate in string/;

/** A view `facts` over a dataset, to be asked as often as one likes. */
export class Engine {
  /** Paths of the facts as SQL writes them. */
  readonly paths: readonly string[];
  private readonly columns: QueryColumns | undefined;
  /** What the view reads: files that were transcoded, too. */
  private readonly transcoded = new Map<string, string>();
  private files = 0;
  private isRewritten = false;

  private constructor(
    private readonly dataset: Dataset,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly scratch: Scratch,
    private readonly options: EngineOptions,
  ) {
    const { schema, isSampled } = dataset;
    this.columns = schema === undefined ? undefined : queryColumns(schema, isSampled);
    this.paths = schema === undefined ? [] : sqlPathsOf(schema);
  }

  /** Rejects with an `UnavailableError` where DuckDB is missing, and an `InputError` for a wrong size. */
  static async open(dataset: Dataset, options: EngineOptions = {}): Promise<Engine> {
    const { DuckDBInstance: Instance } = await loadDuckDb();
    const scratch = new Scratch(options.temp);
    try {
      const instance = await Instance.create(":memory:", {
        ...OFFLINE,
        temp_directory: scratch.folder,
        ...(options.memory !== undefined && { memory_limit: options.memory }),
        ...(options.threads !== undefined && { threads: String(options.threads) }),
      });
      const connection = await instance.connect();
      const engine = new Engine(dataset, instance, connection, scratch, options);
      await engine.attach();
      return engine;
    } catch (error) {
      scratch.close();
      throw error;
    }
  }

  /**
   * Runs SQL, of one statement or several; each has its result, whose rows come as they are asked for.
   * Rejects with an `InputError` that says where the SQL is wrong, and a `HellfactError` for anything else.
   */
  async *ask(sql: string): AsyncGenerator<QueryResult> {
    const context = { sql, paths: this.paths, memory: this.options.memory ?? "there is" };
    const said = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        throw spoken(error, context);
      }
    };
    await said(() => this.view(sql));
    const statements = await said(() => this.statements(sql));
    for (const prepare of statements) {
      const run = async () => openResult(await (await prepare()).stream(), said);
      yield await said(run).catch(async (error: unknown) => {
        if (!SURROGATE.test(String(error)) || this.isRewritten) throw error;
        await said(() => this.rewrite(sql));
        return said(run);
      });
    }
  }

  /** Writes what a query gives to a Parquet file. */
  async writeParquet(sql: string, path: string): Promise<void> {
    const context = { sql, paths: this.paths, memory: this.options.memory ?? "there is" };
    try {
      await this.view(sql);
      const { count } = await this.connection.extractStatements(sql);
      if (count !== 1)
        throw new InputError("Parquet holds the rows of one query: give one statement.");
      await this.connection.prepare(sql); // so that what is wrong is told by its place in it
      const query = sql.trim().replace(/;\s*$/, "");
      await this.connection.run(`COPY (${query}\n) TO ${literal(path)} (FORMAT parquet)`);
    } catch (error) {
      throw spoken(error, context);
    }
  }

  /** Stops what is being run. */
  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    this.scratch.close();
  }

  private async statements(sql: string): Promise<(() => Promise<DuckDBPreparedStatement>)[]> {
    const all = await this.connection.extractStatements(sql);
    if (all.count === 0) throw new InputError("there is no SQL in it: give a query.");
    // Alone, an error is told with its place.
    if (all.count === 1) return [() => this.connection.prepare(sql)];
    return Array.from({ length: all.count }, (_, index) => () => all.prepare(index));
  }

  private async attach(): Promise<void> {
    for (const relation of this.dataset.relations) {
      if (relation.kind !== "duckdb") continue;
      await this.connection.run(`ATTACH ${literal(relation.file)} AS ${ATTACHED} (READ_ONLY)`);
    }
  }

  /** Makes the view for a query; what DuckDB cannot read is transcoded, as much of it as the query needs. */
  private async view(sql: string): Promise<void> {
    const { columns, options, dataset } = this;
    const factBytes = options.factBytes ?? USUAL_FACT_BYTES;
    const isIndirect = dataset.relations.some(({ kind }) => kind === "facts") || this.isRewritten;
    const needed =
      isIndirect && columns !== undefined && !columns.isWhole
        ? await usedColumns(this.connection, sql, columns, this.scratch.folder)
        : undefined;
    const queries: string[] = [];
    for (const relation of dataset.relations) {
      if (relation.kind !== "facts") {
        queries.push(relationSql(relation, columns, factBytes));
        continue;
      }
      const { name, count, read } = relation;
      const key = `${name}\n${needed?.join("\n") ?? "*"}`;
      const file =
        this.transcoded.get(key) ??
        (await transcode(read(), {
          folder: this.scratch.folder,
          name: `facts-${this.files++}.ndjson`,
          keys: needed,
          onFact: (facts) => options.onFact?.(facts, count),
        }));
      this.transcoded.set(key, file);
      const direct = { kind: "ndjson", files: [file], compression: "none" } as const;
      queries.push(relationSql(direct, columns, factBytes));
    }
    if (queries.length === 0) queries.push(emptySql(columns ?? queryColumns({})));
    await this.connection.run(factsView(queries));
  }

  /** Has all facts read by this tool, where they have text that DuckDB does not take. */
  private async rewrite(sql: string): Promise<void> {
    this.isRewritten = true;
    const relations = this.dataset.relations.map((relation) =>
      relation.kind === "ndjson"
        ? {
            ...relation,
            kind: "facts" as const,
            name: relation.files.join("\n"),
            count: null,
            read: () => readAgain(relation.files),
          }
        : relation,
    );
    Object.assign(this.dataset, { relations });
    await this.view(sql);
  }
}

async function* readAgain(files: readonly string[]) {
  const { fileSource } = await import("../sources/file.js");
  for (const file of files) yield* fileSource(file).facts();
}

/** DuckDB's library of 68 MB, which is optional. */
async function loadDuckDb() {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw new UnavailableError(
      `queries need DuckDB, which does not load: ${whyNotLoaded(error)}. npm install @duckdb/node-api (68 MB, nothing to compile); hellfact find and get do without.`,
    );
  }
}

function spoken(error: unknown, context: Parameters<typeof sqlProblem>[1]): Error {
  if (error instanceof HellfactError || !(error instanceof Error)) return error as Error;
  const { text, isOfSql } = sqlProblem(error.message, context);
  return isOfSql ? new InputError(text) : new HellfactError(text);
}

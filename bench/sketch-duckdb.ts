/** DuckDB's own approximations, on one thread, of values that are in its memory already. */

export interface Approximations {
  readonly uniques: number;
  readonly uniquesSeconds: number;
  readonly quantiles: readonly number[];
  readonly quantilesSeconds: number;
}

export interface DuckDb {
  approximate(values: Float64Array, shares: readonly number[]): Promise<Approximations>;
}

/** `undefined` where the package is not installed. */
export async function openDuckDb(): Promise<DuckDb | undefined> {
  const api = await import("@duckdb/node-api").catch(() => undefined);
  if (api === undefined) return undefined;
  const connection = await (
    await api.DuckDBInstance.create(":memory:", { threads: "1" })
  ).connect();
  const ask = async (sql: string) => {
    const start = performance.now();
    const rows = (await connection.runAndReadAll(sql)).getRows();
    return { answer: rows[0]?.[0], seconds: (performance.now() - start) / 1000 };
  };
  return {
    approximate: async (values, shares) => {
      await connection.run("CREATE OR REPLACE TABLE numbers (x DOUBLE)");
      const appender = await connection.createAppender("numbers");
      for (const value of values) {
        appender.appendDouble(value);
        appender.endRow();
      }
      appender.closeSync();
      const uniques = await ask("SELECT approx_count_distinct(x)::DOUBLE FROM numbers");
      const quantiles = await ask(`SELECT approx_quantile(x, [${shares.join(", ")}]) FROM numbers`);
      await connection.run("DROP TABLE numbers");
      const { items } = quantiles.answer as { readonly items: readonly number[] };
      return {
        uniques: Number(uniques.answer),
        uniquesSeconds: uniques.seconds,
        quantiles: items.map(Number),
        quantilesSeconds: quantiles.seconds,
      };
    },
  };
}

/** `load()` as a program uses it: built, by its own name. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, expectTypeOf, test } from "vitest";
import { InputError, load, run } from "hellfact";
import type { LoadCell, LoadOptions, LoadResult, Measuring, ProgressEvent } from "hellfact";
import { ownSchema } from "../testing/postgres.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-load-library-"));
const schema = await ownSchema();
afterAll(async () => {
  await schema?.drop();
  rmSync(folder, { recursive: true });
});
const at = (name: string) => join(folder, name);
const QUICK = { rows: [20, 200], rounds: 1, methods: ["multi-row-50", "one-transaction"] } as const;

describe("load", () => {
  test("compares a store's methods, tells how far it is, and has every form", async () => {
    const events: ProgressEvent[] = [];
    const loading = load({ ...QUICK, rows: [200, 20], out: at("out") });
    for await (const event of loading.progress) events.push(event);
    const result = await loading;
    expect(events.at(-1)).toMatchObject({ done: 1, stage: "done" });
    expect(result.document).toMatchObject({ kind: "load", complete: true });
    expect(result.comparisons[0]?.sizes).toEqual([20, 200]);
    expect(result.comparisons[0]?.cells.map(({ status }) => status)).toEqual(Array(4).fill("ok"));
    expect(result.best).toBeNull(); // one round has no interval
    expect(result.headline).toContain("SQLite");
    expect(result.toText()).toContain("rows/s into SQLite");
    expect(result.toMarkdown()).toContain("| one-transaction");
    expect(result.toCsv()).toContain("server,driver,table,method,rows");
    expect(JSON.parse(result.toJson())).toEqual(JSON.parse(JSON.stringify(result.document)));
    expect(await result.toHtml()).toMatch(/^<!doctype html>/i);
    expect(readdirSync(at("out"))).toContain("latest.load.json");
  });

  test("loads a run's parts once, into a store of one's own that is an object", async () => {
    await run({ facts: 30, workers: 1, folder: at("events") });
    writeFileSync(
      at("own.mjs"),
      `import sqlite from ${JSON.stringify(pathToFileURL(resolve("dist/src/stores/sqlite.js")))};
       const methods = sqlite.methods.filter(({ name }) => name === sqlite.defaultMethod);
       export const store = { ...sqlite, name: "own", methods, module: import.meta.url,
         open: (place, options) => sqlite.open("sqlite:" + place, options) };
       export default store;`,
    );
    const { store } = (await import(pathToFileURL(at("own.mjs")).href)) as {
      store: { name: string; module: string };
    };
    const asked = { store: { ...store, place: at("own.db") }, run: at("events") };
    const first = await load(asked);
    expect(first.document.parts).toMatchObject({ loaded: 1, present: 0, facts: 30 });
    const second = await load(asked);
    expect(second.document.parts).toMatchObject({ loaded: 0, present: 1 });
    expect(second.best).toBeNull();
  });

  test("says what a value loses, and what binds", async () => {
    const { document } = await load({ values: true });
    expect(document.values?.documents.length).toBeGreaterThan(0);
    expect(document.comparisons).toEqual([]);
    const bound = await load({ verdict: true, methods: ["multi-row-50"], phaseSeconds: 0.06 });
    expect(bound.verdicts[0]).toMatchObject({ method: "multi-row-50", connections: 1 });
  });

  test("a signal ends it with what was measured so far", async () => {
    const ending = new AbortController();
    const loading = load({ ...QUICK, rounds: 500, signal: ending.signal });
    for await (const { stage } of loading.progress) if (stage === "round 3") ending.abort();
    const { document } = await loading;
    expect(document.complete).toBe(false);
    expect(document.comparisons[0]?.cells[0]?.trials.length).toBeGreaterThan(0);
  });

  test.skipIf(schema === undefined)(
    "over connections to a store that a URL names, and a signal keeps whole rounds",
    async () => {
      const ending = new AbortController();
      const loading = load({
        ...{ store: new URL(schema?.url ?? ""), connections: [2], phaseSeconds: 0.1 },
        ...{ rounds: 500, signal: ending.signal },
      });
      for await (const { stage } of loading.progress) if (stage === "round 2") ending.abort();
      const { document } = await loading;
      expect(document.complete).toBe(false);
      expect(document.connections?.rounds.length).toBe(3);
      expect(document.store.name).toBe("postgres");
    },
  );

  test.each<[LoadOptions, RegExp]>([
    [{ store: "oracle:x" }, /unknown store "oracle"/],
    [{ store: { name: "mine" } }, /store mine: .*add module: import\.meta\.url/],
    [{ methods: ["copy"] }, /sqlite has no method "copy"/],
    [{ table: "facts", values: true, documents: "all" }, /several kinds of --documents/],
    [{ documents: "bson" }, /keeps no documents as "bson"/],
    [{ rounds: 0 }, /rounds is 0: it takes a number above 0/],
    [{ rows: [10, -1] }, /rows is -1: it takes a number above 0/],
    [{ run: "events", compare: true }, /run is loaded, and compare measured/],
    [{ run: at("nowhere"), store: "sqlite::memory:" }, /holds no run/],
    [{ run: at("nowhere") }, /store is missing/],
    [{ stores: "sqlite" } as LoadOptions, /"stores" is no option\. Did you mean store/],
  ])("%j is refused", async (options, message) => {
    const failing = load(options);
    await expect(failing).rejects.toThrow(InputError);
    await expect(failing).rejects.toThrow(message);
  });

  test("types: everything is optional", () => {
    expectTypeOf(load).toEqualTypeOf<(options?: LoadOptions) => Measuring<LoadResult>>();
    expectTypeOf<{}>().toExtend<LoadOptions>();
    expectTypeOf<LoadResult["best"]>().toEqualTypeOf<LoadCell | null>();
  });
});

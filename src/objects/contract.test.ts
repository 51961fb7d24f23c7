import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenObjectStore } from "../core/objects/object-store.js";
import { loadPlugin, pluginNames } from "../plugins/catalog.js";
import { ownObjects, type OwnObjects } from "../testing/objects.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-objects-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, `file-${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

describe.each(pluginNames("objects"))("%s", (name) => {
  let own: OwnObjects | string;
  let store: OpenObjectStore;
  beforeAll(async () => {
    own = await ownObjects(name);
    if (typeof own === "string") return;
    Object.assign(process.env, own.env);
    store = await (await loadPlugin("objects", name)).open(own.url("contract"), {});
  });
  afterAll(async () => {
    await store?.close();
    if (typeof own !== "string") {
      for (const variable of Object.keys(own.env)) delete process.env[variable];
      await own.end();
    }
  });

  beforeEach(({ skip }) => {
    if (typeof own === "string") skip(own);
  });

  const fetched = async (object: string) => {
    const path = join(folder, "fetched");
    return (await store.fetch(object, path)) ? readFileSync(path, "utf8") : undefined;
  };

  test("of two that put the same name one does, and the other one is told what is there", async () => {
    const big = "x".repeat(400_000);
    const puts = await Promise.all([
      store.put("a.bin", file(big), "first"),
      store.put("a.bin", file(big.toUpperCase()), "second"),
    ]);
    expect(puts.filter((found) => found === undefined)).toHaveLength(1);
    const isFirst = puts[0] === undefined;
    const there = { bytes: 400_000, note: isFirst ? "first" : "second" };
    expect(puts[isFirst ? 1 : 0]).toEqual(there);
    expect(await store.look("a.bin")).toEqual(there);
    expect(await fetched("a.bin")).toBe(isFirst ? big : big.toUpperCase());
  });

  test("what is taken away can be put again, and what is replaced is the new one", async () => {
    expect(await store.put("b", file("one"), "")).toBeUndefined();
    await store.remove("b");
    expect(await store.look("b")).toBeUndefined();
    expect(await fetched("b")).toBeUndefined();
    expect(await store.put("b", file("two"), "")).toBeUndefined();
    await store.replace("b", file("three"), "new");
    expect(await store.look("b")).toEqual({ bytes: 5, note: "new" });
    expect(await fetched("b")).toBe("three");
    await store.remove("nothing");
  });

  test("an empty file is an object, and all names are told", async () => {
    expect(await store.put("empty", file(""), "")).toBeUndefined();
    expect(await store.look("empty")).toEqual({ bytes: 0, note: "" });
    expect(await fetched("empty")).toBe("");
    const other = await (
      await loadPlugin("objects", name)
    ).open((own as OwnObjects).url("other"), {});
    expect(await other.names()).toEqual([]);
    await other.close();
    expect((await store.names()).toSorted()).toEqual(["a.bin", "b", "empty"]);
  });

  test("a file that is not there is an error, and no endless trying", async () => {
    await expect(store.put("none", join(folder, "no such file"), "")).rejects.toThrow(/ENOENT/);
    expect(await store.look("none")).toBeUndefined();
  });

  test("a wrong URL is said without what is secret in it", async () => {
    const plugin = await loadPlugin("objects", name);
    const wrong = plugin.open(`${name}://user:hunter2@/`, {});
    await expect(wrong).rejects.toMatchObject({
      exitCode: 2,
      message: expect.not.stringContaining("hunter2") as string,
    });
  });
});

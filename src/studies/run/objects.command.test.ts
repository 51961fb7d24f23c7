import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { loadPlugin, pluginNames } from "../../plugins/catalog.js";
import { hellfact } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import { ownObjects } from "../../testing/objects.js";

const MAIN = resolve(import.meta.dirname, "../../../dist/src/cli/main.js");
const FACTS = ["--facts", "600", "--fact-size", "4KB", "--roll", "40KB", "--sync", "none"];
/** Slow enough to be in the middle of it. */
const SLOWLY = ["--inject", "write=2ms"];

const folder = mkdtempSync(join(tmpdir(), "hellfact-into-objects-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});

function work(cluster: string, env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [MAIN, "work", cluster, "--cores", "1"], {
    stdio: "ignore",
    env: { PATH: process.env["PATH"], ...env },
  });
  workers.push(child);
  return child;
}

/** SHA-256 over all parts, in order. */
function contentOf(run: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(run).filter((one) => one.startsWith("part-"))) {
    hash.update(readFileSync(join(run, name)));
  }
  return hash.digest("hex");
}

function runFolder(out: string): string {
  const [name = ""] = readdirSync(out).filter((one) => !one.startsWith("latest"));
  return join(out, name);
}

async function plainRun(name: string): Promise<string> {
  const plain = join(folder, name);
  await hellfact(["run", ...FACTS, "--sink", `file:${plain}`, "--quiet", "--out", folder]);
  return contentOf(plain);
}

describe.each(pluginNames("objects"))("run --sink %s:", (name) => {
  test("one machine puts the same parts there, and they are verified, fetched and mended", async ({
    skip,
  }) => {
    const objects = await ownObjects(name);
    if (typeof objects === "string") {
      skip(objects);
      return;
    }
    try {
      const { env } = objects;
      const url = objects.url("one");
      const out = join(folder, `${name}-one`);
      const words = ["run", ...FACTS, "--sink", url, "--out", out, "--quiet"];
      expect(await hellfact(words, { env })).toMatchObject({ code: 0 });
      const run = runFolder(out);
      const kept = readdirSync(run).map((file) => readFileSync(join(run, file), "utf8"));
      expect(kept.join("")).not.toContain(objects.secret ?? "no secret");
      expect(readdirSync(run).toSorted()).toEqual(["manifest.ndjson", "results.json"]);
      expect(await hellfact(["verify", run], { env })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("whole; 600 facts") as string,
      });
      const again = await hellfact(words, { env });
      expect(again).toMatchObject({ code: 2 });
      expect(again.stderr).toContain("holds a run already");

      Object.assign(process.env, env);
      const store = await (await loadPlugin("objects", name)).open(url, {});
      const parts = (await store.names()).filter((one) => one.startsWith("part-")).toSorted();
      await store.remove(parts[1] ?? "");
      await store.replace(parts[2] ?? "", join(run, "manifest.ndjson"), "");
      await store.close();
      const found = await hellfact(["verify", run], { env });
      expect(found.code).toBe(1);
      expect(found.stderr).toMatch(/missing, with \d+ facts/);
      expect(found.stderr).toMatch(/it has \d+ bytes, and should have/);
      expect(await hellfact(["run", "--resume", run, "--out", out], { env })).toMatchObject({
        code: 0,
      });
      // By the objects alone, as if the folder were lost.
      const got = join(folder, `${name}-got`);
      expect(await hellfact(["fetch-parts", url, got], { env })).toMatchObject({ code: 0 });
      expect(await hellfact(["verify", got])).toMatchObject({ code: 0 });
      expect(contentOf(got)).toBe(await plainRun(`${name}-plain`));
    } finally {
      for (const variable of Object.keys(objects.env)) delete process.env[variable];
      await objects.end();
    }
  });

  test("a cluster does the same while workers, servers and the coordinator are killed", async ({
    skip,
  }) => {
    const nats = await ownNats();
    if (typeof nats === "string") {
      skip(nats);
      return;
    }
    const objects = await ownObjects(name);
    if (typeof objects === "string") {
      await nats.end();
      skip(objects);
      return;
    }
    try {
      const { env } = objects;
      const out = join(folder, `${name}-cluster`);
      const url = objects.url("cluster");
      const cluster = ["--cluster", nats.url, "--lease", "1s", "--out", out];
      const state = { parts: 0 };
      const first = hellfact(["run", ...FACTS, ...SLOWLY, "--sink", url, ...cluster], {
        env,
        kill: {
          signal: "SIGKILL",
          afterMilliseconds: 0,
          once: () => {
            state.parts = partsIn(out);
            return state.parts >= 10;
          },
        },
      });
      for (let number = 0; number < 2; number++) work(nats.url, env);
      expect((await first).code).toBe(null);
      const run = runFolder(out);
      const second = hellfact(["run", "--resume", run, ...cluster], { env });
      while (partsIn(out) < state.parts + 5) await new Promise((done) => setTimeout(done, 20));
      workers[0]?.kill("SIGKILL");
      work(nats.url, env);
      await objects.restart();
      await nats.kill(0);
      await nats.start(0);
      const ended = await second;
      expect(ended.stderr).not.toContain("could not be made");
      expect(ended.code).toBe(0);

      expect(await hellfact(["verify", run], { env })).toMatchObject({ code: 0 });
      const got = join(folder, `${name}-cluster-got`);
      expect(await hellfact(["fetch-parts", run, got], { env })).toMatchObject({ code: 0 });
      expect(contentOf(got)).toBe(await plainRun(`${name}-cluster-plain`));
      Object.assign(process.env, env);
      const store = await (await loadPlugin("objects", name)).open(url, {});
      expect(await store.names()).toHaveLength(readdirSync(got).length);
      await store.close();
    } finally {
      for (const variable of Object.keys(objects.env)) delete process.env[variable];
      await objects.end();
      await nats.end();
    }
  });
});

/** How many parts the manifest has of the one run below a folder. */
function partsIn(out: string): number {
  try {
    const text = readFileSync(join(runFolder(out), "manifest.ndjson"), "utf8");
    return text.split("\n").filter((line) => line.startsWith('{"part"')).length;
  } catch {
    return 0;
  }
}

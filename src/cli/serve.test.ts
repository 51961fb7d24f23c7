/** The page of everything that was measured, as a file and as a server. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-serve-"));
const out = join(folder, "out");
let server: ChildProcess;
let port = 0;

const summarise = (name: string) =>
  hellfact(["summarise", name, "--unique", "id", "--out", out], { cwd: folder });

beforeAll(async () => {
  writeFileSync(join(folder, "first.ndjson"), '{"id":1}\n{"id":2}\n');
  writeFileSync(join(folder, "second.ndjson"), '{"id":7}\n');
  await summarise("first.ndjson");
  const main = resolve(import.meta.dirname, "../../dist/src/cli/main.js");
  server = spawn(process.execPath, [main, "serve", out, "--port", "0"], { cwd: folder });
  port = await new Promise((found) => {
    server.stderr?.on("data", (text: Buffer) => {
      const told = /127\.0\.0\.1:(\d+)/.exec(String(text))?.[1];
      if (told !== undefined) found(Number(told));
    });
  });
});
afterAll(() => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function ask(
  headers: Readonly<Record<string, string>> = {},
  { method = "GET", path = "/" } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((done, failed) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (part: Buffer) => (text += String(part)));
      response.on("end", () => done({ status: response.statusCode ?? 0, text }));
    });
    asking.once("error", failed).end();
  });
}

test("serve shows what there is, to this machine's own pages alone, and only to be read", async () => {
  const { status, text } = await ask();
  expect([status, text]).toEqual([200, expect.stringContaining("2 facts of first.ndjson")]);
  expect((await ask({ host: "evil.example" })).status).toBe(403);
  expect((await ask({ origin: "https://evil.example" })).status).toBe(403);
  expect((await ask({}, { method: "POST" })).status).toBe(405);
  expect((await ask({}, { path: "/../secret" })).status).toBe(404);
});

test("serve tells of a document that arrives, and shows it", async () => {
  const arrived = new Promise<void>((done) => {
    const asking = request({ host: "127.0.0.1", port, path: "/events" }, (response) => {
      response.on("data", (part: Buffer) => {
        if (!String(part).includes("event: document")) return;
        response.destroy();
        done();
      });
    });
    asking.end();
  });
  await summarise("second.ndjson");
  await arrived;
  expect((await ask()).text).toContain("1 facts of second.ndjson");
});

test("report --all is the same page as a file: headlines first, the newest at their head", async () => {
  const file = join(folder, "all.html");
  const words = ["report", "--all", out, "--format", "html", "--output", file];
  expect((await hellfact(words, { cwd: folder })).code).toBe(0);
  const page = readFileSync(file, "utf8");
  const [second, first] = ["second.ndjson", "first.ndjson"].map((name) => page.indexOf(name));
  expect(second).toBeGreaterThan(page.indexOf("headlines"));
  expect(first).toBeGreaterThan(second ?? Infinity);
});

test("report --all of several folders has what is in each once, what has a chart first, and older ones of the same behind", async () => {
  const other = join(folder, "other");
  await hellfact(["summarise", "second.ndjson", "--top", "id", "--out", other], { cwd: folder });
  await hellfact(["summarise", "first.ndjson", "--count", "id", "--out", other], { cwd: folder });
  const file = join(folder, "several.html");
  expect(
    (await hellfact(["report", "--all", out, other, "--output", file], { cwd: folder })).code,
  ).toBe(0);
  const page = readFileSync(file, "utf8");
  const start = page.slice(page.indexOf("<main>"), page.indexOf("<article"));
  expect(start.match(/<a href="#document-/g)).toHaveLength(4);
  const [shown = "", earlier = ""] = start.split("<details>");
  expect(shown.indexOf("<figure")).toBeGreaterThan(0);
  expect(shown.indexOf("second.ndjson")).toBeLessThan(shown.indexOf("first.ndjson"));
  expect(shown.match(/<li>/g)).toHaveLength(2);
  expect(earlier).toContain("2 earlier of the same");
  // A document's own folder may be elsewhere: what is kept of it as the latest is enough.
  const [own = ""] = readdirSync(other).filter((name) => !name.endsWith(".json"));
  rmSync(join(other, own), { recursive: true });
  await hellfact(["report", "--all", other, "--output", file], { cwd: folder });
  expect(readFileSync(file, "utf8")).toContain("first.ndjson");
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { Client, askOnce } from "./client.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-client-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that does what it is asked to. */
const script = join(folder, "process.mjs");
const SERVE = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/process/serve.js")).href;
const ERRORS = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/core/errors.js")).href;
writeFileSync(
  script,
  `import { serve, tellNews } from ${JSON.stringify(SERVE)};
  import { InputError } from ${JSON.stringify(ERRORS)};
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  serve(async ({ what, value }) => {
    switch (what) {
      case "say": return value;
      case "throw": throw new InputError("a wrong word\\nand more");
      case "exit": return process.exit(value);
      case "crash": setTimeout(() => { throw new Error("out of luck"); }); return sleep(5000);
      case "shout": for (let n = 0; n < 2000; n++) process.stderr.write("x".repeat(1000) + "\\n");
        process.stderr.write("Error: the end\\n", () => process.exit(4)); return sleep(5000);
      case "spin": for (;;);
      case "news": for (let n = 0; n < 6; n++) { tellNews(n); await sleep(200); } return "done";
      case "wait": tellNews("waiting"); await sleep(1200); return "done";
      case "fill": { const kept = []; for (;;) { kept.push(Buffer.alloc(20e6, 1)); await sleep(5); } }
    }
  });`,
);
const SCRIPT = pathToFileURL(script);
const patience = { patienceSeconds: 10 };

describe("a conversation", () => {
  test("has an answer for each question, typed arrays and odd numbers included", async () => {
    const client = new Client(SCRIPT);
    const value = { bytes: new Uint8Array([1, 2]), odd: [NaN, -0, Infinity] };
    expect(await client.ask({ what: "say", value }, patience)).toEqual({ answer: value });
    expect(await client.ask({ what: "say", value: 2 }, patience)).toEqual({ answer: 2 });
    await client.closed();
    expect(client.isAlive).toBe(false);
  });

  test("goes on after a question that could not be answered, and tells whose mistake it was", async () => {
    const client = new Client(SCRIPT);
    expect(await client.ask({ what: "throw" }, patience)).toEqual({
      reason: "a wrong word",
      failure: { kind: "input", message: "a wrong word" },
    });
    expect(await client.ask({ what: "say", value: 3 }, patience)).toEqual({ answer: 3 });
    client.close();
  });

  test("with a process that has ended already says so, and how", async () => {
    const client = new Client(SCRIPT);
    const died = { reason: "its process died (exit code 0)" };
    expect(await client.ask({ what: "exit", value: 0 }, patience)).toEqual(died);
    expect(await client.ask({ what: "say", value: 1 }, patience)).toEqual(died);
  });
});

describe("how it died is said once, in words", () => {
  test.each<[string, unknown, object, string]>([
    ["an exit code", { what: "exit", value: 3 }, {}, "its process died (exit code 3)"],
    ["what it threw", { what: "crash" }, {}, "its process died (exit code 1): Error: out of luck"],
    ["the end of much", { what: "shout" }, {}, "its process died (exit code 4): Error: the end"],
    ["late", { what: "spin" }, { patienceSeconds: 1 }, "no answer after 1 s"],
    ["no memory", { what: "fill" }, { maxMegabytes: 300 }, "it took more than 300 MB of memory"],
  ])("%s", async (_, question, options, reason) => {
    if (reason.includes("memory") && process.platform !== "linux") return;
    const isLate = reason.startsWith("no answer");
    expect(await askOnce(SCRIPT, question, { ...patience, ...options })).toEqual({
      reason,
      ...(isLate && { isLate }),
    });
  });

  test("what is interrupted is killed, also while it spins, and before it began", async () => {
    const controller = new AbortController();
    const client = new Client(SCRIPT);
    const { signal } = controller;
    const asked = client.ask({ what: "spin" }, { ...patience, signal });
    setTimeout(() => controller.abort(), 300);
    expect(await asked).toEqual({ reason: "interrupted" });
    await client.ended;
    expect(client.isAlive).toBe(false);
    expect(await askOnce(SCRIPT, { what: "spin" }, { ...patience, signal })).toEqual({
      reason: "interrupted",
    });
  });
});

test("news are told, and prolong the patience; who waits for others is waited for", async () => {
  const news: unknown[] = [];
  const options = {
    patienceSeconds: 0.8,
    onNews: (one: unknown) => void news.push(one),
    patienceAfter: (one: unknown) => (one === "waiting" ? null : 0.8),
  };
  const client = new Client(SCRIPT, options);
  await client.ask({ what: "say" }, patience); // it has started
  expect(await client.ask({ what: "news" }, options)).toEqual({ answer: "done" });
  expect(news).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await client.ask({ what: "wait" }, options)).toEqual({ answer: "done" });
  client.close();
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { ask, askAndHold } from "./ask.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-ask-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that holds, unless it is asked to die before. */
const script = join(folder, "process.mjs");
const ANSWER = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/process/answer.js")).href;
writeFileSync(
  script,
  `import { answer } from ${JSON.stringify(ANSWER)};
  await answer(async ({ what, value }, hold) => {
    if (what === "die") process.exit(7);
    const before = Date.now();
    hold();
    if (what === "spin") for (;;);
    if (what === "steps") for (let step = 0; step < value; step++) hold();
    return { value, held: Date.now() - before };
  });`,
);
const SCRIPT = pathToFileURL(script);

test("who is only asked does not hold", async () => {
  const question = { what: "say", value: "a line\n".repeat(50_000) };
  const asked = await ask<{ value: string }>(SCRIPT, question, { patienceSeconds: 60 });
  expect("answer" in asked && asked.answer.value).toBe(question.value);
});

test("who holds goes on when told to, and waiting is not held against it", async () => {
  const { held, goOn } = askAndHold<{ held: number }>(
    SCRIPT,
    { what: "say" },
    { patienceSeconds: 20 },
  );
  await held;
  await new Promise((done) => setTimeout(done, 300));
  const asked = await goOn();
  expect("answer" in asked && asked.answer.held).toBeGreaterThanOrEqual(290);
});

test("who holds several times goes on step by step, or to its end", async () => {
  const question = { what: "steps", value: 2 };
  const stepwise = askAndHold<{ value: number }>(SCRIPT, question, { patienceSeconds: 20 });
  await stepwise.held;
  expect(await stepwise.step()).toBeUndefined();
  expect(await stepwise.step()).toBeUndefined();
  expect(await stepwise.step()).toMatchObject({ answer: { value: 2 } });
  const whole = askAndHold<{ value: number }>(SCRIPT, question, { patienceSeconds: 20 });
  expect(await whole.goOn()).toMatchObject({ answer: { value: 2 } });
});

test("who does not come to hold again is killed when its patience is over", async () => {
  const { held, step } = askAndHold(SCRIPT, { what: "spin" }, { patienceSeconds: 5 });
  await held;
  expect(await step()).toEqual({ reason: "no answer after 5 s" });
});

test("who dies before is told, and held up by nothing", async () => {
  const { held, goOn } = askAndHold(SCRIPT, { what: "die" }, { patienceSeconds: 60 });
  await held;
  expect(await goOn()).toEqual({ reason: "its process died (exit code 7)" });
});

test("who does not end after going on is killed when its patience is over", async () => {
  const { held, goOn } = askAndHold(SCRIPT, { what: "spin" }, { patienceSeconds: 5 });
  await held;
  expect(await goOn()).toEqual({ reason: "no answer after 5 s" });
});

test("an interruption ends who holds", async () => {
  const interruption = new AbortController();
  const patience = { patienceSeconds: 60, signal: interruption.signal };
  const { held, goOn } = askAndHold(SCRIPT, { what: "say" }, patience);
  await held;
  interruption.abort();
  expect(await goOn()).toEqual({ reason: "interrupted" });
});

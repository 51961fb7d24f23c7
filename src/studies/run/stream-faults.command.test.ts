/** Facts into a stream on three servers, and back, while these are killed one at a time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { hellfact, type Finished } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import { messagesOf, sha256 } from "../../testing/nats-stream.js";

/** `HELLFACT_LONG=1` kills each of the three servers, both ways, instead of one. */
const KILLS = process.env["HELLFACT_LONG"] === "1" ? [0, 1, 2] : [0];
const DOWN_MILLISECONDS = 1500;

const folder = mkdtempSync(join(tmpdir(), "hellfact-stream-faults-"));
const nats = await ownNats(3);
if (typeof nats === "string") console.warn(`skipped: ${nats}`);
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
  rmSync(folder, { recursive: true, force: true });
});

const facts = KILLS.length * 50_000;
const lines = Array.from(
  { length: facts },
  (_, id) => `${JSON.stringify({ id, kind: "login" })}\n`,
);
const input = join(folder, "facts.ndjson");
writeFileSync(input, lines.join(""));

/** Kills servers while a command runs. */
async function amidKills(command: Promise<Finished>): Promise<Finished> {
  if (typeof nats === "string") return command;
  for (const server of KILLS) {
    await nats.kill(server);
    await setTimeout(DOWN_MILLISECONDS);
    await nats.start(server);
    await setTimeout(DOWN_MILLISECONDS);
  }
  return command;
}

function overOnce(command: Promise<Finished>): () => boolean {
  let isOver = false;
  void command.then(() => (isOver = true));
  return () => isOver;
}

test.skipIf(typeof nats === "string")("every fact is there once, both ways", async () => {
  const { url } = nats as Exclude<typeof nats, string>;
  const quiet = ["--out", join(folder, "out"), "--quiet"];
  // Three servers that have just begun have no leader yet.
  await expect
    .poll(
      async () =>
        (await hellfact(["run", "--facts", "1", "--sink", `${url}/first`, ...quiet])).code,
      { timeout: 30_000, interval: 500 },
    )
    .toBe(0);
  const publishing = hellfact(["run", "--input", input, "--sink", `${url}/facts`, ...quiet]);
  const isOver = overOnce(publishing);
  while (!isOver() && (await messagesOf(url, "facts")) < 1000) await setTimeout(50);
  const published = await amidKills(publishing);
  expect([published.code, published.stderr]).toEqual([0, ""]);
  expect(await messagesOf(url, "facts")).toBe(facts);

  const run = join(folder, "back");
  const isBegun = () => readdirSync(folder).includes("back");
  const reading = hellfact([
    ...["run", "--input", `${url}/facts`, "--sink", `file:${run}`, "--roll", "200KB", ...quiet],
  ]);
  const isRead = overOnce(reading);
  while (!isRead() && !isBegun()) await setTimeout(20);
  const read = await amidKills(reading);
  expect([read.code, read.stderr]).toEqual([0, ""]);
  const parts = readdirSync(run).filter((file) => file.startsWith("part-"));
  const text = parts.toSorted().map((file) => readFileSync(join(run, file), "utf8"));
  expect(sha256(text.join(""))).toBe(sha256(lines.join("")));
});

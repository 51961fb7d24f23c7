/** `hellfact run --input nats://HOST/STREAM`, as a user types it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import { connectedTo, messagesOf, sha256 } from "../../testing/nats-stream.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-from-stream-"));
const nats = await ownNats();
const server = typeof nats === "string" ? "" : nats.url;
if (typeof nats === "string") console.warn(`skipped: ${nats}`);

const FACTS = 4000;
const lines = Array.from(
  { length: FACTS },
  (_, id) => `${JSON.stringify({ id, text: "x".repeat(2000) })}\n`,
);
const input = join(folder, "facts.ndjson");
writeFileSync(input, lines.join(""));

const quiet = ["--out", join(folder, "out"), "--quiet"];
const publish = (stream: string, path = input) => [
  ...["run", "--input", path, "--sink", `${server}/${stream}`, ...quiet],
];
const read = (stream: string, name: string, ...more: string[]) => [
  ...["run", "--input", `${server}/${stream}`, "--sink", `file:${join(folder, name)}`],
  ...["--roll", "500KB", ...quiet, ...more],
];

/** The sum over a run's parts in their order, and how many they are. */
function partsOf(name: string): { sum: string; parts: number } {
  const parts = readdirSync(join(folder, name)).filter((file) => file.startsWith("part-"));
  const text = parts.toSorted().map((file) => readFileSync(join(folder, name, file), "utf8"));
  return { sum: sha256(text.join("")), parts: parts.length };
}

const consumersOf = (stream: string) =>
  connectedTo(server, ({ jsm }) => jsm.consumers.list(stream).next());

beforeAll(async () => {
  if (server !== "") await hellfact(publish("facts"));
});
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(server === "")("files into a stream and back are the same bytes", async () => {
  const { code, stderr } = await hellfact(read("facts", "back"));
  expect([code, stderr]).toEqual([0, ""]);
  const { sum, parts } = partsOf("back");
  expect(sum).toBe(sha256(lines.join("")));
  expect(parts).toBeGreaterThan(5);
  expect((await hellfact(["verify", join(folder, "back")])).code).toBe(0);
  // A run's own consumer goes with it, and the stream keeps what it has.
  expect(await consumersOf("facts")).toEqual([]);
  expect(await messagesOf(server, "facts")).toBe(FACTS);
});

test.skipIf(server === "")("one that is killed goes on, and makes the same parts", async () => {
  const manifest = join(folder, "killed", "manifest.ndjson");
  const isThere = () =>
    existsSync(manifest) && readFileSync(manifest, "utf8").split("\n").length > 3;
  await hellfact(read("facts", "killed", "--workers", "1"), {
    kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => isThere() },
  });
  const resumed = await hellfact(["run", "--resume", join(folder, "killed"), ...quiet]);
  expect([resumed.code, resumed.stderr]).toEqual([0, ""]);
  expect(partsOf("killed")).toEqual(partsOf("back"));
  expect(await consumersOf("facts")).toEqual([]);
});

test.skipIf(server === "")("a damaged part is made again from the stream", async () => {
  const run = join(folder, "back");
  const before = partsOf("back");
  const [part = ""] = readdirSync(run).filter((file) => file.startsWith("part-"));
  writeFileSync(join(run, part), "no");
  const { code } = await hellfact(["run", "--resume", run, ...quiet]);
  expect(code).toBe(0);
  expect(partsOf("back")).toEqual(before);
});

test.skipIf(server === "")("a durable consumer reads on behind what is at rest", async () => {
  const named = ["--consumer", "archive"];
  expect((await hellfact(publish("days"))).code).toBe(0);
  expect((await hellfact(read("days", "first-day", ...named))).code).toBe(0);
  const [consumer] = await consumersOf("days");
  expect(consumer).toMatchObject({ name: "archive", num_ack_pending: 0 });
  expect(consumer?.ack_floor.stream_seq).toBe(FACTS);

  const nothing = await hellfact(read("days", "no-day", ...named));
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain("has nothing that its consumer archive has not acknowledged");

  const more = join(folder, "more.ndjson");
  writeFileSync(more, `{"day":2}\n`);
  expect((await hellfact(publish("days", more))).code).toBe(0);
  expect((await hellfact(read("days", "second-day", ...named))).code).toBe(0);
  expect(partsOf("second-day").sum).toBe(sha256(`{"day":2}\n`));
});

test.skipIf(server === "")("a work queue loses what is in parts, and nothing before", async () => {
  await connectedTo(server, ({ jsm }) =>
    jsm.streams.add({ name: "jobs", subjects: ["jobs"], retention: "workqueue" }),
  );
  await connectedTo(server, async ({ js }) => {
    for (let id = 0; id < 50; id += 1) await js.publish("jobs", JSON.stringify({ id }));
    await js.publish("jobs", "{broken");
  });
  const stopped = await hellfact(read("jobs", "stopped"));
  expect(stopped.code).toBe(2);
  expect(stopped.stderr).toMatch(/jobs message 51: .*JSON/);
  expect(await messagesOf(server, "jobs")).toBe(51);
  const earlier = { durable_name: "earlier", ack_policy: "explicit", max_ack_pending: -1 } as const;
  await connectedTo(server, ({ jsm }) => jsm.consumers.add("jobs", earlier));
  const beside = await hellfact(read("jobs", "beside"));
  expect(beside.code).toBe(2);
  expect(beside.stderr).toContain("it has earlier. Go on with the run that made it");
  const taken = ["--on-error", "skip", "--consumer", "earlier"];
  const skipping = await hellfact(read("jobs", "skipped", ...taken));
  expect([skipping.code, skipping.stderr]).toEqual([0, ""]);
  expect(await messagesOf(server, "jobs")).toBe(0);
  // What is not there any more does not make a part without facts.
  const run = join(folder, "skipped");
  const [part = ""] = readdirSync(run).filter((file) => file.startsWith("part-"));
  writeFileSync(join(run, part), "no");
  const resumed = await hellfact(["run", "--resume", run, ...quiet]);
  expect(resumed.code).toBe(1);
  expect(resumed.stderr).toMatch(/jobs: messages \d+ to \d+ are not in it any more/);
});

test.skipIf(server === "")("messages of others: lines, JSON over lines, gaps", async () => {
  await connectedTo(server, ({ jsm }) => jsm.streams.add({ name: "others", subjects: ["others"] }));
  await connectedTo(server, async ({ js, jsm }) => {
    for (const text of [`{"a":1}\n{"a":2}\n`, `{\n  "a": 3\n}`, `{"gone":1}`, "", `{"a":4}`]) {
      await js.publish("others", text);
    }
    await jsm.streams.deleteMessage("others", 3);
  });
  const { code, stderr } = await hellfact(read("others", "others"));
  expect([code, stderr]).toEqual([0, ""]);
  expect(partsOf("others").sum).toBe(sha256([1, 2, 3, 4].map((a) => `{"a":${a}}\n`).join("")));
});

test.skipIf(server === "")("new messages are waited for, by one reader alone", async () => {
  await connectedTo(server, ({ jsm }) => jsm.streams.add({ name: "live", subjects: ["live"] }));
  await connectedTo(server, ({ js }) => js.publish("live", `{"a":1}`));
  const named = ["--duration", "10s", "--consumer", "live"];
  const following = hellfact(read("live", "live", ...named));
  await expect
    .poll(async () => (await consumersOf("live"))[0]?.delivered.stream_seq, { timeout: 10_000 })
    .toBe(1);
  const second = await hellfact(read("live", "second", ...named));
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(
    /^hellfact: \S.*somebody reads by its consumer live now\. [^\n]*\n$/,
  );
  await connectedTo(server, ({ js }) => js.publish("live", `{"a":2}`));
  expect((await following).code).toBe(0);
  expect(partsOf("live").sum).toBe(sha256(`{"a":1}\n{"a":2}\n`));
});

test.skipIf(server === "")(
  "no stream, a strange consumer, what is for files: a line each",
  async () => {
    const none = await hellfact(read("none", "x"));
    expect(none.code).toBe(2);
    expect(none.stderr).toMatch(/stream none of nats:\S+: there is none/);
    await connectedTo(server, ({ jsm }) =>
      jsm.consumers.add("facts", { durable_name: "theirs", ack_policy: "none" }),
    );
    const theirs = await hellfact(read("facts", "x", "--consumer", "theirs"));
    expect(theirs.code).toBe(2);
    expect(theirs.stderr).toContain("consumer theirs is not one of hellfact's (ack policy none)");
    const counted = await hellfact(read("facts", "x", "--facts", "10"));
    expect(counted.code).toBe(2);
    expect(counted.stderr).toContain("--facts is not for an input that is a stream");
    const unsynced = await hellfact(read("facts", "x", "--sync", "none"));
    expect(unsynced.code).toBe(2);
    expect(unsynced.stderr).toContain("what is acknowledged must be on the disk");
  },
);

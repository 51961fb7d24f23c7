/** `hellfact run --sink nats://HOST/STREAM`, as a user types it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";
import { ownNats } from "../../testing/nats.js";
import {
  connectedTo,
  contentOf as contentIn,
  messagesOf as messagesIn,
  sha256,
} from "../../testing/nats-stream.js";
import type { PublishDocument } from "../publish/document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-into-stream-"));
const nats = await ownNats();
const server = typeof nats === "string" ? "" : nats.url;
if (typeof nats === "string") console.warn(`skipped: ${nats}`);
afterAll(async () => {
  if (typeof nats !== "string") await nats.end();
  rmSync(folder, { recursive: true, force: true });
});

const FACTS = 3000;
/** Lines as a run writes them into files, too. */
const lines = Array.from({ length: FACTS }, (_, id) =>
  JSON.stringify({ id, text: "x".repeat(2000) }),
);
const input = join(folder, "facts.ndjson");
writeFileSync(input, lines.map((line) => `${line}\n`).join(""));

const expected = sha256(lines.map((line) => `${line}\n`).join(""));

const publish = (stream: string, ...more: string[]) => [
  ...["run", "--input", input, "--sink", `${server}/${stream}`],
  ...["--out", join(folder, "out"), "--quiet", ...more],
];

const contentOf = (stream: string) => contentIn(server, stream);
const messagesOf = (stream: string) => messagesIn(server, stream);
const connectedWith = <T>(action: Parameters<typeof connectedTo<T>>[1]) =>
  connectedTo(server, action);

test.skipIf(server === "")(
  "every fact is in the stream once, in order, and once more changes nothing",
  async () => {
    const first = await hellfact(publish("once", "--json"));
    expect([first.code, first.stderr]).toEqual([0, ""]);
    const { published, stream } = JSON.parse(first.stdout) as PublishDocument;
    expect(published).toMatchObject({ ended: "done", facts: FACTS, messages: FACTS, present: 0 });
    expect(published.latencyMilliseconds?.p99).toBeGreaterThan(0);
    expect(stream).toMatchObject({ name: "once", isNew: true, storage: "file" });
    expect(await contentOf("once")).toEqual({ sum: expected, messages: FACTS });

    const again = await hellfact(publish("once"));
    expect(again.code).toBe(0);
    expect(again.stdout).toContain(`All ${FACTS} facts are in stream once`);
    expect(await messagesOf("once")).toBe(FACTS);

    // The server knows their ids still, and keeps none of them.
    await connectedWith(({ jsm }) => jsm.streams.purge("once"));
    const purged = await hellfact(publish("once"));
    expect([purged.code, await messagesOf("once")]).toEqual([1, 0]);
    expect(purged.stderr).toMatch(/^hellfact: stream once .* forgets them after 120 s [^\n]*\n$/);
  },
);

test.skipIf(server === "")(
  "several facts go into one message where that is asked for",
  async () => {
    const { code, stdout } = await hellfact(publish("batches", "--unit", "batch", "--json"));
    expect(code).toBe(0);
    const { published } = JSON.parse(stdout) as PublishDocument;
    expect(published.facts).toBe(FACTS);
    expect(published.messages).toBeLessThan(FACTS / 10);
    expect((await contentOf("batches")).sum).toBe(expected);
  },
);

test.skipIf(server === "")(
  "a publisher that is killed, and one beside it, leave each fact once",
  async () => {
    const isBegun = { is: false };
    const look = setInterval(() => {
      void messagesOf("killed").then((messages) => (isBegun.is ||= messages > 0));
    }, 20);
    await hellfact(publish("killed"), {
      kill: { signal: "SIGKILL", afterMilliseconds: 30, once: () => isBegun.is },
    });
    clearInterval(look);
    const there = await messagesOf("killed");
    expect(there).toBeGreaterThan(0);
    // One of both is told that somebody else publishes, unless the other one had ended.
    const both = await Promise.all([hellfact(publish("killed")), hellfact(publish("killed"))]);
    for (const { code, stderr } of both) {
      expect(code === 0 || stderr.includes("somebody else publishes into it")).toBe(true);
    }
    expect((await hellfact(publish("killed"))).code).toBe(0);
    expect(await contentOf("killed")).toEqual({ sum: expected, messages: FACTS });
  },
);

test.skipIf(server === "")(
  "a server that is killed while it takes facts has each once in the end",
  async () => {
    if (typeof nats === "string") return;
    const publishing = hellfact(publish("restart", "--json"));
    while ((await messagesOf("restart")) === 0) await new Promise((done) => setTimeout(done, 10));
    await nats.kill(0);
    await nats.start(0);
    const { code, stderr } = await publishing;
    expect([code, stderr]).toEqual([0, ""]);
    expect(await contentOf("restart")).toEqual({ sum: expected, messages: FACTS });
  },
);

test.skipIf(server === "")(
  "a stream that is full says so, keeps what it has, and goes on with room",
  async () => {
    const most = { name: "full", subjects: ["full.*"], max_bytes: 1_000_000 };
    await connectedWith(({ jsm }) => jsm.streams.add({ ...most, discard: "new" }));
    const full = await hellfact(publish("full"));
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(/^hellfact: stream full of nats:\S+ is full: .*goes on.*\n$/);
    const there = await messagesOf("full");
    expect(there).toBeGreaterThan(100);
    await connectedWith(({ jsm }) => jsm.streams.update("full", { ...most, max_bytes: -1 }));
    const { code, stdout } = await hellfact(publish("full"));
    expect(code).toBe(0);
    expect(stdout).toContain(`${there} facts were there already`);
    expect(await contentOf("full")).toEqual({ sum: expected, messages: FACTS });
  },
);

test.skipIf(server === "")(
  "a fact that is too large is named; those before it are there",
  async () => {
    await connectedWith(({ jsm }) =>
      jsm.streams.add({ name: "narrow", subjects: ["narrow.*"], max_msg_size: 3000 }),
    );
    const path = join(folder, "large.ndjson");
    writeFileSync(path, `{"a":1}\n{"a":2}\n{"text":"${"y".repeat(5000)}"}\n{"a":3}\n`);
    const { code, stderr } = await hellfact([
      ...["run", "--input", path, "--sink", `${server}/narrow`, "--quiet", "--out", folder],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("takes messages of 3000 bytes at most");
    expect(stderr).toContain("position 16 takes 5011");
    expect(await messagesOf("narrow")).toBe(2);
  },
);

test.skipIf(server === "")(
  "a stream that cannot keep the promise is refused, and left as it is",
  async () => {
    await connectedWith(async ({ jsm }) => {
      await jsm.streams.add({ name: "queue", subjects: ["queue.*"], retention: "workqueue" });
      await jsm.streams.add({ name: "exact", subjects: ["exact"] });
    });
    const queue = await hellfact(publish("queue"));
    expect([queue.code, await messagesOf("queue")]).toEqual([2, 0]);
    expect(queue.stderr).toContain("drops messages that were read (retention: workqueue)");
    const exact = await hellfact(publish("exact"));
    expect([exact.code, await messagesOf("exact")]).toEqual([2, 0]);
    expect(exact.stderr).toContain("a run needs a subject of its own there");
  },
);

test.skipIf(server === "")("a broken line ends it, and what is before it is there", async () => {
  const path = join(folder, "broken.ndjson");
  writeFileSync(path, `{"a":1}\n{"a":2}\n{"a":\n`);
  const { code, stderr } = await hellfact([
    ...["run", "--input", path, "--sink", `${server}/broken`, "--quiet", "--out", folder],
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain("broken.ndjson line 3");
  expect(await messagesOf("broken")).toBe(2);
});

test("no server, no stream, and what is for files are each told in a line", async () => {
  const run = (sink: string, ...more: string[]) =>
    hellfact(["run", "--facts", "10", "--sink", sink, "--quiet", "--out", folder, ...more]);
  const nobody = await run("nats://127.0.0.1:1/facts");
  expect([nobody.code, nobody.stderr]).toEqual([
    1,
    "hellfact: nats://127.0.0.1:1: nobody answers. Start one: nats-server -js\n",
  ]);
  const nameless = await run("nats://me:secret@127.0.0.1:1");
  expect(nameless.code).toBe(2);
  expect(nameless.stderr).toContain("it takes servers and a stream, nats://HOST:4222/STREAM.");
  expect(nameless.stderr).not.toContain("secret");
  const packed = await run("nats://127.0.0.1:1/facts", "--compress", "gzip");
  expect([packed.code, packed.stderr]).toEqual([
    2,
    "hellfact: --compress is for files, and a stream keeps facts as JSON. Leave it out.\n",
  ]);
});

test("wrong credentials are refused, and nothing secret is printed", async () => {
  const own = await ownNats(1, "authorization { user: me, password: right }");
  if (typeof own === "string") return;
  try {
    const at = (password: string) =>
      `${own.url.replace("nats://", `nats://me:${password}@`)}/facts`;
    const run = (sink: string) =>
      hellfact(["run", "--facts", "10", "--sink", sink, "--json", "--quiet", "--out", folder]);
    const wrong = await run(at("sesame"));
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("does not let this user in");
    const right = await run(at("right"));
    expect(right.code).toBe(0);
    for (const { stdout, stderr } of [wrong, right]) {
      expect(stdout + stderr).not.toMatch(/sesame|me:right/);
    }
  } finally {
    await own.end();
  }
});

import { expect, test } from "vitest";
import { reportPage } from "../../report/page/page.js";
import type { PublishDocument } from "./document.js";
import { publishPage } from "./page.js";

const DOCUMENT: PublishDocument = {
  ...{
    format: "hellfact-results",
    kind: "publish",
    version: 1,
    complete: true,
    warnings: ["a note"],
  },
  createdAt: "2026-11-30T02:40:36.219Z",
  command: ["hellfact", "run", "--sink", "nats://127.0.0.1:4222/hell"],
  environment: {
    ...{ toolVersion: "0.1.0", cpuModel: "a CPU", cores: 2, cpuQuota: null, memoryBytes: 1e9 },
    ...{ platform: "linux", kernel: "6", architecture: "x64", node: "20.20.2", v8: "11" },
    ...{ runtimeFlags: [], libraries: {} },
  },
  stream: {
    ...{ name: "hell", subject: "hell.1", address: "nats://127.0.0.1:4222", server: "NATS 2.9.10" },
    ...{ isNew: true, storage: "file", replicas: 1, mostMessageBytes: 1e6 },
    mostInFlight: { messages: 256, bytes: 8e6 },
  },
  published: {
    ...{
      run: "1",
      source: "totalhelldeath",
      unit: "fact",
      ended: "done",
      messages: 3000,
      facts: 3000,
    },
    ...{ present: 0, encodedBytes: 12e6, storedBytes: 13e6, wallSeconds: 4, repeats: 0 },
    ...{ waitedSeconds: 1, clientCpuSeconds: 2, pingSeconds: 0.0001 },
    latencyMilliseconds: { p50: 5, p99: 29, max: 55 },
  },
};
const page = (document: PublishDocument) =>
  reportPage([{ name: "a", document, form: publishPage }], {
    ...{ toolVersion: "0", script: "", gzip: () => new Uint8Array() },
  });

test("a page of publishing says how fast, and where the client's time goes", () => {
  const html = page(DOCUMENT);
  expect(html).toContain("Published 3000 facts into stream hell");
  expect(html).toContain("750 facts/s");
  expect(html.match(/<figure/g)).toHaveLength(1);
  // What the chart shows, as a table: three seconds of work, one of waiting.
  expect(html).toMatch(/3\.00<\/th><td class="number">1\.00</);
  expect(html).toContain("<li>a note</li>");
});

test("where nothing was published it has no chart", () => {
  const { published } = DOCUMENT;
  const html = page({
    ...DOCUMENT,
    published: { ...published, facts: 0, messages: 0, present: 9 },
  });
  expect(html).toContain("All 9 facts are in");
  expect(html).not.toContain("<figure");
  expect(html).not.toContain("NaN");
});

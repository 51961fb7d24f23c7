import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResultDocument } from "./document.js";
import { loadResults } from "./load.js";
import { find, QUICK } from "../../testing/bench.js";
import { hellfact, type Finished } from "../../testing/command.js";
import { realDocuments } from "../../testing/shared-data.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

let runs = 0;
function freshOut(): string {
  return join(folder, `out-${++runs}`);
}

describe("a comparison", () => {
  const out = freshOut();
  let finished: Finished;
  let document: ResultDocument;
  beforeAll(async () => {
    finished = await hellfact(["bench", ...QUICK, "--out", out]);
    document = loadResults(join(out, "latest.json"));
  });

  test("measures every codec that is there, in every direction it knows", () => {
    expect(finished).toMatchObject({ code: 0 });
    const failed = document.scenarios.filter(({ status }) => status === "failed");
    expect(failed).toEqual([]);
    for (const words of ["json none write", "protobuf gzip:6 read", "simdjson none project"]) {
      expect(find(document, words), words).toMatchObject({ status: "ok" });
      expect(find(document, words)?.factsPerSecond?.median).toBeGreaterThan(1);
    }
    expect(find(document, "simdjson none write")).toMatchObject({ status: "unsupported" });
  });

  test("prints the table, and says where the files are", () => {
    expect(finished.stdout).toMatch(/^ hellfact +totalhelldeath +8 facts × /m);
    expect(finished.stdout).toMatch(/^ with gzip 6\n(.*\n)* msgpackr-records +#+ +\d/m);
    expect(finished.stderr).toContain("hellfact report");
  });

  test("leaves whole files and nothing unfinished", () => {
    const [run = ""] = readdirSync(out).filter((name) => name !== "latest.json");
    const files = readdirSync(join(out, run));
    expect(files).toContain("json.ndjson");
    expect(readFileSync(join(out, run, "report.html"), "utf8")).toMatch(/<\/html>\n$/);
    expect(files).toContain("json.gzip-6.ndjson.gz");
    expect(files).toContain("protobuf.pb.proto");
    expect(files).toContain("msgpackr-records.msgpackr.structures");
    expect(files.filter((name) => /tmp|repetitions/.test(name))).toEqual([]);
    const lines = readFileSync(join(out, run, "json.ndjson"), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length % 8).toBe(0);
    expect(() => lines.forEach((line) => JSON.parse(line) as unknown)).not.toThrow();
  });

  test("counts what it took: bytes, time, processor", () => {
    const json = find(document, "json none write");
    const gzip = find(document, "json gzip:6 write");
    const records = find(document, "msgpackr-records none write");
    expect(json?.storedBytesPerFact).toBeCloseTo(document.payload.jsonBytesPerFact + 1, 6);
    expect(gzip?.storedBytesPerFact).toBeLessThan((json?.storedBytesPerFact ?? 0) / 2);
    // the sidecar counts as stored
    expect(records?.storedBytesPerFact).toBeGreaterThan(records?.encodedBytesPerFact ?? Infinity);
    for (const trial of document.scenarios.flatMap(({ trials }) => trials)) {
      expect(trial.facts % 8).toBe(0);
      const sampled = trial.samples.reduce((sum, { facts }) => sum + facts, 0);
      expect(sampled).toBe(trial.facts);
      expect(trial.factsPerSecond).toBeCloseTo(trial.facts / trial.wallSeconds, 6);
      expect(trial.counters.userSeconds + trial.counters.systemSeconds).toBeGreaterThan(0);
    }
  });

  test("says that so few facts flatter", () => {
    expect(finished.stdout).toContain("note: only 8 distinct facts");
  });

  test("can be printed again in every form", async () => {
    const text = await hellfact(["report", "--out", out]);
    expect(finished.stdout).toContain(text.stdout.trim());
    const markdown = await hellfact(["report", "--out", out, "--format", "markdown"]);
    expect(markdown.stdout).toMatch(/^\| codec +\|/);
    const csv = await hellfact(["report", "--out", out, "--format", "csv"]);
    expect(csv.stdout.split("\n").length).toBe(document.scenarios.length + 2);
    const json = await hellfact(["report", join(out, "latest.json"), "--format", "json"]);
    expect(JSON.parse(json.stdout)).toEqual(document);
  });
});

describe("facts of one's own", () => {
  const facts = Array.from({ length: 50 }, (_, index) => ({
    id: index,
    name: `n${index}`,
    tags: ["a"],
  }));
  const ndjson = facts.map((fact) => JSON.stringify(fact)).join("\n");

  test("go through every codec, those that need a schema too", async () => {
    const input = join(folder, "facts.ndjson.gz");
    writeFileSync(input, gzipSync(ndjson));
    const { code, stdout } = await hellfact([
      "bench",
      ...QUICK,
      "--input",
      input,
      "--compress",
      "none,gzip",
      "--out",
      freshOut(),
      "--direction",
      "write,read,project,validate",
      "--json",
    ]);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as ResultDocument;
    expect(document.payload).toMatchObject({ source: input, facts: 8 });
    for (const codec of ["json", "msgpackr", "msgpackr-records"]) {
      expect(find(document, `${codec} none read`)).toMatchObject({ status: "ok" });
    }
    expect(find(document, "simdjson gzip:6 validate")).toMatchObject({ status: "ok" });
    expect(find(document, "protobuf none write")).toMatchObject({ status: "ok" });
    expect(find(document, "fast-json-stringify none write")).toMatchObject({ status: "ok" });
    expect(document.payload.schema).toEqual({
      origin: "inferred from the 8 facts measured",
      carried: [],
    });
  });

  test.skipIf(realDocuments.length === 0).each(realDocuments.map((path) => [basename(path), path]))(
    "the real document %s goes through, read from files that nothing in the run measured writing",
    async (_, path) => {
      const { code, stdout } = await hellfact([
        "bench",
        ...QUICK,
        "--input",
        path,
        "--codec",
        "json,fast-json-stringify,simdjson,msgpackr,msgpackr-records,protobuf",
        "--compress",
        "gzip:1",
        "--direction",
        "read",
        "--out",
        freshOut(),
        "--json",
      ]);
      expect(code).toBe(0);
      const { scenarios } = JSON.parse(stdout) as ResultDocument;
      expect(scenarios.map(({ codec, status, reason }) => [codec, status, reason])).toEqual(
        expect.arrayContaining([
          ["json", "ok", null],
          ["simdjson", "ok", null],
          ["msgpackr", "ok", null],
          ["protobuf", "ok", null],
          ["msgpackr-records", "ok", null],
        ]),
      );
    },
  );

  test("that a codec changes are shown as failed, with the place; the rest goes on", async () => {
    const input = join(folder, "odd.ndjson");
    writeFileSync(input, '{"a":{"__proto__":{"x":1}}}\n{"a":2}\n');
    const { code, stdout } = await hellfact([
      "bench",
      ...QUICK,
      "--input",
      input,
      "--codec",
      "json,msgpackr",
      "--compress",
      "none",
      "--direction",
      "write",
      "--out",
      freshOut(),
      "--json",
    ]);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as ResultDocument;
    expect(find(document, "json none write")).toMatchObject({ status: "ok" });
    const changed = find(document, "msgpackr none write");
    expect(changed).toMatchObject({ status: "failed", factsPerSecond: null });
    expect(changed?.reason).toMatch(/^fact 0 comes back changed at a/);
  });
});

describe("without the disk", () => {
  test("nothing but the results is written", async () => {
    const out = freshOut();
    const { code } = await hellfact([
      "bench",
      ...QUICK,
      "--sink",
      "null",
      "--codec",
      "json,simdjson,msgpackr-records",
      "--compress",
      "gzip",
      "--out",
      out,
    ]);
    expect(code).toBe(0);
    const document = loadResults(join(out, "latest.json"));
    expect(find(document, "msgpackr-records gzip:6 read")).toMatchObject({ status: "ok" });
    expect(find(document, "simdjson gzip:6 read")).toMatchObject({ status: "ok", sink: "null" });
    const [run = ""] = readdirSync(out).filter((name) => name !== "latest.json");
    expect(readdirSync(join(out, run))).toEqual(["report.html", "results.json"]);
  });
});

describe("what is compared by name", () => {
  test("every codec writes facts that can be read back as they were", async () => {
    const out = freshOut();
    // A write looks at what it wrote; reading from files is tested with a few codecs.
    const words = ["--codec", "all", "--compress", "none", "--direction", "write"];
    const { code } = await hellfact(["bench", ...QUICK, ...words, "--out", out]);
    expect(code).toBe(0);
    const { scenarios, configuration } = loadResults(join(out, "latest.json"));
    expect(scenarios.filter(({ status }) => status === "failed")).toEqual([]);
    expect(configuration.codecs).toEqual(expect.arrayContaining(["arrow", "avro", "v8"]));
  });

  test("batches of columns are read back from files", async () => {
    const out = freshOut();
    const words = ["--codec", "arrow,parquet", "--compress", "none", "--direction", "read"];
    const { code } = await hellfact(["bench", ...QUICK, ...words, "--out", out]);
    expect(code).toBe(0);
    const { scenarios } = loadResults(join(out, "latest.json"));
    expect(scenarios.filter(({ status }) => status === "failed")).toEqual([]);
  });

  test("compression by fact is in the result and under the table", async () => {
    const out = freshOut();
    const words = ["--codec", "json,arrow", "--compress", "brotli", "--unit", "fact", "--all"];
    const { code, stdout } = await hellfact(["bench", ...QUICK, ...words, "--out", out]);
    expect(code).toBe(0);
    expect(stdout).toContain("each fact compressed alone, behind its length (--unit fact)");
    const document = loadResults(join(out, "latest.json"));
    expect(document.configuration.unit).toBe("fact");
    for (const direction of ["write", "read"]) {
      const scenario = find(document, `json brotli:4 ${direction}`);
      expect(scenario).toMatchObject({ status: "ok", unit: "fact" });
    }
    expect(find(document, "arrow brotli:4 write")).toMatchObject({
      status: "unsupported",
      reason: "arrow puts a batch of facts together, so no fact can be compressed alone",
    });
  });
});

test("a codec is added by adding one file, as CONTRIBUTING.md says", async () => {
  const root = resolve(import.meta.dirname, "../../..");
  const copy = join(folder, "project");
  cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
  cpSync(join(root, "schemas"), join(copy, "schemas"), { recursive: true });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const example = /```ts\n( *\/\/ src\/codecs\/[\s\S]*?)```/.exec(
    readFileSync(join(root, "CONTRIBUTING.md"), "utf8"),
  )?.[1];
  expect(example).toBeDefined();
  const [, name = ""] = /src\/codecs\/([\w-]+)\.ts/.exec(example ?? "") ?? [];
  // What a compiler would leave of it: the types go.
  const script = (example ?? "")
    .replaceAll(/^ *import type .*$/gm, "")
    .replaceAll(/: Codec\b/g, "")
    .replaceAll(/ as Fact\b/g, "");
  writeFileSync(join(copy, "dist/src/codecs", `${name}.js`), script);

  const { code, stdout, stderr } = await hellfact(
    ["bench", ...QUICK, "--codec", `json,${name}`, "--out", freshOut(), "--json"],
    { main: join(copy, "dist/src/cli/main.js") },
  );
  expect(stderr).not.toContain("hellfact:");
  expect(code).toBe(0);
  const document = JSON.parse(stdout) as ResultDocument;
  expect(find(document, `${name} none write`)).toMatchObject({ status: "ok" });
  expect(find(document, `${name} gzip:6 read`)).toMatchObject({ status: "ok" });
});

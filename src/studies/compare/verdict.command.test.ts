/** What binds a pipeline, asked on the command line: `bench --verdict`, `run --verdict`, and what they feed. */
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResultDocument } from "./document.js";
import { loadDocument } from "../../results/load.js";
import { runType } from "../run/document.js";
import { loadResults } from "./load.js";
import type { RunDocument } from "../run/document.js";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-verdict-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const QUICK = [
  "--codec",
  "json",
  "--direction",
  "write",
  "--facts",
  "40",
  "--budget",
  "2s",
  "--quiet",
];
/** For what one trial shows, however short it is. */
const ONCE = ["--trials", "1", "--budget", "10ms"];

async function bench(out: string, ...words: string[]) {
  const finished = await hellfact(["bench", ...QUICK, ...words, "--out", at(out)]);
  return { ...finished, document: () => loadResults(join(at(out), "latest.json")) };
}

/** Slow enough that the sink binds on any machine, whatever else it does. */
const SLOW = "throttle:40MB/s:null";

test("columns, and files that are one stream, are studied like any other write", async () => {
  const words = ["--codec", "arrow", "--compress", "gzip:1", "--unit", "file", ...ONCE];
  const { code, document } = await bench("columns", "--verdict", ...words);
  expect(code).toBe(0);
  const [ceilings] = document().scenarios.map(({ trials }) => trials[0]?.ceilings);
  for (const part of ["codec", "encode", "write"] as const) {
    expect(ceilings?.[part]).toBeGreaterThan(0);
  }
});

describe("bench --verdict", () => {
  let finished: Awaited<ReturnType<typeof bench>>;
  let document: ResultDocument;
  beforeAll(async () => {
    finished = await bench("slow", "--verdict", "--sink", SLOW, "--compress", "none,gzip:1");
    document = finished.document();
  }, 120_000);

  test("names the sink that holds the write up, with what was measured of each part", () => {
    expect(finished.code).toBe(0);
    const [plain] = document.scenarios;
    const verdict = plain?.verdict;
    // A machine that others use is judged as such, and never wrongly.
    expect(["sink-bandwidth-bound", "inconclusive"]).toContain(verdict?.kind);
    if (verdict?.kind !== "sink-bandwidth-bound") return;
    expect(verdict.bytesPerSecond / 40e6).toBeCloseTo(1, 1);
    expect(verdict.evidence.codec?.median).toBeGreaterThan(verdict.evidence.write?.median ?? 0);
    expect(finished.stdout).toContain("IO-bound, bandwidth: writing json");
  });

  test("keeps what each trial's process could do, and how the sink was held back", () => {
    for (const { trials } of document.scenarios) {
      expect(trials.length).toBeGreaterThanOrEqual(1);
      for (const { ceilings } of trials) expect(ceilings?.codec).toBeGreaterThan(0);
    }
    expect(document.configuration.slowing).toEqual({ bytesPerSecond: 40e6, latencySeconds: 0 });
  });

  test("a roofline is drawn of it, as text and as SVG", async () => {
    const svg = at("roof.svg");
    const words = ["roofline", join(at("slow"), "latest.json"), "--svg", svg];
    const { code, stdout } = await hellfact(words);
    expect(code).toBe(0);
    expect(stdout).toContain("a json");
    expect(stdout).toContain("b json gzip 1");
    expect(stdout).toMatch(/Most facts per second: json gzip 1/);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg/);
  });

  test("a roofline of a codec that was not measured says which were", async () => {
    const words = ["roofline", join(at("slow"), "latest.json"), "--codec", "protobuf"];
    const { code, stderr } = await hellfact(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/has no ceilings of "protobuf"; it has json\.\n$/);
  });
});

test("where nothing was written nothing is judged, and a roofline says what is missing", async () => {
  const { document } = await bench("plain", ...ONCE, "--direction", "read");
  expect(document().scenarios.every(({ verdict }) => verdict === undefined)).toBe(true);
  const { code, stderr } = await hellfact(["roofline", join(at("plain"), "latest.json")]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/no ceilings .* hellfact bench --verdict, or run --verdict\.\n$/);
});

test("--causal says what a delay in each stage does", async () => {
  const { document, stdout } = await bench(
    "causal",
    "--causal",
    ...ONCE,
    "--sink",
    SLOW,
    "--compress",
    "none",
  );
  const effects = document().scenarios[0]?.causal;
  expect(effects?.map(({ stage }) => stage)).toEqual(["encode", "write"]);
  for (const { slope } of effects ?? []) expect(slope.median).toBeTypeOf("number");
  expect(stdout).toContain("what a delay does");
}, 120_000);

describe("run --verdict", () => {
  const run = (...words: string[]) =>
    hellfact(["run", "--verdict", ...words, "--fact-size", "4KB", "--out", at("out"), "--quiet"]);

  test("measures the parts of a running pipeline, and leaves only its parts behind", async () => {
    const sink = at("parts");
    // So many facts and not so many seconds: a slow machine takes longer, and has as many rounds.
    const { code, stdout } = await run(
      "--facts",
      "25000",
      "--workers",
      "1",
      "--sink",
      `throttle:8MB/s:file:${sink}`,
    );
    expect(code).toBe(0);
    const { run: found } = loadDocument(join(sink, "results.json"), [runType]);
    expect(found.rounds?.length).toBeGreaterThanOrEqual(1);
    expect(["sink-bandwidth-bound", "inconclusive"]).toContain(found.verdict?.kind);
    expect(found.slowing).toEqual({ bytesPerSecond: 8e6, latencySeconds: 0 });
    expect(stdout).toContain("write alone");
    const strange = readdirSync(sink).filter(
      (name) => !/^(part-0|manifest|results|report\.html|codec)/.test(name),
    );
    expect(strange).toEqual([]);
    expect((await hellfact(["verify", sink, "--quiet"])).code).toBe(0);
  }, 120_000);

  test("a run that is over too soon says how long it takes", async () => {
    const { code, stdout } = await run("--facts", "200", "--sink", "null");
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "it takes 5 rounds of measuring, and there were 0",
    );
  });

  test.each([
    [["--rate", "10"], /--verdict asks what binds, and --rate does/],
    [["--input", "-"], /standard input cannot give: put them into a file/],
  ])("%s leaves nothing to judge", async (words, message) => {
    const { code, stderr } = await hellfact(["run", "--verdict", ...words]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("what is not understood is said in one line", () => {
  test.each([
    [["bench", "--sink", "throttle:fast"], "throttle takes a rate, such as throttle:50MB/s."],
    [["bench", "--sink", "latency:5"], "It takes a time with its unit"],
    [["bench", "--sink", "throttle:1MB:elsewhere"], "It takes file or null, alone or behind"],
    [["run", "--inject", "encode"], "It takes a stage and a time for each fact"],
    [["run", "--inject", "gzip=5us"], "It takes a stage and a time for each fact"],
    [["bench", "--verdict", "--causal"], "cannot be used with"],
    [["break-even", "none"], "it is about compressing"],
    [["break-even", "gzip", "--codec", "jsn"], 'unknown codec "jsn"'],
  ])("%s", async (words, message) => {
    const cwd = mkdtempSync(join(folder, "refused-"));
    const { code, stderr, stdout } = await refused(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });
});

test("a delay that is injected is in the document, and slows what it is in", async () => {
  const words = ["run", "--facts", "50", "--fact-size", "4KB", "--workers", "1", "--sink", "null"];
  const { stdout } = await hellfact([
    ...[...words, "--inject", "encode=2ms,sink=1ms", "--json", "--quiet", "--out", at("out")],
  ]);
  const { run } = JSON.parse(stdout) as RunDocument;
  expect(run.delays).toEqual({ encodeSeconds: 0.002, writeSeconds: 0.001 });
  const seconds = Object.fromEntries(run.stages.map(({ stage, seconds: spent }) => [stage, spent]));
  expect(seconds["encode"]).toBeGreaterThanOrEqual(50 * 0.002);
  expect(seconds["write"]).toBeGreaterThanOrEqual(50 * 0.001);
});

test("a pipe that is drained slowly holds up whoever writes to it", async () => {
  const pipe = at("pipe");
  await shell(`mkfifo "${pipe}"`);
  let drained = 0;
  const reader = createReadStream(pipe, { highWaterMark: 1 << 16 });
  reader.on("data", (piece) => {
    drained += piece.length;
    reader.pause();
    setTimeout(() => reader.resume(), 10);
  });
  // Listened for from the start: the pipe may close before the program's end is heard of.
  const closed = new Promise<void>((done) => void reader.on("close", done));
  const start = performance.now();
  const words = ["generate", "--facts", "400", "--fact-size", "4KB", "--output", pipe, "--quiet"];
  const { code } = await hellfact(words);
  await closed;
  expect(code).toBe(0);
  expect(drained).toBeGreaterThan(1e6);
  // 64 KiB every 10 ms, but for what the pipe itself holds.
  expect(performance.now() - start).toBeGreaterThanOrEqual((drained / 65_536 - 2) * 10);
});

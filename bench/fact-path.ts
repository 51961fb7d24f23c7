/**
 * What a fact costs on its way through a worker beyond source, encode, compress and write; and a worker's
 * facts a second, against those of another build of this tool. By turns, in fresh processes.
 *
 *   npm run bench:fact-path [-- OTHER_BUILD [rounds]]
 *
 * OTHER_BUILD is a folder that holds another version, built: `git worktree add ../before main`, then
 * `npm ci` there.
 */
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import type { SourcePlan } from "../src/pipeline/run/plan.js";
import { significant } from "../src/report/numbers.js";
import { medianInterval } from "../src/stats/median-interval.js";
import type { StagesTask } from "./fact-path-process.js";

const OTHER = process.argv[2];
const ROUNDS = Number(process.argv[3] ?? 5);
const FACTS = 250_000;
const OWN = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hellfact-path-"));

/** Facts of 200 bytes, no two of them the same. */
function smallFacts(path: string): SourcePlan {
  let text = "";
  for (let n = 0; n < FACTS; n++) {
    const fact = { id: n, player: `p${(n * 7919) % 10_007}`, kind: "kill", at: 1_750_000_000 + n };
    const more = { x: n / 7, y: -n / 3, tags: ["alpha", "beta"], note: "", ok: n % 2 === 0 };
    const padding = 199 - JSON.stringify({ ...fact, ...more }).length;
    text += `${JSON.stringify({ ...fact, ...more, note: "n".repeat(padding) })}\n`;
  }
  writeFileSync(path, text);
  return { kind: "lines", path, bytes: statSync(path).size };
}

interface Input {
  readonly name: string;
  readonly source: SourcePlan;
  readonly facts: number;
  /** The range that has them all. */
  readonly end: number;
}

const small = smallFacts(join(folder, "facts.ndjson"));
const hell: SourcePlan = { kind: "generator", seed: 42, profile: { ...DEFAULT_PROFILE } };
const inputs: Input[] = [
  {
    name: "200 B facts of a file",
    source: small,
    facts: FACTS,
    end: statSync(join(folder, "facts.ndjson")).size,
  },
  { name: "hell facts, generated", source: hell, facts: 5_000, end: 5_000 },
];

/** Processor time of a process's main thread, where the kernel tells (Linux); or else the clock. */
function secondsUsed(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e9;
  } catch {
    return performance.now() / 1000;
  }
}

/** Said as it is, or as news, by what version of this tool it was. */
interface Said {
  readonly kind: string;
  readonly message?: string;
}

/** What a process takes for the last of the messages that it answers; the ones before warm it up. */
async function secondsOf(program: string, words: object[], answer: string): Promise<number> {
  const child = fork(program, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  try {
    let seconds = 0;
    for (const [index, message] of words.entries()) {
      const start = secondsUsed(child.pid);
      await new Promise<void>((done, fail) => {
        const hear = (heard: Said | { readonly news: Said }) => {
          const said = "news" in heard ? heard.news : heard;
          if (said.kind === "failed") fail(new Error(said.message));
          if (said.kind !== (index === 0 ? "ready" : answer)) return;
          child.off("message", hear);
          done();
        };
        child.on("message", hear).once("exit", (code) => fail(new Error(`it ended: ${code}`)));
        child.send(message);
      });
      seconds = secondsUsed(child.pid) - start;
    }
    return seconds;
  } finally {
    child.kill("SIGKILL");
  }
}

/** One worker of a build over all facts, as a run has it; the second time. */
async function worker(build: string, { source, end }: Input): Promise<number> {
  const plan = {
    ...{ source, codec: "json", compressor: "none", unit: "batch", grain: "batch", sync: "none" },
    ...{ folder: null, start: 0, end, partLength: end, mostPartBytes: null, mostPartSeconds: null },
    ...{ bytesPerPosition: null, sidecar: null, durationSeconds: null, onError: "stop" },
  };
  const conditions = {
    factsPerSecond: null,
    slowing: { bytesPerSecond: null, latencySeconds: 0 },
    delays: { encodeSeconds: 0, writeSeconds: 0 },
    ...{ probing: false, study: false },
  };
  const program = join(build, "dist/src/pipeline/run/worker/worker-process.js");
  const range = { kind: "range", range: { from: 0, to: end }, staging: null };
  return secondsOf(program, [{ kind: "plan", plan, own: {}, conditions }, range, range], "part");
}

/** The same facts through source, encode and a null sink, and nothing else; the second time. */
async function stagesAlone(input: Input): Promise<number> {
  const task: StagesTask = { source: input.source, end: input.end };
  const program = fileURLToPath(new URL("./fact-path-process.js", import.meta.url));
  return secondsOf(program, [task, task, task], "done");
}

const builds = {
  "this build": resolve(OWN, ".."),
  ...(OTHER !== undefined && { "the other": resolve(OTHER) }),
};
console.log(
  `JSON into the null sink, one worker, ${ROUNDS} rounds by turns by processor time (95 % intervals):`,
);
for (const input of inputs) {
  const seconds: Record<string, number[]> = {};
  const keep = (name: string, value: number) => (seconds[name] ??= []).push(value);
  for (let round = 0; round < ROUNDS; round++) {
    keep("stages", await stagesAlone(input));
    for (const [name, build] of Object.entries(builds)) keep(name, await worker(build, input));
  }
  const stages = seconds["stages"] ?? [];
  const own = seconds["this build"] ?? [];
  console.log(`\n ${input.name}`);
  for (const name of Object.keys(builds)) {
    const beyond = (seconds[name] ?? []).map(
      (all, n) => ((all - (stages[n] ?? NaN)) / input.facts) * 1e6,
    );
    const rate = medianInterval((seconds[name] ?? []).map((all) => input.facts / all / 1000));
    const cost = medianInterval(beyond);
    console.log(
      `  ${name.padEnd(12)} ${significant(rate.median).padStart(6)} k facts/s   ${inside(cost, "µs")} a fact beyond its stages`,
    );
  }
  const ofStages = medianInterval(own.map((all, n) => (stages[n] ?? NaN) / all));
  console.log(`  this build's rate is ${inside(ofStages)} of what its stages alone would allow`);
  const other = seconds["the other"];
  if (other === undefined) continue;
  const ratio = medianInterval(own.map((all, n) => (other[n] ?? NaN) / all));
  console.log(`  this build's rate is ${inside(ratio)} times the other's`);
}
rmSync(folder, { recursive: true });

function inside({ median, low, high }: { median: number; low: number; high: number }, unit = "") {
  const text = (value: number) => significant(value);
  return `${text(median)}${unit === "" ? "" : ` ${unit}`} (${text(low)} to ${text(high)})`;
}

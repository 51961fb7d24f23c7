import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { loadStore } from "../../plugins/load-store.js";
import { hellfact, shell, type CommandOptions } from "../../testing/command.js";
import type { QueueDocument } from "./document.js";

const root = mkdtempSync(join(tmpdir(), "hellfact-queue-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = root;
beforeEach(() => (folder = mkdtempSync(join(root, "test-"))));

const at = (name: string) => join(folder, name);
const textOf = (name: string) => readFileSync(at(name), "utf8");
const queue = (words: readonly string[], options: CommandOptions = {}) =>
  hellfact(["queue", ...words], { cwd: folder, ...options });

function latest(): QueueDocument {
  return JSON.parse(textOf("out/latest.queue.json")) as QueueDocument;
}

/** Appends a line to `log` when a job begins, and when it ends. */
const LOGGED = (what: string) =>
  `echo "+{stage} {part}" >> log; ${what}; echo "-{stage} {part}" >> log`;

/** At most so many were between a "+" and a "-" of a stage. */
function mostAtOnce(stage: string): number {
  let [now, most] = [0, 0];
  for (const line of textOf("log").split("\n")) {
    if (line.slice(1).split(" ")[0] !== stage) continue;
    now += line.startsWith("+") ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
}

test("parts go through stages in their order, with never more at once than there are permits", async () => {
  writeFileSync(
    at("jobs.yaml"),
    `
parts: 1..8
stages:
  import: {permits: 2, run: '${LOGGED("sleep 0.05; echo {part} > {output}")}', output: "data/{part}"}
  transform: {permits: 3, after: import, run: '${LOGGED("sleep 0.1; cat {import} > {output}")}', output: "out/{part}"}
  summary: {after: transform, run: "cat {transform} > {output}", output: all}
`,
  );
  const { code, stdout, stderr } = await queue(["jobs.yaml"]);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^ \S+ +results.json, and report.html/),
  ]);
  expect(textOf("all")).toBe("1\n2\n3\n4\n5\n6\n7\n8\n");
  expect(mostAtOnce("import")).toBeLessThanOrEqual(2);
  expect(mostAtOnce("transform")).toBeLessThanOrEqual(3);
  const lines = textOf("log").split("\n");
  for (let part = 1; part <= 8; part++) {
    expect(lines.indexOf(`-import ${part}`)).toBeLessThan(lines.indexOf(`+transform ${part}`));
  }
  expect(stdout).toContain("17 jobs of jobs.yaml done in");
  const page = readFileSync(join(folder, /\S+/.exec(stderr)?.[0] ?? "", "report.html"), "utf8");
  expect(page).toContain("What ran when");
  // What is put in place leaves nothing beside it.
  expect(readdirSync(at("data"))).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);

  const again = await queue(["jobs.yaml"]);
  expect(again).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("what fails is heard at once, with its signal, its exit code and what it said", async () => {
  writeFileSync(
    at("jobs.yaml"),
    `
stages:
  a: {permits: 2, timeout: 500ms, retries: 1}
jobs:
  - {stage: a, part: killed, run: "kill -9 $$"}
  - {stage: a, part: inside, run: "sh -c 'kill -9 $$'; exit $?"}
  - {stage: a, part: code, run: "echo 'Error: no such table' >&2; exit 3"}
  - {stage: a, part: slow, run: "sleep 30 & sleep 30"}
  - {stage: a, part: nothing, run: "true {output}", output: made}
  - {stage: a, part: pipe, run: "mkfifo {output}", output: pipe}
  - {stage: a, part: second, run: 'test "$HELLFACT_ATTEMPT" = 2'}
`,
  );
  const { code, stderr, stdout } = await queue(["jobs.yaml"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/a\/killed failed \(signal SIGKILL, .*; it is tried again/);
  expect(stderr).toMatch(/a\/inside failed \(signal SIGKILL, /);
  expect(stderr).toContain("a/code failed (exit code 3): Error: no such table");
  expect(stderr).toContain("a/slow failed (it took longer than 0.5 s)");
  expect(stderr).toContain("a/nothing failed (it ended well, and did not make made");
  expect(stderr).toContain("a/pipe failed (it ended well, and pipe cannot be put in its place)");
  expect(stderr).toContain("6 jobs failed. What they said is in jobs.queue/logs.");
  expect(stdout).toMatch(/1 job of jobs.yaml done in .* 6 failed/);
  expect(existsSync(at("made"))).toBe(false);
  expect(latest().attempts).toHaveLength(14);
});

test("a queue that is killed leaves nothing half-made or running, and goes on where it was", async () => {
  writeFileSync(
    at("jobs.yaml"),
    `
parts: 1..6
stages:
  a: {permits: 2, run: 'echo {part} >> begun; echo half > {output}; sleep 0.2; echo whole > {output}; echo {part} >> ended', output: "data/{part}"}
`,
  );
  const journal = () =>
    existsSync(at("jobs.queue/journal.ndjson")) ? textOf("jobs.queue/journal.ndjson") : "";
  const once = () => journal().split("\n").length > 3;
  await queue(["jobs.yaml"], { kill: { signal: "SIGKILL", afterMilliseconds: 50, once } });
  await setTimeout(400);
  const begun = textOf("begun").trim().split("\n").length;
  const done = journal().trim().split("\n").length - 1;
  const whole = readdirSync(at("data")).filter((name) => !name.startsWith("."));
  expect(textOf("ended").trim().split("\n").length).toBeLessThan(begun);
  for (const name of whole) expect(textOf(`data/${name}`)).toBe("whole\n");
  // A line that was not finished does not count.
  writeFileSync(at("jobs.queue/journal.ndjson"), `${journal()}{"done":"[\\"a`);

  const { code, stdout } = await queue(["jobs.yaml"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`${6 - done} jobs of jobs.yaml done in`);
  expect(readdirSync(at("data"))).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(textOf("begun").trim().split("\n")).toHaveLength(begun + 6 - done);
});

test("permits and jobs come and go while it runs", async () => {
  const file = (parts: string, permits: number) =>
    `parts: ${parts}\nstages:\n  # few\n  a: {permits: ${permits}, run: '${LOGGED("while test ! -e go; do sleep 0.05; done")}'}\n`;
  writeFileSync(at("jobs.yaml"), file("[a, b, c, d, e, f]", 1));
  const running = queue(["jobs.yaml"]);
  const begun = () =>
    existsSync(at("log"))
      ? textOf("log")
          .split("\n")
          .filter((line) => line.startsWith("+")).length
      : 0;
  while (begun() < 1) await setTimeout(20);
  expect((await queue(["jobs.yaml", "--set", "a=3"])).code).toBe(0);
  expect(textOf("jobs.yaml")).toBe(file("[a, b, c, d, e, f]", 3));
  while (begun() < 3) await setTimeout(20);
  // What is wrong is told, and changes nothing.
  writeFileSync(at("jobs.yaml"), "stages: {a: {permits: x}}");
  await setTimeout(700);
  writeFileSync(at("jobs.yaml"), file("[a, b, c, g]", 3));
  await setTimeout(700);
  writeFileSync(at("go"), "");
  const { code, stderr } = await running;
  expect(code).toBe(0);
  expect(stderr).toContain("a has 3 permits now");
  expect(stderr).toContain(
    'jobs.yaml line 1: stages.a.permits takes a whole number from 0, and not "x".',
  );
  const { attempts, changes } = latest();
  expect(new Set(attempts.map(({ part }) => part))).toEqual(new Set(["a", "b", "c", "g"]));
  expect(changes.map(({ permits, at: when }) => [permits, when === 0])).toEqual([
    [1, true],
    [3, false],
  ]);
  expect(mostAtOnce("a")).toBe(3);
});

test("an output that would replace what the queue needs is refused, and nothing is gone", async () => {
  for (const [output, what] of [
    [".", "the queue's folder"],
    ["..", "the queue's folder"],
    [join(folder, "jobs.yaml"), "the file of jobs"],
    ["out", "the folder of results (--out)"],
    ["jobs.queue", "what the queue keeps of itself"],
  ] as const) {
    writeFileSync(at("jobs.yaml"), `stages: {a: {run: "mkdir {output}", output: ${output}}}`);
    const { code, stderr } = await queue(["jobs.yaml"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`stages.a makes ${output}, and would replace ${what}.`),
    ]);
  }
  expect(readdirSync(folder)).toEqual(["jobs.yaml"]);
});

test("what another command made since, or what read an older input, is done again", async () => {
  const begin = async (what: string, ...words: string[]) => {
    const run = `"echo ${what}; echo ${what} > {output}"`;
    writeFileSync(
      at("jobs.yaml"),
      `stages: {a: {run: ${run}, output: a.txt}, b: {after: a, run: "cp {a} {output}", output: b.txt}}`,
    );
    expect((await queue(["jobs.yaml", ...words])).code).toBe(0);
    return [textOf("a.txt"), textOf("b.txt")].map((text) => text.trim());
  };
  expect(await begin("A")).toEqual(["A", "A"]);
  expect(await begin("B")).toEqual(["B", "B"]);
  expect(await begin("A", "--stages", "b=0")).toEqual(["A", "B"]);
  expect(await begin("A")).toEqual(["A", "A"]);
});

test("--set changes a number or adds one, and nothing else of the file", async () => {
  const file = (permits: string, flow: string) =>
    `# mine\nstages:\n  a:   # all\n${permits}    run:   x\n  b: {${flow}run: y}   # few\n`;
  writeFileSync(at("jobs.yaml"), file("", ""));
  expect(await queue(["jobs.yaml", "--set", "a=3,b=2"])).toMatchObject({ code: 0, stderr: "" });
  expect(textOf("jobs.yaml")).toBe(file("    permits: 3\n", "permits: 2, "));
  expect((await queue(["jobs.yaml", "--set", "c=3"])).stderr).toContain(
    "--set: there is no stage c; there are a, b.",
  );
  const shared = "stages:\n  a: &same {run: x}\n  b: *same\n";
  writeFileSync(at("jobs.yaml"), shared);
  expect(await queue(["jobs.yaml", "--set", "b=2"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the permits of b are not written where"),
  });
  expect(textOf("jobs.yaml")).toBe(shared);
});

test("from cron it says nothing but what is wrong", async () => {
  writeFileSync(at("jobs.yaml"), "stages: {a: {run: touch a}}");
  expect(await queue(["jobs.yaml", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
  writeFileSync(at("jobs.yaml"), "stages: {b: {run: exit 7}}");
  expect(await queue(["jobs.yaml", "--quiet"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr: "hellfact: b failed (exit code 7)\nhellfact: 1 job failed.\n",
  });
});

test("a second queue of the same jobs waits a little, and leaves quietly", async () => {
  writeFileSync(
    at("jobs.yaml"),
    "stages: {a: {run: 'touch begun; while test ! -e go; do sleep 0.05; done'}}",
  );
  const first = queue(["jobs.yaml"]);
  while (!existsSync(at("begun"))) await setTimeout(20);
  expect(await queue(["jobs.yaml", "--wait", "100ms"])).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  writeFileSync(at("go"), "");
  expect((await first).code).toBe(0);
  // Whether a process of another machine runs, nobody here knows.
  writeFileSync(at("jobs.queue/run.lock"), "1 on elsewhere");
  expect(await queue(["jobs.yaml", "--wait", "100ms", "--fresh"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("process 1 of the machine elsewhere has it."),
  });
});

test("Ctrl-C ends what runs, keeps what is done, and says so", async () => {
  writeFileSync(
    at("jobs.yaml"),
    "parts: 1..2\nstages: {a: {permits: 1, run: 'touch {part}; test {part} = 1 || sleep 30'}}",
  );
  const once = () => existsSync(at("2"));
  const kill = { signal: "SIGINT" as const, afterMilliseconds: 0, once };
  const { code, stdout } = await queue(["jobs.yaml"], { kill });
  expect(code).toBe(130);
  expect(stdout).toMatch(/1 job of jobs.yaml done in .* 1 not done, interrupted/);
});

test("jobs are lines of standard input, too, as they come", async () => {
  const { code, stdout, stderr } = await shell(
    "{ echo 'import/1 echo one > one'; sleep 0.3; echo 'summary/1 cat one > all'; echo 'summery x'; } | hellfact queue --stages import=2,summary=1",
    { cwd: folder },
  );
  expect(stderr).toContain(
    "standard input line 3: there is no stage summery; there are import, summary. Did you mean summary?",
  );
  expect([code, textOf("all")]).toEqual([2, "one\n"]);
  expect(stdout).toContain("2 jobs of standard input done in");
  // What is kept of it is in one folder.
  expect(readdirSync(at("out")).filter((name) => /^\d/.test(name))).toHaveLength(1);
});

test("stages of this tool's own make facts, transcode them, load them and sum them up", async () => {
  const { code, stdout, stderr } = await queue(
    ["--stages", "make=2,transcode=2,load=1,summarise=1", "--parts", "7..7"],
    { env: { FACTS: "20" } },
  );
  expect(stderr).not.toContain("failed");
  expect([code, stdout]).toEqual([0, expect.stringContaining("4 jobs of --stages")]);
  expect(existsSync(at("facts.db"))).toBe(true);
  expect(existsSync(at("summaries/7.sketch"))).toBe(true);
});

test("distances of all pairs of samples come into a store, each once, however often", async () => {
  writeFileSync(
    at("distance.ts"),
    "export const samples = (count: number) => Array.from({ length: count }, (_, i) => i * i);\n" +
      "export default (a: number, b: number): number => b - a;\n",
  );
  const words = [
    "--preset",
    "pairs",
    "--samples",
    "30",
    "--distance",
    "./distance.ts",
    "--range",
    "300",
  ];
  expect(await queue(words)).toMatchObject({ code: 0, stdout: expect.stringContaining("4 jobs") });
  // Also what a journal does not know any more is not kept twice.
  expect((await queue([...words, "--fresh"])).code).toBe(0);
  const open = await (await loadStore({ url: "sqlite:" })).open(`sqlite:${at("pairs.db")}`);
  const rows = await open.query("select count(*), sum(val) from distances");
  await open.close();
  const squares = Array.from({ length: 30 }, (_, index) => index * index);
  const sum = squares
    .flatMap((b, j) => squares.slice(0, j).map((a) => b - a))
    .reduce((x, y) => x + y);
  expect(rows.map((row) => row.map(Number))).toEqual([[435, sum]]);

  // Other values of the same pairs, which are there already.
  writeFileSync(at("distance.ts"), "export default (a: number, b: number): number => b + a;\n");
  expect((await queue([...words, "--stages", "keep=0"])).code).toBe(0);
  const refused = await queue(words);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining("keep/000-300 failed"),
  ]);

  writeFileSync(
    at("distance.ts"),
    "export default (a: number, b: number) => (b === 7 ? NaN : 1);\n",
  );
  const wrong = await queue(words);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain(
    "distance.ts: the distance of the samples 1 and 7 is NaN. It returns a finite number.",
  );
});

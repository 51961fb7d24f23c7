import { describe, expect, test } from "vitest";
import { readJobsFile } from "./jobs-file.js";
import { planOf } from "./plan-of.js";
import { resolve } from "node:path";

const places = {
  resolve: (output: string) => resolve("/data/queue", output),
  kept: new Map([
    ["/data/queue", "the queue's folder"],
    ["/data/queue/jobs.yaml", "the file of jobs"],
    ["/data/queue/jobs.queue", "what the queue keeps of itself"],
  ]),
};
const planned = (text: string) => planOf(readJobsFile("jobs.yaml", text, 4), places);

test("stages have a job for each part, which waits for the one of the same part before", () => {
  const { jobs } = planned(`
parts: [monday, "two words"]
stages:
  summary:
    run: cat {transform} > {output}
    output: summary.txt
    after: transform
  import: {permits: 2, run: "./import {part} > {output}", output: "data/{part}"}
  transform:
    after: import
    run: ./transform {import} \${HOME} {print} > {output}
    output: out/{part}
    retries: 2
    timeout: 10m
`);
  expect(
    jobs.map(({ stage, part, run, after, afterAll }) => [stage, part, run, after, afterAll]),
  ).toEqual([
    ["import", "monday", './import monday > "$HELLFACT_OUTPUT"', [], []],
    ["import", "two words", `./import 'two words' > "$HELLFACT_OUTPUT"`, [], []],
    [
      "transform",
      "monday",
      './transform data/monday ${HOME} {print} > "$HELLFACT_OUTPUT"',
      ["import/monday"],
      [],
    ],
    [
      "transform",
      "two words",
      `./transform 'data/two words' \${HOME} {print} > "$HELLFACT_OUTPUT"`,
      ["import/two words"],
      [],
    ],
    ["summary", null, `cat out/monday 'out/two words' > "$HELLFACT_OUTPUT"`, [], ["transform"]],
  ]);
  expect(jobs[2]).toMatchObject({ retries: 2, timeoutSeconds: 600, output: "out/monday" });
});

test("parts are a range, too, and stages that say no permits have one for each core", () => {
  const { stages, jobs } = planned("parts: 08..11\nstages:\n  a: {run: 'x {part}'}");
  expect(jobs.map(({ part }) => part)).toEqual(["08", "09", "10", "11"]);
  expect(stages[0]?.permits).toBe(4);
});

test("a job without one of its part before waits for all whose outputs it names", () => {
  const { jobs } = planned(`
parts: [a, b]
stages:
  import: {run: "x {part}", output: "data/{part}"}
  check: {after: import}
jobs:
  - {stage: check, part: all, run: "cat {import}"}
  - {stage: check, part: b, run: "cat {import}"}
  - {stage: check, part: none, run: "true"}
`);
  expect(jobs.slice(2).map(({ run, after, afterAll }) => [run, after, afterAll])).toEqual([
    ["cat data/a data/b", [], ["import"]],
    ["cat data/b", ["import/b"], []],
    ["true", [], []],
  ]);
});

test("stages of this tool's own need no run, and know what they wait for", () => {
  const { jobs } = planned(
    "parts: 1..2\nstages:\n  make: {permits: 1}\n  transcode: {permits: 2}\n  load: {}",
  );
  expect(jobs.map(({ stage, after }) => [stage, after])).toEqual([
    ["make", []],
    ["make", []],
    ["transcode", ["make/1"]],
    ["transcode", ["make/2"]],
    ["load", ["transcode/1"]],
    ["load", ["transcode/2"]],
  ]);
});

test("a stage that says what it runs says all of it, whatever its name", () => {
  const { jobs, stages } = planned("stages:\n  load: {run: ./load}\n  make: {run: ./make}");
  expect(stages.map(({ name, permits }) => [name, permits])).toEqual([
    ["load", 4],
    ["make", 4],
  ]);
  expect(jobs.map(({ output }) => output)).toEqual([null, null]);
});

const STAGE = "stages:\n  import:\n    run: x";

describe("what is wrong is told with its line, its field, and what would be right", () => {
  test.each([
    ["stages: [a", "line 1, column 11: Flow sequence"],
    ["", "line 1: is no map of names. It takes parts, stages, jobs."],
    [
      "stage: {}",
      "line 1: stage is no field here; there are parts, stages, jobs. Did you mean stages?",
    ],
    ["parts: [a]", "line 1: stages: is not there. It takes a stage, such as"],
    ["stages:\n  a b: {run: x}", "line 2: stages.a b takes letters, digits, - and _"],
    [
      `${STAGE}\n    permit: 2`,
      "line 4: stages.import.permit is no field here; there are permits, run,",
    ],
    [
      `${STAGE}\n    permits: two`,
      'line 4: stages.import.permits takes a whole number from 0, and not "two".',
    ],
    [
      `${STAGE}\n    permits: -1`,
      "line 4: stages.import.permits takes a whole number from 0, and not -1.",
    ],
    [
      `${STAGE}\n    timeout: 5`,
      "line 4: stages.import.timeout takes a time with its unit, such as 90s",
    ],
    [
      `${STAGE}\n    after: inport`,
      "line 2: stages.import is after inport, and there is no other stage.",
    ],
    [
      `${STAGE}\n    after: b\n  b: {run: y, after: import}`,
      "line 2: stages.import waits for itself.",
    ],
    [`${STAGE} {part}`, "line 2: stages.import names {part}, and there are no parts."],
    [`${STAGE} {output}`, "line 2: stages.import names {output}, and has none."],
    [
      `parts: 1..2\n${STAGE} {part}\n    output: same`,
      "line 3: stages.import makes same, as import/1 does.",
    ],
    ...["..", "/", "/data/queue/", "./x/.."].map((output) => [
      `${STAGE}\n    output: ${output}`,
      `line 2: stages.import makes ${output}, and would replace the queue's folder.`,
    ]),
    [
      `${STAGE}\n    output: ./jobs.yaml`,
      "line 2: stages.import makes ./jobs.yaml, and would replace the file of jobs.",
    ],
    [
      `${STAGE}\n    output: jobs.queue`,
      "line 2: stages.import makes jobs.queue, and would replace what the queue keeps of itself.",
    ],
    [
      `${STAGE}\n    output: d/x\n  b: {run: y, output: ./d//x}`,
      "line 5: stages.b makes ./d//x, as import does.",
    ],
    [
      `${STAGE}\n    output: out\n  b: {run: y, output: out/b.txt}`,
      "line 5: stages.b makes out/b.txt, which is within what import makes.",
    ],
    [
      `${STAGE}\n    output: out/b.txt\n  b: {run: y, output: out}`,
      "line 5: stages.b makes out, which holds out/b.txt, that import makes.",
    ],
    ["stages:\n  import: {}", "line 2: stages.import has nothing to run."],
    [
      "stages:\n  transcode: {}\nparts: [a]",
      "line 2: stages.transcode is after make, and there is no other",
    ],
    ["parts: [a, b, a]\n" + STAGE, "line 1: parts has a twice."],
    ["parts: 5..1\n" + STAGE, "line 1: parts takes a range of 1 to 1000000 numbers"],
    [
      `${STAGE}\njobs:\n  - {stage: import}`,
      "line 5: jobs[1] has no run. It takes one, such as run: ./import monday.",
    ],
    [
      `${STAGE}\njobs:\n  - {stage: inport, run: x}`,
      "line 5: jobs[1] is of a stage inport, which there is not; there are import. Did you mean import?",
    ],
    [`${STAGE}\n${STAGE}`, "line 4, column 1: Map keys must be unique"],
  ])("%j", (text, message) => {
    expect(() => planned(text)).toThrow(`jobs.yaml ${message}`);
  });
});

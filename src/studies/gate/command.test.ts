import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { GateDocument } from "./document.js";
import { hellfact } from "../../testing/command.js";
import { imaginedGate } from "../../testing/gate-document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-gate-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const codec = (stringify: string, parse = "JSON.parse(new TextDecoder().decode(bytes))") => `
export default {
  name: "own", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
  needsSchema: false, npmPackage: null, mode: "", losses: ["negative-zero"],
  abilities: ["encode", "decode"],
  open: () => ({ encode: (fact, out) => out.utf8(${stringify}), decode: (bytes) => ${parse} }),
};
`;
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}
const old = file("old.mjs", codec("JSON.stringify(fact)"));
const copy = file("copy.mjs", codec("JSON.stringify(fact)"));
const typed = file("typed.ts", codec("JSON.stringify(fact as object)"));
const facts = file(
  "facts.ndjson",
  Array.from({ length: 400 }, (_, n) => `${JSON.stringify({ n, s: "x".repeat(300) })}\n`).join(""),
);
const table = file("facts.csv", `n,s\n${"1,xxxx\n2,yyyy\n".repeat(200)}`);

function gate(words: readonly string[], env: Record<string, string> = {}) {
  return hellfact(["gate", ...words], { cwd: folder, env });
}
const variants = (baseline: string, candidate: string) => [
  ...["--baseline", baseline, "--candidate", candidate, "--input", facts, "--quiet"],
];

describe("what cannot be compared is one line, exit code 2, and never a PASS", () => {
  test.each<[string, string[], string]>([
    ["no variants", [], "--baseline is missing"],
    ["one variant", ["--baseline", old], "--candidate is missing"],
    ["a variant that is not there", variants(old, "none.js"), "none.js: there is no such file"],
    ["variants that are the same file", variants(old, `./${old}`), "are the same file"],
    [
      "a codec that neither has",
      [...variants(old, copy), "--codec", "other"],
      'do not both have the codec "other"',
    ],
    [
      "a file without a codec",
      variants(old, file("empty.mjs", "export const a = 1;")),
      "exports no codec",
    ],
    [
      "a file that does not load",
      variants(old, file("bad.mjs", "export default {")),
      "bad.mjs line 1: Unexpected end of input",
    ],
    [
      "another format",
      variants(old, file("spaced.mjs", codec('JSON.stringify(fact).replace(",", ", ")'))),
      "writes other bytes than the baseline",
    ],
    [
      "a codec that loses something",
      variants(old, file("lossy.mjs", codec("JSON.stringify(fact)", "({ n: 1 })"))),
      "fact 0 does not come back as it was",
    ],
    [
      "too little time for one interim analysis",
      [...variants(old, copy), "--budget", "1s"],
      "--budget is too little for one interim analysis",
    ],
    [
      "TypeScript is understood",
      [...variants(old, typed), "--budget", "1s"],
      "too little for one interim analysis",
    ],
    [
      "facts as CSV are understood",
      ["--baseline", old, "--candidate", copy, "--input", table, "--budget", "1s", "--quiet"],
      "too little for one interim analysis",
    ],
    [
      "an npm variant without a version",
      variants("npm:msgpackr", old),
      "takes a package and a version",
    ],
    [
      "a package that no codec uses",
      variants("npm:left-pad@1.0.0", old),
      "no codec here is made with",
    ],
    ["a document that is none", ["--replay", facts], "is not JSON"],
    ["a payload that is not there", ["--baseline", old, "--candidate", copy, "--input", "x"], "x:"],
  ])("%s", async (_, words, expected) => {
    const { code, stdout, stderr } = await gate(words);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

test("a revision that does not build is told with its last lines, and leaves nothing behind", async () => {
  const project = join(folder, "project");
  mkdirSync(join(project, "codecs"), { recursive: true });
  cpSync(join(folder, old), join(project, "codecs/own.mjs"));
  const manifest = { name: "p", scripts: { build: "echo the wall is crooked >&2; exit 1" } };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...words], { cwd: project });
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "crooked");
  const words = ["--baseline", "git:HEAD", "--candidate", ".", "--quiet"];
  const found = await hellfact(["gate", ...words], { cwd: project });
  expect(found.stderr).toMatch(/^hellfact: git:HEAD does not build: .*the wall is crooked.*\n$/);
  expect(found.code).toBe(2);
  expect(git("worktree", "list").toString().trim().split("\n").length).toBe(1);

  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "p" }));
  git("commit", "-qam", "straight");
  const straight = await hellfact(["gate", ...words, "--budget", "1s"], { cwd: project });
  expect(straight.stderr).toContain("too little for one interim analysis");
  const unknown = ["--baseline", "git:nothing", "--candidate", ".", "--quiet"];
  const none = await hellfact(["gate", ...unknown], { cwd: project });
  expect(none.stderr).toContain("git:nothing: there is no such revision");
  expect(none.code).toBe(2);
});

describe("recorded pairs", () => {
  test.each<[string, number, number, number, RegExp]>([
    [
      "slower",
      0.1,
      0.01,
      1,
      /FAIL {2}json write is (?:9\.\d|10) % slower \(95 %: \+.* \d+ pairs, \d+ more to confirm/,
    ],
    ["unchanged", 0, 0.01, 0, /PASS {2}json write: .*minimum detectable effect \d\.\d %/],
    ["too noisy to tell", 0.03, 0.5, 3, /\?{4} {2}json write is inconclusive: [^]* \d+ pairs/],
  ])(
    "of variants that are %s replay to the same answer",
    async (_, slowdown, noise, code, line) => {
      const document = imaginedGate(slowdown, noise);
      const path = join(folder, "gate.json");
      writeFileSync(path, JSON.stringify(document));
      const summary = join(folder, "summary.md");
      writeFileSync(summary, "before\n");
      const junit = join(folder, "gate.xml");
      const words = ["--replay", path, "--junit", junit];
      const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
      const printed = await gate(words, env);
      expect(printed.code).toBe(code);
      expect(printed.stdout).toMatch(line);
      for (const text of printed.stdout.split("\n")) expect(text.length).toBeLessThanOrEqual(100);

      const json = await gate(["--replay", path, "--json"]);
      expect((JSON.parse(json.stdout) as GateDocument).gate).toEqual(document.gate);
      expect(readFileSync(summary, "utf8")).toMatch(/^before\n### .* hellfact gate\n/);
      const failures = code === 1 ? 1 : 0;
      expect(readFileSync(junit, "utf8")).toContain(`tests="1" failures="${failures}"`);
      const annotation = /^::(?:error|warning) title=hellfact gate::json write[^\n]*%25[^\n]*\n$/;
      expect(printed.stderr).toMatch(code === 0 ? /^$/ : annotation);

      const report = await hellfact(["report", path, "--format", "markdown"]);
      expect(report.stdout).toContain("hellfact gate");
    },
  );

  test("more bytes or more garbage per fact fail at once, whatever the clock says", async () => {
    const document = imaginedGate(0);
    const path = join(folder, "larger.json");
    const pairs = document.gate.pairs.map((pair) => ({
      ...pair,
      candidate: { ...pair.candidate, allocatedBytesPerFact: 190_000 },
    }));
    writeFileSync(path, JSON.stringify({ ...document, gate: { ...document.gate, pairs } }));
    const { code, stdout } = await gate(["--replay", path]);
    expect(code).toBe(1);
    expect(stdout).toContain("FAIL  json write: 5.6 % more allocated bytes per fact");
  });
});

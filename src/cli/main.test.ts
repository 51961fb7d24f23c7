import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hellfact, shell } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-main-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("help lists every command, and each command's help has two examples", async () => {
  const { code, stdout } = await hellfact(["--help"]);
  expect(code).toBe(0);
  for (const command of ["bench", "run", "generate", "conformance", "report", "doctor"]) {
    expect(stdout).toContain(command);
    const help = await hellfact([command, "--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout.split("Examples:\n")[1]?.trim().split("\n")).toHaveLength(2);
    for (const option of ["--json", "--out", "--seed", "--quiet"]) {
      expect(help.stdout).toContain(option);
    }
    expect(help.stdout).not.toMatch(/default:\s+\[\]/);
  }
});

test("the version is the package's", async () => {
  expect((await hellfact(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each<[string[], string]>([
  [["benhc"], "unknown command 'benhc' (Did you mean bench?)"],
  [["help", "benhc"], "unknown command 'benhc' (Did you mean bench?)"],
  [["benhc", "--help"], "unknown command 'benhc' (Did you mean bench?)"],
  [["report", "none.json"], "none.json: there is no such file. Run hellfact bench first."],
  [["report", "--format", "pdf"], "Allowed choices are text, markdown, csv, json, html, svg."],
])("%j is one line and exit code 2", async (words, expected) => {
  const { code, stderr } = await hellfact(words, { cwd: folder });
  expect(stderr).toContain(expected);
  expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  expect(code).toBe(2);
});

test("the doctor says what works, for people and for programs", async () => {
  const people = await hellfact(["doctor", "--out", join(folder, "out")]);
  expect(people.code).toBe(0);
  expect(people.stdout).toMatch(/✓ codec +json/);
  expect(people.stdout).toMatch(/[✓✗] transport +nats-server/);
  const programs = await hellfact(["doctor", "--out", join(folder, "out"), "--json"]);
  const { findings } = JSON.parse(programs.stdout) as { findings: { name: string }[] };
  expect(findings.map(({ name }) => name)).toContain("protobuf");
});

const FULL = "/dev/full";

test.skipIf(!existsSync(FULL))("a full standard output is one line, and no trace", async () => {
  const wanted = /^hellfact: standard output: the disk is full[^\n]*\n$/;
  for (const words of ["--help", "doctor --json", "shape --facts 3 --quiet"]) {
    const { code, stderr } = await shell(`hellfact ${words} > ${FULL}`, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(wanted) as string });
  }
});

test("what names files of data is shown, and does nothing to the terminal", async () => {
  const { code, stderr } = await hellfact(["report", "no\u001b[31m\nsuch"], { cwd: folder });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "hellfact: no\\x1b[31m\\x0asuch: there is no such file. Run hellfact bench first.\n",
  });
});

test.each<[string[], string]>([
  [["infer", "x.ndjson", "--out", ""], "It takes a name, and not nothing."],
  [["generate", "--output", ""], "It takes a name, and not nothing."],
  [["gate", "--self-test", "--baseline", "."], "--baseline is for a comparison, and --self-test"],
  [["report", "--output", "x", "none.json"], "none.json: there is no such file"],
])("%j is one line and exit code 2, too", async (words, expected) => {
  const { code, stderr } = await hellfact(words, { cwd: folder });
  expect(stderr).toContain(expected);
  expect(code).toBe(2);
});

test("--output is --out where a command writes no other file", async () => {
  const words = ["run", "--facts", "3", "--fact-size", "4KB", "--sink", "null", "--quiet"];
  const { code } = await hellfact([...words, "--output", "kept"], { cwd: folder });
  expect(code).toBe(0);
  expect(readdirSync(join(folder, "kept"))).toContain("latest.json");
});

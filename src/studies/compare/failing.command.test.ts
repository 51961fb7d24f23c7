import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { find, QUICK } from "../../testing/bench.js";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { loadResults } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

let runs = 0;
function freshOut(): string {
  return join(folder, `out-${++runs}`);
}

describe("what is wrong on the command line is one line and exit code 2", () => {
  const missing = join(folder, "missing.json");
  const broken = join(folder, "broken.ndjson");
  const scalar = join(folder, "scalar.json");
  beforeAll(() => {
    writeFileSync(broken, '{"a":1}\n{"a":\n');
    writeFileSync(scalar, "[1, 2]");
  });
  test.each<[string[], string]>([
    [["--codec", "protobuff"], 'unknown codec "protobuff". Did you mean protobuf?'],
    [
      ["--compress", "gzip:12"],
      '"gzip:12": gzip has levels 1 to 9, and fast, balanced, small, such as gzip:6.',
    ],
    [["--compress", "gzip:6:7"], '"gzip:6:7": gzip has levels 1 to 9'],
    [["--compress", "none:1"], '"none:1": none has no levels.'],
    [["--compress", "zip"], 'unknown compressor "zip". Did you mean gzip?'],
    [["--direction", "sideways"], '"sideways" is none of them'],
    [["--gunzip", "pako"], '"pako" is none of them'],
    [["--sync", "never"], "Allowed choices are none, close, batch."],
    [["--budget", "60"], "It takes a time with its unit, such as 90s or 2m."],
    [["--precision", "2"], "It takes a share between 0 and 100 with its sign, such as 2%."],
    [["--facts", "1.5"], "It takes a whole number from 1"],
    [["--facts", "-1"], "It takes a whole number from 1"],
    [["--trials", "0"], "It takes a whole number from 1"],
    [["--seed", "9007199254740993"], "It takes a whole number from 0 to 2^53 - 1"],
    [["--codecs", "json"], "unknown option '--codecs'"],
    [["extra"], "too many arguments"],
    [["--input", missing], `${missing}: there is no such file.`],
    [["--input", broken], `${broken} line 2, byte 13: `],
    [["--input", scalar], `${scalar} element 0: a number where a fact should be.`],
    [["--out", join(scalar, "sub")], "a part of its path is a file."],
  ])("bench %j", async (words, expected) => {
    const { code, stdout, stderr } = await refused(["bench", ...words], { cwd: folder });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a broken input leaves no run behind", async () => {
    const out = freshOut();
    await hellfact(["bench", "--input", broken, "--out", out]);
    expect(existsSync(out)).toBe(false);
  });
});

describe("a native package that does not load", () => {
  const hook = join(folder, "without-simdjson.mjs");
  beforeAll(() => {
    const hooks = `export const resolve = (name, context, next) => {
      if (name === "simdjson" || name === "zlib-sync") {
        throw Object.assign(new Error("Cannot find package '" + name + "' imported from x"), { code: "ERR_MODULE_NOT_FOUND" });
      }
      return next(name, context);
    };`;
    writeFileSync(
      hook,
      `import { register } from "node:module";
       register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hooks)}));`,
    );
  });
  const env = () => ({ NODE_OPTIONS: `--import=${hook}` });

  test("makes its rows unavailable, with the reason, and the rest goes on", async () => {
    const out = freshOut();
    const { code, stdout } = await hellfact(
      ["bench", ...QUICK, "--codec", "json,simdjson", "--compress", "gzip", "--all", "--out", out],
      { env: env() },
    );
    expect(code).toBe(0);
    const document = loadResults(join(out, "latest.json"));
    expect(find(document, "simdjson gzip:6 read")).toMatchObject({
      status: "unavailable",
      reason: "simdjson does not load: the package simdjson is not installed",
    });
    expect(find(document, "json gzip:6 read")).toMatchObject({ status: "ok" });
    const bySync = document.scenarios.find(({ engine }) => engine === "zlib-sync");
    expect(bySync).toMatchObject({ status: "unavailable" });
    expect(stdout).toContain("note: simdjson unavailable: simdjson does not load");
  });

  test("is found by the doctor, who says how to get it", async () => {
    const { code, stdout } = await hellfact(["doctor", "--out", freshOut()], { env: env() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/✗ codec +simdjson/);
    expect(stdout).toMatch(/✓ codec +json/);
    expect(stdout).toContain("npm rebuild simdjson zlib-sync");
  });
});

test("Ctrl-C keeps what was measured, says so, and exits with 130", async () => {
  const out = freshOut();
  let interrupted = false;
  const { code, stdout } = await hellfact(
    ["bench", "--codec", "json,msgpackr", "--compress", "none", "--budget", "40s", "--out", out],
    {
      onStderr: (text, kill) => {
        if (!/round ([2-9]|\d\d)/.test(text) || interrupted) return;
        interrupted = true;
        kill("SIGINT");
      },
    },
  );
  expect(code).toBe(130);
  expect(stdout).toContain("these are partial results");
  const document = loadResults(join(out, "latest.json"));
  expect(document.complete).toBe(false);
  expect(find(document, "json none write")?.trials.length).toBeGreaterThan(0);
  const [run = ""] = readdirSync(out).filter((name) => name !== "latest.json");
  expect(readdirSync(join(out, run)).filter((name) => /tmp|repetitions/.test(name))).toEqual([]);
});

test("a full disk ends the run in one line that names the file, with exit code 1", async () => {
  const out = freshOut();
  mkdirSync(out);
  // A limit on the size of files stands for the disk: 2000 blocks of 1024 bytes.
  const { code, stderr } = await shell(
    `ulimit -f 2000; hellfact bench --codec json --compress none --trials 1 --budget 10ms --quiet --out ${out}`,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hellfact: [^\n]*json\.ndjson: the file-size limit is reached[^\n]*\n$/);
  const files = readdirSync(out, { recursive: true, encoding: "utf8" });
  expect(files.filter((name) => /\.ndjson/.test(name))).toEqual([]);
});

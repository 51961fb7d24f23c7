import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { RunFolder, SMALL } from "../../testing/run-folder.js";

const runs = new RunFolder();
afterAll(() => rmSync(runs.path, { recursive: true, force: true }));

beforeAll(async () => {
  await runs.makeInput();
  await runs.run(...SMALL, "--sink", `file:${runs.at("whole")}`);
});

describe("verify says what is wrong", () => {
  beforeAll(async () => {
    await runs.run(...SMALL, "--sink", `file:${runs.at("damaged")}`);
  });

  test("with parts that are missing, cut off, changed or more than they should be", async () => {
    const [first = "", second = "", third = ""] = runs
      .partsOf("damaged")
      .map((file) => join(runs.at("damaged"), file));
    rmSync(first);
    truncateSync(second, 100);
    const bytes = readFileSync(third);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    writeFileSync(third, bytes);
    writeFileSync(join(runs.at("damaged"), "part-999999999999.ndjson"), "");
    const { code, stdout, stderr } = await runs.verify("damaged");
    expect(code).toBe(1);
    expect(stdout).toContain("3 problems");
    for (const words of [
      `${first}: missing`,
      `${second}: it has 100 bytes`,
      `${third}: its CRC-32`,
      "part-999999999999.ndjson does not count",
    ]) {
      expect(stderr).toContain(words);
    }
  });

  test("an unfinished line of the manifest does not count, a damaged one is named", async () => {
    const manifest = join(runs.at("whole"), "manifest.ndjson");
    const text = readFileSync(manifest, "utf8");
    appendFileSync(manifest, '{"part":{"from":');
    expect(await runs.verify("whole")).toMatchObject({ code: 0 });
    writeFileSync(manifest, text.replace('{"part":{"from"', '{"part":{from'));
    const { code, stderr } = await runs.verify("whole");
    expect(code).toBe(2);
    expect(stderr).toMatch(/manifest\.ndjson line 2: damaged, it is not JSON\.\n$/);
    writeFileSync(manifest, text);
  });
});

describe("what is wrong is one line and exit code 2", () => {
  test("parts of nobody knows what are not touched", async () => {
    mkdirSync(runs.at("strange"));
    writeFileSync(join(runs.at("strange"), "part-000000000000.csv"), "mine");
    const { code, stderr } = await runs.run("--facts", "1", "--sink", `file:${runs.at("strange")}`);
    expect(code).toBe(2);
    expect(stderr).toContain("holds part-000000000000.csv, of no run that is known");
    expect(readFileSync(join(runs.at("strange"), "part-000000000000.csv"), "utf8")).toBe("mine");
  });

  test("an input without facts", async () => {
    writeFileSync(runs.at("blank.ndjson"), "\n \n");
    for (const input of ["blank.ndjson", "-"]) {
      const words = `--input ${input} --sink file:${runs.at(`blank-${input}`)} --quiet`;
      const { code, stderr } = await shell(`cd ${runs.path}; hellfact run ${words} < blank.ndjson`);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(
          /^hellfact: (?:\S+|standard input) holds no facts[^\n]*\n$/,
        ) as string,
      });
    }
  });

  test.each<[string[], string]>([
    [["--workers", "0"], "It takes a whole number from 1"],
    [["--rate", "-1"], "It takes a whole number from 1"],
    [["--roll", "64"], "It takes a size or a time with its unit, such as 64MB or 10s."],
    [["--duration", "5"], "It takes a time with its unit"],
    [["--sink", "disk"], "it takes null or file:DIR"],
    [["--codec", "protobuff"], "Did you mean protobuf?"],
    [["--codec", "simdjson"], "simdjson cannot write; json writes what it reads."],
    [["--compress", "gzip:11"], "gzip has levels 1 to 9"],
    [["--input", "no-such-file"], "no-such-file: there is no such file."],
    [["--input", "in.ndjson", "--fact-size", "4KB"], "--fact-size is for generated facts"],
    [["--input", "-", "--codec", "protobuf"], "needs a schema"],
    [["--codec", "bson", "--json-engine", "native"], "--json-engine is for --codec json, not bson"],
    [["--from", "9007199254740991", "--facts", "2"], "go past the last fact"],
    [["--resume", "no-such-folder"], "holds no run"],
    [["--resume", "whole", "--codec", "json"], "--codec cannot be changed when a run is resumed"],
    [["--facts", "1", "--sink", "file:whole"], "holds a run already"],
  ])("run %j", async (words, expected) => {
    const quietly = ["run", ...words, "--out", runs.at("out"), "--quiet"];
    const { code, stdout, stderr } = await refused(quietly, { cwd: runs.path });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a place that is none is one line and exit code 2", () => {
  beforeAll(() => {
    mkdirSync(runs.at("folder"));
    symlinkSync("circle-2", runs.at("circle-1"));
    symlinkSync("circle-1", runs.at("circle-2"));
  });

  test.skipIf(process.platform !== "linux")(
    "where nothing can be made, it does not hang",
    async () => {
      for (const words of [
        ["--sink", "file:/proc/x"],
        ["--sink", "null", "--out", "/proc/x"],
      ]) {
        const { code, stderr } = await hellfact(["run", "--facts", "1", ...words, "--quiet"]);
        expect({ code, stderr }).toEqual({
          code: 2,
          stderr: "hellfact: /proc/x: this user may not write there. Choose another place.\n",
        });
      }
    },
  );

  test.each([
    [["generate", "--facts", "1", "--output", "folder"], "folder: a folder is in the way"],
    [["generate", "--facts", "1", "--output", "circle-1"], "its links lead in a circle"],
    [["infer", "circle-1"], "its links lead in a circle"],
    [["run", "--facts", "1", "--sink", "file:circle-1"], "its links lead in a circle"],
    [["run", "--input", "circle-1"], "its links lead in a circle"],
  ])("%j", async (words, expected) => {
    const { code, stderr } = await refused([...words, "--quiet"], { cwd: runs.path });
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  });
});

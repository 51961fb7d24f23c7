import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { DEFAULT_PROFILE } from "../../generators/profile.js";
import { World } from "../../generators/world.js";
import { hellfact, shell } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-generate-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

test("facts come as lines of JSON on standard output, and nothing else does", async () => {
  const { code, stdout, stderr } = await hellfact(["generate", "--facts", "3", "--seed", "7"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const facts = stdout.trimEnd().split("\n");
  expect(facts).toEqual([0, 1, 2].map((index) => JSON.stringify(new World(7).fact(index))));
});

test("a range made alone is that part of the whole, byte for byte", async () => {
  await hellfact(["generate", "--facts", "60", "--output", at("whole")]);
  await hellfact(["generate", "--facts", "25", "--from", "35", "--output", at("part")]);
  const whole = readFileSync(at("whole"));
  const part = readFileSync(at("part"));
  expect(whole.subarray(-part.length).equals(part)).toBe(true);
  expect(part.toString().split("\n")).toHaveLength(26);
});

test("a name that says compressed, of what is not, is told", async () => {
  const named = (name: string, ...words: string[]) =>
    hellfact(["generate", "--facts", "2", "--output", at(name), ...words]);
  const { code, stderr } = await named("plain.ndjson.gz");
  expect(code).toBe(0);
  expect(stderr).toContain("what ends in .gz is compressed, and ");
  const zipped = await named("zipped.ndjson.gz", "--compress", "gzip");
  expect(zipped.stderr).not.toContain("hellfact:");
});

test("a game of one's own: size, duplication and the length of a day, by flags or by a file", async () => {
  writeFileSync(at("world.json"), '{ "factBytes": 9000, "players": 1000, "activePerDay": 10 }');
  const words = ["generate", "--facts", "12", "--duplication", "3", "--game-day", "60s"];
  const { stdout } = await hellfact([...words, "--profile", at("world.json")]);
  const facts = stdout.trimEnd().split("\n");
  const world = new World(42, {
    ...DEFAULT_PROFILE,
    factBytes: 9_000,
    duplication: 3,
    gameDayMilliseconds: 60_000,
    players: 1_000,
    activePerDay: 10,
  });
  expect(facts).toEqual(facts.map((_, index) => JSON.stringify(world.fact(index))));
  expect(facts).toHaveLength(12);
});

test("a device or a pipe is written to as it stands", async () => {
  const { code, stdout } = await shell(
    `mkfifo ${at("pipe")}; wc -l < ${at("pipe")} & hellfact generate --facts 50 --output ${at("pipe")} --quiet; wait; ` +
      `hellfact generate --facts 2 --codec protobuf --output /dev/null --quiet; ls ${at("pipe")}* /dev/null*`,
  );
  expect({ code, lines: stdout.trim().split(/\s+/) }).toEqual({
    code: 0,
    lines: ["50", "/dev/null", at("pipe")],
  });
});

test("a link is followed, and stays one", async () => {
  writeFileSync(at("linked"), "old");
  symlinkSync(at("linked"), at("link"));
  await hellfact(["generate", "--facts", "2", "--output", at("link"), "--quiet"]);
  expect(readFileSync(at("linked"), "utf8").split("\n")).toHaveLength(3);
  expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
});

test("by bytes: it stops with the fact that reaches them", async () => {
  await hellfact(["generate", "--bytes", "1MB", "--output", at("by-bytes")]);
  const { size } = statSync(at("by-bytes"));
  expect(size).toBeGreaterThanOrEqual(1e6);
  expect(size).toBeLessThan(1.1e6);
});

test("compressed, it is the same facts", async () => {
  const { stdout } = await hellfact([
    "generate",
    "--facts",
    "40",
    "--compress",
    "gzip:1",
    "--output",
    at("gz"),
    "--json",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ facts: 40, storedBytes: statSync(at("gz")).size });
  expect(
    gunzipSync(readFileSync(at("gz")))
      .toString()
      .trimEnd()
      .split("\n")[39],
  ).toBe(JSON.stringify(new World(42).fact(39)));
});

test("another codec leaves what is needed to read the file beside it", async () => {
  await hellfact(["generate", "--facts", "5", "--codec", "protobuf", "--output", at("facts.pb")]);
  expect(readFileSync(at("facts.pb.proto"), "utf8")).toContain("message HellFact");
});

test("a reader that goes away, such as head, is no failure", async () => {
  const { code, stdout, stderr } = await shell(
    "hellfact generate --facts 2000 | head -c 100; echo; echo ${PIPESTATUS[0]}",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.split("\n").at(-2)).toBe("0");
});

test("Ctrl-C leaves nothing that looks whole", async () => {
  const { code } = await hellfact(
    ["generate", "--bytes", "50GB", "--output", at("huge"), "--quiet"],
    { kill: { signal: "SIGINT", afterMilliseconds: 0, once: () => existsSync(at("huge.tmp")) } },
  );
  expect(code).toBe(130);
  expect(readdirSync(folder).filter((name) => name.startsWith("huge"))).toEqual([]);
});

test("kill -9 leaves nothing under the file's name", async () => {
  await hellfact(["generate", "--bytes", "50GB", "--output", at("killed"), "--quiet"], {
    kill: { signal: "SIGKILL", afterMilliseconds: 0, once: () => existsSync(at("killed.tmp")) },
  });
  expect(readdirSync(folder)).not.toContain("killed");
  expect(readdirSync(folder)).toContain("killed.tmp");
});

test("a full disk is one line, exit code 1, and no file", async () => {
  const { code, stderr } = await shell(
    `ulimit -f 500; hellfact generate --facts 1000 --output ${at("full")} --quiet`,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^hellfact: [^\n]*full: the file-size limit is reached[^\n]*\n$/);
  expect(readdirSync(folder).filter((name) => name.startsWith("full"))).toEqual([]);
});

describe("what is wrong is one line and exit code 2", () => {
  test.each<[string[], string]>([
    [["--facts", "-3"], "It takes a whole number from 1 to 2^53 - 1"],
    [["--facts", "9007199254740993"], "It takes a whole number from 1 to 2^53 - 1"],
    [["--from", "1.5"], "It takes a whole number from 0 to 2^53 - 1"],
    [["--bytes", "100"], "It takes a size with its unit, such as 64MB or 2GiB."],
    [["--bytes", "1MB", "--facts", "1"], "cannot be used with option"],
    [["--codec", "simdjson"], "simdjson cannot write; json writes what it reads."],
    [["--codec", "msgpackr-records"], "keeps a .structures file beside its data"],
    [["--codec", "jsn"], 'unknown codec "jsn". Did you mean json?'],
    [["--json"], "--json takes standard output"],
    [["--from", "9007199254740991", "--facts", "2"], "go past the last fact, 9007199254740991"],
    [["--fact-size", "40"], "It takes a size with its unit"],
    [["--fact-size", "40k"], "It takes a size with its unit"],
    [["--fact-size", "2MB"], "It takes a size from 4KB to 1MiB"],
    [["--duplication", "0"], "It takes a whole number from 1"],
    [["--duplication", "2.5"], "It takes a whole number from 1"],
    [["--game-day", "60"], "It takes a time with its unit"],
    [["--game-day", "25h"], "It takes a time from 1ms to 24h"],
    [["--profile", "no-such-file.json"], "no-such-file.json"],
  ])("generate %j", async (words, expected) => {
    const { code, stdout, stderr } = await hellfact(["generate", ...words]);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test.each([
    ['{ "factByte": 9000 }', 'unknown field "factByte". Did you mean factBytes?'],
    ['{ "factBytes": "9KB" }', 'factBytes is "9KB". It takes a whole number from 4000 to 1048576.'],
    ['{ "duplication": 1.5 }', "duplication is 1.5. It takes a whole number from 1 to 1000000."],
    ['{ "players": -1 }', "players is -1. It takes a whole number from 1"],
    ['{ "players": 10 }', "activePerDay is 7000000, of 10 players. Give no more than players."],
    ['{ "players": 10', "line 1, byte"],
    ['{ "duplication": 2 }\n{ "players": -3 }', "holds more than one object. Give one."],
  ])("the profile %s", async (text, expected) => {
    writeFileSync(at("profile.json"), text);
    const { code, stdout, stderr } = await hellfact(["generate", "--profile", at("profile.json")]);
    expect(stderr).toContain(`hellfact: ${at("profile.json")}`);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a folder that is not there", async () => {
    const { code, stderr } = await hellfact(["generate", "--output", at("no/such/file")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^hellfact: [^\n]*its folder does not exist[^\n]*\n$/);
  });
});

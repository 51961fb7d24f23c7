import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunDocument } from "./document.js";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { RunFolder, SMALL } from "../../testing/run-folder.js";

const runs = new RunFolder();
afterAll(() => rmSync(runs.path, { recursive: true, force: true }));

const lines: string[] = [];
beforeAll(async () => void lines.push(...(await runs.makeInput())));

test("a short run says that it was too short, and only --rate waits for intended times", async () => {
  const words = ["--facts", "200", "--fact-size", "4KB", "--sink", "null"];
  const fast = (await runs.run(...words)).stdout.replaceAll(/\s+/g, " ");
  expect(fast).toMatch(
    /too short to judge: [\d.]+ s; starting processes and waiting took \d+ % of it/,
  );
  expect(fast).not.toContain("intended times");
  const paced = (await runs.run(...words, "--rate", "300")).stdout.replaceAll(/\s+/g, " ");
  expect(paced).toContain("waiting for intended times");
});

describe("a run", () => {
  let document: RunDocument;
  beforeAll(async () => {
    const { stdout } = await runs.run(...SMALL, "--sink", `file:${runs.at("whole")}`, "--json");
    document = JSON.parse(stdout) as RunDocument;
  });

  test("writes what generate writes, in parts whose names sort", async () => {
    await hellfact([
      "generate",
      "--facts",
      "400",
      "--fact-size",
      "4KB",
      "--output",
      runs.at("one"),
    ]);
    expect(runs.partsOf("whole").length).toBeGreaterThanOrEqual(16);
    expect(runs.contentOf("whole").equals(readFileSync(runs.at("one")))).toBe(true);
  });

  test("tells what it did and where the time went, and keeps it in its folder", async () => {
    expect(document.run).toMatchObject({ facts: 400, rejected: 0, ended: "facts", codec: "json" });
    expect(document.run.parts).toBe(runs.partsOf("whole").length);
    expect(document.run.storedBytes).toBe(runs.contentOf("whole").length);
    const { factsPerSecond, wallSeconds, stages, workers } = document.run;
    expect(factsPerSecond).toBeCloseTo(400 / wallSeconds);
    expect(stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(workers.reduce((sum, { facts }) => sum + facts, 0)).toBe(400);
    const { stdout } = await hellfact(["report", join(runs.at("whole"), "results.json")]);
    expect(stdout).toContain("400 facts in");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("is whole, and complete", async () => {
    expect(await runs.verify("whole")).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await runs.run("--resume", runs.at("whole"));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `hellfact: ${runs.at("whole")} is complete: ${document.run.parts} parts. Nothing was done.\n`,
    });
  });

  test.each([
    ["msgpackr-records", "none"],
    ["protobuf", "gzip"],
    ["parquet", "snappy"],
  ])("by %s and %s can be read back, and is the same every time", async (codec, compress) => {
    const words = [...SMALL, "--codec", codec, "--compress", compress];
    await runs.run(...words, "--sink", `file:${runs.at(`${codec}-1`)}`);
    await runs.run(...words, "--sink", `file:${runs.at(`${codec}-2`)}`, "--sync", "none");
    expect(await runs.verify(`${codec}-1`)).toMatchObject({ code: 0, stderr: "" });
    expect(runs.contentOf(`${codec}-1`).equals(runs.contentOf(`${codec}-2`))).toBe(true);
  });

  test.each([
    [[], "gzip:balanced"],
    [["--gzip-engine", "node:zlib"], "gzip:6"],
    [["--compress", "gzip:small"], "gzip:small"],
  ])("gzip with %j is %s, in the manifest too", async (words, expected) => {
    const place = runs.at(expected.replace(":", "-"));
    const { stdout } = await runs.run(
      ...[...SMALL, "--compress", "gzip", ...words, "--sink", `file:${place}`, "--json"],
    );
    expect((JSON.parse(stdout) as RunDocument).run.compressor).toBe(expected);
    expect(readFileSync(join(place, "manifest.ndjson"), "utf8")).toContain(`"${expected}"`);
    expect(await runs.verify(expected.replace(":", "-"))).toMatchObject({ code: 0, stderr: "" });
  });

  test("another engine is refused when a run goes on", async () => {
    const place = runs.at("engine");
    await runs.run(...SMALL, "--compress", "gzip", "--sink", `file:${place}`);
    const { code, stderr } = await runs.run("--resume", place, "--gzip-engine", "node:zlib");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "hellfact: --gzip-engine cannot be changed when a run is resumed: leave it out.\n",
    });
  });

  test("a run whose parts another runtime's zstd has compressed is not gone on with here", async () => {
    const place = runs.at("zstd-engine");
    await runs.run(...SMALL, "--compress", "zstd", "--sink", `file:${place}`);
    const path = join(place, "manifest.ndjson");
    const [head = "", ...parts] = readFileSync(path, "utf8").split("\n");
    const begun = JSON.parse(head) as { plan: { compressorEngine: string } };
    expect(["node:zlib", "@bokuweb/zstd-wasm"]).toContain(begun.plan.compressorEngine);
    begun.plan.compressorEngine = "zstd of another time";
    writeFileSync(path, [JSON.stringify(begun), ...parts].join("\n"));
    // There is nothing to be made: it is as whole as it was.
    expect(await runs.run("--resume", place)).toMatchObject({ code: 0 });
    expect(await runs.verify("zstd-engine")).toMatchObject({ code: 0, stderr: "" });
    rmSync(join(place, readdirSync(place).find((name) => name.startsWith("part-")) ?? ""));
    const { code, stderr } = await runs.run("--resume", place);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `hellfact: ${place}: its parts were compressed by zstd of another time, and anything else makes other bytes: unknown zstd engine "zstd of another time".\n`,
    });
  });

  test("JSON is the same by either engine, which is said, and may be another when a run goes on", async () => {
    const byEngine = async (engine: string) => {
      const words = [...SMALL, "--json-engine", engine, "--sink", `file:${runs.at(engine)}`];
      return JSON.parse((await runs.run(...words, "--json")).stdout) as RunDocument;
    };
    expect((await byEngine("native")).run.jsonEngine).toBe("native");
    expect((await byEngine("compiled")).run.jsonEngine).toBe("compiled");
    expect(runs.contentOf("native").equals(runs.contentOf("compiled"))).toBe(true);
    rmSync(join(runs.at("native"), runs.partsOf("native")[1] ?? ""));
    const { code, stdout } = await runs.run(
      "--resume",
      runs.at("native"),
      "--json-engine",
      "compiled",
    );
    expect({ code, says: stdout.includes("json (compiled writer)") }).toEqual({
      code: 0,
      says: true,
    });
    expect(runs.contentOf("native").equals(runs.contentOf("compiled"))).toBe(true);
  });

  test.each(["fact", "batch", "file"])("compressed by %s can be read back", async (unit) => {
    const words = [...SMALL, "--compress", "gzip", "--unit", unit];
    const { stdout } = await runs.run(
      ...words,
      "--sink",
      `file:${runs.at(`by-${unit}`)}`,
      "--json",
    );
    expect((JSON.parse(stdout) as RunDocument).run.unit).toBe(unit);
    expect(await runs.verify(`by-${unit}`)).toMatchObject({ code: 0, stderr: "" });
    const ending = unit === "fact" ? ".ndjson.gz-facts" : ".ndjson.gz";
    const [first = ""] = readdirSync(runs.at(`by-${unit}`)).filter((name) => name.endsWith(ending));
    if (unit === "fact") return;
    const text = gunzipSync(readFileSync(join(runs.at(`by-${unit}`), first))).toString();
    expect(text.endsWith("}\n")).toBe(true);
  });

  writeFileSync(runs.at("table.csv"), "id,name\n1,a\n");
  writeFileSync(runs.at("array.json"), '[\n  {"id":1}\n]\n');

  test.each([
    [["--compress", "brotli", "--unit", "file"], "brotli cannot compress a file as one stream"],
    [["--codec", "arrow", "--compress", "gzip", "--unit", "fact"], "arrow puts a batch of facts"],
    [["--unit", "facts"], "Allowed choices are fact, batch, file"],
    [["--compress", "brotli:12"], "brotli has levels 0 to 11, such as brotli:4."],
    [["--compress", "gzip:slow"], "gzip has levels 1 to 9, and fast, balanced, small"],
    [["--compress", "gzip:9", "--gzip-engine", "hellfact"], "gzip:9 is a level of node:zlib"],
    [["--compress", "gzip:fast", "--gzip-engine", "node:zlib"], "gzip:fast is a level of hellfact"],
    [["--compress", "none", "--gzip-engine", "node:zlib"], "--gzip-engine is for --compress gzip"],
    [
      ["--input", "table.csv"],
      "table.csv is CSV, and a run reads one JSON object a line: hellfact",
    ],
    [
      ["--input", "array.json"],
      "is an array, and a run reads one JSON object a line: hellfact query",
    ],
  ])("%j is refused in one line", async (words, expected) => {
    const quietly = ["run", ...words, "--sink", `file:${runs.at("refused")}`, "--quiet"];
    const { code, stdout, stderr } = await refused(quietly, { cwd: runs.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  });

  test("into nowhere leaves its figures only", async () => {
    const { code, stdout } = await runs.run("--facts", "300", "--sink", "null", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RunDocument).run).toMatchObject({ facts: 300, sink: "null" });
  });

  test("ends when its time is up, and parts end when theirs is", async () => {
    const words = ["--duration", "2s", "--roll", "400ms", "--workers", "1"];
    const { stdout } = await runs.run(...words, "--sink", `file:${runs.at("timed")}`, "--json");
    const { ended, parts } = (JSON.parse(stdout) as RunDocument).run;
    expect(ended).toBe("duration");
    expect(parts).toBeGreaterThan(1);
    expect(await runs.verify("timed")).toMatchObject({ code: 0 });
  });

  test("at a rate keeps to it", async () => {
    const words = ["--duration", "2s", "--rate", "200", "--sink", "null", "--json"];
    const { run: figures } = JSON.parse((await runs.run(...words)).stdout) as RunDocument;
    expect(figures.facts).toBeGreaterThan(0);
    expect(figures.facts).toBeLessThanOrEqual(404);
    expect(figures.wantedFactsPerSecond).toBe(200);
  });
});

describe("an input", () => {
  test.each(["in.ndjson", "in.ndjson.gz", "-"])("%s goes through as it is", async (input) => {
    const name = `through-${input}`;
    const words = `--input ${input} --roll 200KB --workers 2 --sink file:${runs.at(name)} --quiet`;
    const { code } = await shell(`cd ${runs.path}; hellfact run ${words} < in.ndjson`);
    expect(code).toBe(0);
    expect(runs.partsOf(name).length).toBeGreaterThan(4);
    expect(runs.contentOf(name).equals(readFileSync(runs.at("in.ndjson")))).toBe(true);
    expect(await runs.verify(name)).toMatchObject({ code: 0, stderr: "" });
  });

  test("becomes another format, and other parts compressed", async () => {
    const words = ["--input", "in.ndjson", "--roll", "50KB", "--workers", "2"];
    await runs.run(
      ...words,
      "--codec",
      "json",
      "--compress",
      "gzip",
      "--sink",
      `file:${runs.at("gz")}`,
    );
    const text = runs
      .partsOf("gz")
      .map((file) => gunzipSync(readFileSync(join(runs.at("gz"), file))).toString())
      .join("");
    expect(text === readFileSync(runs.at("in.ndjson"), "utf8")).toBe(true);
    await runs.run(...words, "--codec", "msgpackr-records", "--sink", `file:${runs.at("records")}`);
    expect(await runs.verify("records")).toMatchObject({ code: 0, stderr: "" });
  });

  test("that gives nothing more does not hold up the end of the run", async () => {
    const words = `--input - --duration 2s --sink file:${runs.at("idle")} --json --quiet`;
    // A substituted process: nobody waits for the rest of its sleep.
    const silent = "cat in.ndjson; exec sleep 30 2> /dev/null";
    const { stdout } = await shell(`cd ${runs.path}; hellfact run ${words} < <(${silent})`);
    const { ended, facts, wallSeconds } = (JSON.parse(stdout) as RunDocument).run;
    expect(ended).toBe("duration");
    expect(facts).toBeGreaterThan(0);
    expect(facts).toBeLessThanOrEqual(600);
    expect(wallSeconds).toBeLessThan(25);
    expect(await runs.verify("idle")).toMatchObject({ code: 0, stderr: "" });
  });

  describe("with broken lines", () => {
    beforeAll(() => {
      const broken = lines.toSpliced(300, 0, '{"a":').toSpliced(400, 0, "nonsense");
      writeFileSync(runs.at("bad.ndjson"), `${broken.join("\n")}\n`);
    });

    test("stops at the first, with one line and exit code 2", async () => {
      const { code, stderr } = await runs.run(
        "--workers",
        "1",
        "--input",
        "bad.ndjson",
        "--sink",
        `file:${runs.at("stopped")}`,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^hellfact: \S+bad\.ndjson line 301, byte \d+: Unexpected end[^\n]*\n$/,
      );
      expect(runs.filesOf("stopped")).toEqual(["manifest.ndjson"]);
    });

    test("or keeps them aside", async () => {
      const words = [
        "--on-error",
        "skip",
        "--roll",
        "200KB",
        "--sink",
        `file:${runs.at("skipped")}`,
      ];
      const { code, stdout } = await runs.run("--input", "bad.ndjson", ...words, "--json");
      expect(code).toBe(0);
      expect((JSON.parse(stdout) as RunDocument).run).toMatchObject({ facts: 600, rejected: 2 });
      expect(runs.contentOf("skipped").equals(readFileSync(runs.at("in.ndjson")))).toBe(true);
      const rejects = readdirSync(runs.at("skipped"))
        .filter((file) => file.endsWith(".rejects.ndjson"))
        .flatMap((file) =>
          readFileSync(join(runs.at("skipped"), file), "utf8")
            .trimEnd()
            .split("\n"),
        )
        .map((line) => JSON.parse(line) as { problem: string; text: string });
      expect(rejects.map(({ text }) => text)).toEqual(['{"a":', "nonsense"]);
      expect(rejects[0]?.problem).toContain("bad.ndjson line 301");
      expect(await runs.verify("skipped")).toMatchObject({ code: 0, stderr: "" });
    });
  });
});

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunDocument } from "./document.js";
import { hellfact, shell } from "../../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

/** A run that makes sixteen parts of small facts on two workers. */
const SMALL = ["--facts", "1600", "--fact-size", "4KB", "--roll", "400KB", "--workers", "2"];

function partsOf(name: string): string[] {
  return readdirSync(at(name)).filter((file) => /^part-\d+(\.\w+){1,2}$/.test(file));
}

/** The content of all parts, in the order of their names. */
function contentOf(name: string): Buffer {
  return Buffer.concat(partsOf(name).map((file) => readFileSync(join(at(name), file))));
}

function filesOf(name: string): string[] {
  return readdirSync(at(name)).filter((file) => file !== "results.json");
}

async function run(...words: string[]) {
  return hellfact(["run", ...words, "--out", at("out"), "--quiet"], { cwd: folder });
}

async function verify(name: string) {
  return hellfact(["verify", at(name), "--quiet"]);
}

/** Facts of an input, and the files that have them. */
const lines: string[] = [];
beforeAll(async () => {
  const words = ["--facts", "600", "--fact-size", "4KB", "--output", at("in.ndjson")];
  await hellfact(["generate", ...words]);
  const text = readFileSync(at("in.ndjson"), "utf8");
  lines.push(...text.trimEnd().split("\n"));
  writeFileSync(at("in.ndjson.gz"), gzipSync(text));
});

test("a short run says that it was too short, and only --rate waits for intended times", async () => {
  const words = ["--facts", "200", "--fact-size", "4KB", "--sink", "null"];
  const fast = (await run(...words)).stdout.replaceAll(/\s+/g, " ");
  expect(fast).toMatch(
    /too short to judge: [\d.]+ s; starting processes and waiting took \d+ % of it/,
  );
  expect(fast).not.toContain("intended times");
  const paced = (await run(...words, "--rate", "300")).stdout.replaceAll(/\s+/g, " ");
  expect(paced).toContain("waiting for intended times");
});

describe("a run", () => {
  let document: RunDocument;
  beforeAll(async () => {
    const { stdout } = await run(...SMALL, "--sink", `file:${at("whole")}`, "--json");
    document = JSON.parse(stdout) as RunDocument;
  });

  test("writes what generate writes, in parts whose names sort", async () => {
    await hellfact(["generate", "--facts", "1600", "--fact-size", "4KB", "--output", at("one")]);
    expect(partsOf("whole").length).toBeGreaterThanOrEqual(16);
    expect(contentOf("whole").equals(readFileSync(at("one")))).toBe(true);
  });

  test("tells what it did and where the time went, and keeps it in its folder", async () => {
    expect(document.run).toMatchObject({ facts: 1600, rejected: 0, ended: "facts", codec: "json" });
    expect(document.run.parts).toBe(partsOf("whole").length);
    expect(document.run.storedBytes).toBe(contentOf("whole").length);
    const { factsPerSecond, wallSeconds, stages, workers } = document.run;
    expect(factsPerSecond).toBeCloseTo(1600 / wallSeconds);
    expect(stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(workers.reduce((sum, { facts }) => sum + facts, 0)).toBe(1600);
    const { stdout } = await hellfact(["report", join(at("whole"), "results.json")]);
    expect(stdout).toContain("1600 facts in");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("is whole, and complete", async () => {
    expect(await verify("whole")).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await run("--resume", at("whole"));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `hellfact: ${at("whole")} is complete: ${document.run.parts} parts. Nothing was done.\n`,
    });
  });

  test.each([
    ["msgpackr-records", "none"],
    ["protobuf", "gzip"],
    ["parquet", "snappy"],
  ])("by %s and %s can be read back, and is the same every time", async (codec, compress) => {
    const words = [...SMALL, "--codec", codec, "--compress", compress];
    await run(...words, "--sink", `file:${at(`${codec}-1`)}`);
    await run(...words, "--sink", `file:${at(`${codec}-2`)}`, "--sync", "none");
    expect(await verify(`${codec}-1`)).toMatchObject({ code: 0, stderr: "" });
    expect(contentOf(`${codec}-1`).equals(contentOf(`${codec}-2`))).toBe(true);
  });

  test.each([
    [[], "gzip:balanced"],
    [["--gzip-engine", "node:zlib"], "gzip:6"],
    [["--compress", "gzip:small"], "gzip:small"],
  ])("gzip with %j is %s, in the manifest too", async (words, expected) => {
    const place = at(expected.replace(":", "-"));
    const { stdout } = await run(
      ...[...SMALL, "--compress", "gzip", ...words, "--sink", `file:${place}`, "--json"],
    );
    expect((JSON.parse(stdout) as RunDocument).run.compressor).toBe(expected);
    expect(readFileSync(join(place, "manifest.ndjson"), "utf8")).toContain(`"${expected}"`);
    expect(await verify(expected.replace(":", "-"))).toMatchObject({ code: 0, stderr: "" });
  });

  test("another engine is refused when a run goes on", async () => {
    const place = at("engine");
    await run(...SMALL, "--compress", "gzip", "--sink", `file:${place}`);
    const { code, stderr } = await run("--resume", place, "--gzip-engine", "node:zlib");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "hellfact: --gzip-engine cannot be changed when a run is resumed: leave it out.\n",
    });
  });

  test("JSON is the same by either engine, which is said, and may be another when a run goes on", async () => {
    const byEngine = async (engine: string) => {
      const words = [...SMALL, "--json-engine", engine, "--sink", `file:${at(engine)}`];
      return JSON.parse((await run(...words, "--json")).stdout) as RunDocument;
    };
    expect((await byEngine("native")).run.jsonEngine).toBe("native");
    expect((await byEngine("compiled")).run.jsonEngine).toBe("compiled");
    expect(contentOf("native").equals(contentOf("compiled"))).toBe(true);
    rmSync(join(at("native"), partsOf("native")[1] ?? ""));
    const { code, stdout } = await run("--resume", at("native"), "--json-engine", "compiled");
    expect({ code, says: stdout.includes("json (compiled writer)") }).toEqual({
      code: 0,
      says: true,
    });
    expect(contentOf("native").equals(contentOf("compiled"))).toBe(true);
  });

  test.each(["fact", "batch", "file"])("compressed by %s can be read back", async (unit) => {
    const words = [...SMALL, "--compress", "gzip", "--unit", unit];
    const { stdout } = await run(...words, "--sink", `file:${at(`by-${unit}`)}`, "--json");
    expect((JSON.parse(stdout) as RunDocument).run.unit).toBe(unit);
    expect(await verify(`by-${unit}`)).toMatchObject({ code: 0, stderr: "" });
    const ending = unit === "fact" ? ".ndjson.gz-facts" : ".ndjson.gz";
    const [first = ""] = readdirSync(at(`by-${unit}`)).filter((name) => name.endsWith(ending));
    if (unit === "fact") return;
    const text = gunzipSync(readFileSync(join(at(`by-${unit}`), first))).toString();
    expect(text.endsWith("}\n")).toBe(true);
  });

  test.each([
    [["--compress", "brotli", "--unit", "file"], "brotli cannot compress a file as one stream"],
    [["--codec", "arrow", "--compress", "gzip", "--unit", "fact"], "arrow puts a batch of facts"],
    [["--unit", "facts"], "Allowed choices are fact, batch, file"],
    [["--compress", "brotli:12"], "brotli has levels 0 to 11, such as brotli:4."],
    [["--compress", "gzip:slow"], "gzip has levels 1 to 9, and fast, balanced, small"],
    [["--compress", "gzip:9", "--gzip-engine", "hellfact"], "gzip:9 is a level of node:zlib"],
    [["--compress", "gzip:fast", "--gzip-engine", "node:zlib"], "gzip:fast is a level of hellfact"],
    [["--compress", "none", "--gzip-engine", "node:zlib"], "--gzip-engine is for --compress gzip"],
  ])("%j is refused in one line", async (words, expected) => {
    const { code, stdout, stderr } = await run(...words, "--sink", `file:${at("refused")}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  });

  test("into nowhere leaves its figures only", async () => {
    const { code, stdout } = await run("--facts", "300", "--sink", "null", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RunDocument).run).toMatchObject({ facts: 300, sink: "null" });
  });

  test("ends when its time is up, and parts end when theirs is", async () => {
    const words = ["--duration", "2s", "--roll", "400ms", "--workers", "1"];
    const { stdout } = await run(...words, "--sink", `file:${at("timed")}`, "--json");
    const { ended, parts } = (JSON.parse(stdout) as RunDocument).run;
    expect(ended).toBe("duration");
    expect(parts).toBeGreaterThan(1);
    expect(await verify("timed")).toMatchObject({ code: 0 });
  });

  test("at a rate keeps to it", async () => {
    const words = ["--duration", "2s", "--rate", "200", "--sink", "null", "--json"];
    const { run: figures } = JSON.parse((await run(...words)).stdout) as RunDocument;
    expect(figures.facts).toBeGreaterThan(200);
    expect(figures.facts).toBeLessThanOrEqual(404);
    expect(figures.wantedFactsPerSecond).toBe(200);
  });
});

describe("an input", () => {
  test.each(["in.ndjson", "in.ndjson.gz", "-"])("%s goes through as it is", async (input) => {
    const name = `through-${input}`;
    const words = `--input ${input} --roll 200KB --workers 2 --sink file:${at(name)} --quiet`;
    const { code } = await shell(`cd ${folder}; hellfact run ${words} < in.ndjson`);
    expect(code).toBe(0);
    expect(partsOf(name).length).toBeGreaterThan(4);
    expect(contentOf(name).equals(readFileSync(at("in.ndjson")))).toBe(true);
    expect(await verify(name)).toMatchObject({ code: 0, stderr: "" });
  });

  test("becomes another format, and other parts compressed", async () => {
    const words = ["--input", "in.ndjson", "--roll", "50KB", "--workers", "2"];
    await run(...words, "--codec", "json", "--compress", "gzip", "--sink", `file:${at("gz")}`);
    const text = partsOf("gz")
      .map((file) => gunzipSync(readFileSync(join(at("gz"), file))).toString())
      .join("");
    expect(text === readFileSync(at("in.ndjson"), "utf8")).toBe(true);
    await run(...words, "--codec", "msgpackr-records", "--sink", `file:${at("records")}`);
    expect(await verify("records")).toMatchObject({ code: 0, stderr: "" });
  });

  test("that gives nothing more does not hold up the end of the run", async () => {
    const words = `--input - --duration 1s --sink file:${at("idle")} --json --quiet`;
    const { stdout } = await shell(
      `cd ${folder}; (cat in.ndjson; sleep 5) | hellfact run ${words}`,
    );
    const { ended, facts, wallSeconds } = (JSON.parse(stdout) as RunDocument).run;
    expect({ ended, facts }).toEqual({ ended: "duration", facts: 600 });
    expect(wallSeconds).toBeLessThan(4);
    expect(await verify("idle")).toMatchObject({ code: 0, stderr: "" });
  });

  describe("with broken lines", () => {
    beforeAll(() => {
      const broken = lines.toSpliced(300, 0, '{"a":').toSpliced(400, 0, "nonsense");
      writeFileSync(at("bad.ndjson"), `${broken.join("\n")}\n`);
    });

    test("stops at the first, with one line and exit code 2", async () => {
      const { code, stderr } = await run(
        "--workers",
        "1",
        "--input",
        "bad.ndjson",
        "--sink",
        `file:${at("stopped")}`,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^hellfact: \S+bad\.ndjson line 301, byte \d+: Unexpected end[^\n]*\n$/,
      );
      expect(filesOf("stopped")).toEqual(["manifest.ndjson"]);
    });

    test("or keeps them aside", async () => {
      const words = ["--on-error", "skip", "--roll", "200KB", "--sink", `file:${at("skipped")}`];
      const { code, stdout } = await run("--input", "bad.ndjson", ...words, "--json");
      expect(code).toBe(0);
      expect((JSON.parse(stdout) as RunDocument).run).toMatchObject({ facts: 600, rejected: 2 });
      expect(contentOf("skipped").equals(readFileSync(at("in.ndjson")))).toBe(true);
      const rejects = readdirSync(at("skipped"))
        .filter((file) => file.endsWith(".rejects.ndjson"))
        .flatMap((file) =>
          readFileSync(join(at("skipped"), file), "utf8")
            .trimEnd()
            .split("\n"),
        )
        .map((line) => JSON.parse(line) as { problem: string; text: string });
      expect(rejects.map(({ text }) => text)).toEqual(['{"a":', "nonsense"]);
      expect(rejects[0]?.problem).toContain("bad.ndjson line 301");
      expect(await verify("skipped")).toMatchObject({ code: 0, stderr: "" });
    });
  });
});

describe("whatever happens, what is in the manifest is whole, and the rest is made again", () => {
  /** Longer than the small run, so that there is time to interrupt it. */
  const LONGER = [...SMALL, "--facts", "40000", "--compress", "gzip", "--roll", "300KB"];
  beforeAll(async () => {
    await run(...LONGER, "--sink", `file:${at("reference")}`);
  });

  function expectReference(name: string): void {
    expect(filesOf(name)).toEqual(filesOf("reference"));
    expect(contentOf(name).equals(contentOf("reference"))).toBe(true);
  }

  test("kill -9 at random moments, again and again", async () => {
    let words = [...LONGER, "--sink", `file:${at("killed")}`];
    let kills = 0;
    const startedAt = performance.now();
    await run("--facts", "1", "--sink", "null");
    // On a busy machine a process takes longer to get anywhere.
    const startMilliseconds = performance.now() - startedAt;
    for (let attempt = 0; attempt < 60 && kills < 8; attempt++) {
      const afterMilliseconds = startMilliseconds * (0.6 + Math.random() * 2);
      const { code } = await hellfact(["run", ...words, "--quiet"], {
        kill: { signal: "SIGKILL", afterMilliseconds },
      });
      const hasBegun =
        readdirSync(folder).includes("killed") && filesOf("killed").includes("manifest.ndjson");
      if (hasBegun) words = ["--resume", at("killed")];
      if (code === 0) break;
      kills += 1;
      if (!hasBegun) continue;
      // Never damaged, only not done.
      const { stderr } = await verify("killed");
      const problems = stderr
        .split("\n")
        .filter((line) => /problem|missing|should|decoded/.test(line));
      expect(problems).toEqual([]);
    }
    expect(kills).toBeGreaterThan(2);
    expect((await run("--resume", at("killed"))).code).toBe(0);
    expect(await verify("killed")).toMatchObject({ code: 0, stderr: "" });
    expectReference("killed");
  });

  test("an input that can only be read from its start is read again up to where it was", async () => {
    await hellfact([
      "generate",
      "--facts",
      "900",
      "--fact-size",
      "4KB",
      "--output",
      at("long.ndjson"),
    ]);
    writeFileSync(at("long.ndjson.gz"), gzipSync(readFileSync(at("long.ndjson"))));
    const words = ["--input", at("long.ndjson.gz"), "--roll", "100KB", "--rate", "400"];
    await hellfact(["run", ...words, "--sink", `file:${at("read-again")}`, "--quiet"], {
      kill: {
        signal: "SIGKILL",
        afterMilliseconds: 0,
        once: () => existsSync(at("read-again")) && partsOf("read-again").length > 1,
      },
    });
    expect(partsOf("read-again").length).toBeGreaterThan(1);
    const original = readFileSync(at("long.ndjson.gz"));
    writeFileSync(at("long.ndjson.gz"), gzipSync("{}"));
    expect(await run("--resume", at("read-again"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("when the run began. Bring it back.") as string,
    });
    writeFileSync(at("long.ndjson.gz"), original);
    expect((await run("--resume", at("read-again"))).code).toBe(0);
    expect(await verify("read-again")).toMatchObject({ code: 0, stderr: "" });
    expect(contentOf("read-again").equals(readFileSync(at("long.ndjson")))).toBe(true);
  });

  test("Ctrl-C leaves whole parts, says so, and exits with 130", async () => {
    const { code, stderr } = await hellfact(
      ["run", ...LONGER, "--sink", `file:${at("stopped-by-hand")}`, "--quiet"],
      {
        kill: {
          signal: "SIGINT",
          afterMilliseconds: 0,
          once: () => existsSync(at("stopped-by-hand")) && partsOf("stopped-by-hand").length > 0,
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted, with \d+ whole parts; hellfact run --resume .* goes on\./);
    expect(readdirSync(at("stopped-by-hand")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect((await run("--resume", at("stopped-by-hand"))).code).toBe(0);
    expectReference("stopped-by-hand");
  });

  test("a full disk is one line with what is needed, and the run goes on when there is room", async () => {
    const { code, stderr } = await shell(
      `ulimit -f 200; hellfact run ${LONGER.join(" ")} --sink file:${at("full")} --quiet`,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^hellfact: \S+part-\d+\.ndjson\.gz: the file-size limit is reached\. .* needs about \d+ bytes; then hellfact run --resume \S+ goes on\.\n$/,
    );
    expect(readdirSync(at("full")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect((await run("--resume", at("full"))).code).toBe(0);
    expectReference("full");
  });

  test.skipIf(process.platform !== "linux")(
    "a worker that is killed is told, and what it did is done by another",
    async () => {
      let killed = false;
      const { code, stderr } = await hellfact(
        ["run", ...LONGER, "--sink", `file:${at("orphan")}`],
        {
          onSpawn: (pid) => {
            const timer = setInterval(() => {
              const [worker] = childrenOf(pid);
              if (
                worker === undefined ||
                !readdirSync(folder).includes("orphan") ||
                partsOf("orphan").length < 2
              )
                return;
              clearInterval(timer);
              process.kill(worker, "SIGKILL");
              killed = true;
            }, 20);
          },
        },
      );
      expect(killed).toBe(true);
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /a worker died over facts \d+ to \d+ \(signal SIGKILL\); it is done again \(1 of 2\)\./,
      );
      expectReference("orphan");
    },
  );

  test("a part that kills its workers ends the run, with its range", async () => {
    const small = '{"a":1}\n'.repeat(300);
    const monster = `{"a":[${"{},".repeat(12_000_000)}{}]}\n`;
    writeFileSync(at("monster.ndjson"), small + monster);
    const { code, stderr } = await hellfact(
      ["run", "--input", at("monster.ndjson"), "--sink", `file:${at("monster")}`, "--workers", "1"],
      { env: { NODE_OPTIONS: "--max-old-space-size=80" } },
    );
    rmSync(at("monster.ndjson"));
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^hellfact: a worker died over bytes \d+ to \d+ \(signal SIG\w+\): FATAL ERROR: .*heap.* It was tried 3 times\.$/,
    );
  });

  test("standard input is to be sent again from its start", async () => {
    const words = `--input - --roll 100KB --sink file:${at("sent")} --quiet`;
    const killed = `timeout -s KILL 2 "${process.execPath}" "$MAIN" run ${words}`;
    await shell(`cd ${folder}; (cat in.ndjson; sleep 4) | ${killed}`);
    const short = await shell(`hellfact run --resume ${at("sent")} --quiet < /dev/null`);
    expect(short.code).toBe(2);
    expect(short.stderr).toMatch(
      /^hellfact: - ends after 0 bytes, and \d+ of it were read before\./,
    );
    await shell(`cd ${folder}; hellfact run --resume ${at("sent")} --quiet < in.ndjson`);
    expect(contentOf("sent").equals(readFileSync(at("in.ndjson")))).toBe(true);
    expect(await verify("sent")).toMatchObject({ code: 0, stderr: "" });
  });

  test("two runs do not write into one folder", async () => {
    const first = run(...LONGER, "--sink", `file:${at("twice")}`);
    for (let waited = 0; waited < 200 && !readdirSync(folder).includes("twice"); waited++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    while (!filesOf("twice").includes("manifest.ndjson")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const second = await run("--resume", at("twice"));
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("is writing there");
    expect((await first).code).toBe(0);
    expectReference("twice");
  });
});

/** By the process table of Linux. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/status`, "utf8").includes(`PPid:\t${pid}\n`);
      } catch {
        return false; // it has ended meanwhile
      }
    })
    .map(Number);
}

describe("verify says what is wrong", () => {
  beforeAll(async () => {
    await run(...SMALL, "--sink", `file:${at("damaged")}`);
  });

  test("with parts that are missing, cut off, changed or more than they should be", async () => {
    const [first = "", second = "", third = ""] = partsOf("damaged").map((file) =>
      join(at("damaged"), file),
    );
    rmSync(first);
    truncateSync(second, 100);
    const bytes = readFileSync(third);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    writeFileSync(third, bytes);
    writeFileSync(join(at("damaged"), "part-999999999999.ndjson"), "");
    const { code, stdout, stderr } = await verify("damaged");
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
    const manifest = join(at("whole"), "manifest.ndjson");
    const text = readFileSync(manifest, "utf8");
    appendFileSync(manifest, '{"part":{"from":');
    expect(await verify("whole")).toMatchObject({ code: 0 });
    writeFileSync(manifest, text.replace('{"part":{"from"', '{"part":{from'));
    const { code, stderr } = await verify("whole");
    expect(code).toBe(2);
    expect(stderr).toMatch(/manifest\.ndjson line 2: damaged, it is not JSON\.\n$/);
    writeFileSync(manifest, text);
  });
});

describe("what is wrong is one line and exit code 2", () => {
  test("parts of nobody knows what are not touched", async () => {
    mkdirSync(at("strange"));
    writeFileSync(join(at("strange"), "part-000000000000.csv"), "mine");
    const { code, stderr } = await run("--facts", "1", "--sink", `file:${at("strange")}`);
    expect(code).toBe(2);
    expect(stderr).toContain("holds part-000000000000.csv, of no run that is known");
    expect(readFileSync(join(at("strange"), "part-000000000000.csv"), "utf8")).toBe("mine");
  });

  test("an input without facts", async () => {
    writeFileSync(at("blank.ndjson"), "\n \n");
    for (const input of ["blank.ndjson", "-"]) {
      const words = `--input ${input} --sink file:${at(`blank-${input}`)} --quiet`;
      const { code, stderr } = await shell(`cd ${folder}; hellfact run ${words} < blank.ndjson`);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/^hellfact: \S+ holds no facts[^\n]*\n$/) as string,
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
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a place that is none is one line and exit code 2", () => {
  beforeAll(() => {
    mkdirSync(at("folder"));
    symlinkSync("circle-2", at("circle-1"));
    symlinkSync("circle-1", at("circle-2"));
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
    const { code, stderr } = await hellfact([...words, "--quiet"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
  });
});

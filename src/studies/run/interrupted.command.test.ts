import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hellfact, shell } from "../../testing/command.js";
import { RunFolder, SMALL } from "../../testing/run-folder.js";

const runs = new RunFolder();
afterAll(() => rmSync(runs.path, { recursive: true, force: true }));

const lines: string[] = [];
beforeAll(async () => void lines.push(...(await runs.makeInput())));

describe("whatever happens, what is in the manifest is whole, and the rest is made again", () => {
  const LONGER = [...SMALL, "--facts", "6000", "--compress", "gzip", "--roll", "50KB"];
  /** A second or two at least, so that there is time to interrupt it. */
  const SLOWLY = [...LONGER, "--inject", "write=600us"];
  beforeAll(async () => {
    await runs.run(...LONGER, "--sink", `file:${runs.at("reference")}`);
  });

  function expectReference(name: string): void {
    expect(runs.filesOf(name)).toEqual(runs.filesOf("reference"));
    expect(runs.contentOf(name).equals(runs.contentOf("reference"))).toBe(true);
  }

  test("kill -9 at random moments, again and again", async () => {
    let words = [...SLOWLY, "--sink", `file:${runs.at("killed")}`];
    let kills = 0;
    const filesThere = () => (existsSync(runs.at("killed")) ? runs.filesOf("killed").length : 0);
    for (let attempt = 0; attempt < 60 && kills < 8; attempt++) {
      // Each attempt gets somewhere, on a busy machine as well.
      const before = filesThere();
      const afterMilliseconds = Math.random() * 200;
      const { code } = await hellfact(["run", ...words, "--quiet"], {
        kill: { signal: "SIGKILL", afterMilliseconds, once: () => filesThere() > before },
      });
      const hasBegun =
        readdirSync(runs.path).includes("killed") &&
        runs.filesOf("killed").includes("manifest.ndjson");
      if (hasBegun) words = ["--resume", runs.at("killed")];
      if (code === 0) break;
      kills += 1;
      if (!hasBegun) continue;
      // Never damaged, only not done.
      const { stderr } = await runs.verify("killed");
      const problems = stderr
        .split("\n")
        .filter((line) => /problem|missing|should|decoded/.test(line));
      expect(problems).toEqual([]);
    }
    expect(kills).toBeGreaterThan(0);
    expect((await runs.run("--resume", runs.at("killed"))).code).toBe(0);
    expect(await runs.verify("killed")).toMatchObject({ code: 0, stderr: "" });
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
      runs.at("long.ndjson"),
    ]);
    writeFileSync(runs.at("long.ndjson.gz"), gzipSync(readFileSync(runs.at("long.ndjson"))));
    const words = ["--input", runs.at("long.ndjson.gz"), "--roll", "100KB", "--rate", "400"];
    await hellfact(["run", ...words, "--sink", `file:${runs.at("read-again")}`, "--quiet"], {
      kill: {
        signal: "SIGKILL",
        afterMilliseconds: 0,
        once: () => existsSync(runs.at("read-again")) && runs.partsOf("read-again").length > 1,
      },
    });
    expect(runs.partsOf("read-again").length).toBeGreaterThan(1);
    const original = readFileSync(runs.at("long.ndjson.gz"));
    writeFileSync(runs.at("long.ndjson.gz"), gzipSync("{}"));
    expect(await runs.run("--resume", runs.at("read-again"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("when the run began. Bring it back.") as string,
    });
    writeFileSync(runs.at("long.ndjson.gz"), original);
    expect((await runs.run("--resume", runs.at("read-again"))).code).toBe(0);
    expect(await runs.verify("read-again")).toMatchObject({ code: 0, stderr: "" });
    expect(runs.contentOf("read-again").equals(readFileSync(runs.at("long.ndjson")))).toBe(true);
  });

  test("Ctrl-C leaves whole parts, says so, and exits with 130", async () => {
    const { code, stderr } = await hellfact(
      ["run", ...SLOWLY, "--sink", `file:${runs.at("stopped-by-hand")}`, "--quiet"],
      {
        kill: {
          signal: "SIGINT",
          afterMilliseconds: 0,
          once: () =>
            existsSync(runs.at("stopped-by-hand")) && runs.partsOf("stopped-by-hand").length > 0,
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted, with \d+ whole parts; hellfact run --resume .* goes on\./);
    expect(readdirSync(runs.at("stopped-by-hand")).filter((name) => name.endsWith(".tmp"))).toEqual(
      [],
    );
    expect((await runs.run("--resume", runs.at("stopped-by-hand"))).code).toBe(0);
    expectReference("stopped-by-hand");
  });

  test("a full disk is one line with what is needed, and the run goes on when there is room", async () => {
    const { code, stderr } = await shell(
      `ulimit -f 40; hellfact run ${LONGER.join(" ")} --sink file:${runs.at("full")} --quiet`,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^hellfact: \S+part-\d+\.ndjson\.gz: the file-size limit is reached\. .* needs about \d+ bytes; then hellfact run --resume \S+ goes on\.\n$/,
    );
    expect(readdirSync(runs.at("full")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect((await runs.run("--resume", runs.at("full"))).code).toBe(0);
    expectReference("full");
  });

  test.skipIf(process.platform !== "linux")(
    "a worker that is killed is told, and what it did is done by another",
    async () => {
      let killed = false;
      const { code, stderr } = await hellfact(
        ["run", ...SLOWLY, "--sink", `file:${runs.at("orphan")}`],
        {
          onSpawn: (pid) => {
            const timer = setInterval(() => {
              const [worker] = childrenOf(pid);
              if (
                worker === undefined ||
                !readdirSync(runs.path).includes("orphan") ||
                runs.partsOf("orphan").length < 2
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

  test.skipIf(process.platform !== "linux")(
    "a worker that is killed before it does anything is replaced",
    async () => {
      let killed = false;
      const { code, stderr } = await hellfact(
        ["run", ...LONGER, "--workers", "1", "--sink", `file:${runs.at("early")}`],
        {
          onSpawn: (pid) => {
            const timer = setInterval(() => {
              const [worker] = childrenOf(pid);
              if (worker === undefined) return;
              clearInterval(timer);
              process.kill(worker, "SIGKILL");
              killed = true;
            }, 2);
          },
        },
      );
      expect(killed).toBe(true);
      expect([code, stderr]).toEqual([0, expect.stringContaining("a worker died")]);
      expectReference("early");
    },
  );

  test("a part that kills its workers ends the run, with its range", async () => {
    const small = '{"a":1}\n'.repeat(300);
    const monster = `{"a":[${"{},".repeat(12_000_000)}{}]}\n`;
    writeFileSync(runs.at("monster.ndjson"), small + monster);
    const { code, stderr } = await hellfact(
      [
        "run",
        "--input",
        runs.at("monster.ndjson"),
        "--sink",
        `file:${runs.at("monster")}`,
        "--workers",
        "1",
      ],
      { env: { NODE_OPTIONS: "--max-old-space-size=80" } },
    );
    rmSync(runs.at("monster.ndjson"));
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^hellfact: a worker died over bytes \d+ to \d+ \(signal SIG\w+\): FATAL ERROR: .*heap.* It was tried 3 times\.$/,
    );
  });

  test("standard input is to be sent again from its start", async () => {
    const words = `--input - --roll 100KB --sink file:${runs.at("sent")} --quiet`;
    const begun = `(cat in.ndjson; sleep 60) 2> /dev/null | "${process.execPath}" "$MAIN" run ${words} &`;
    const aPart = `until grep -q '"part"' sent/manifest.ndjson 2> /dev/null; do sleep 0.1; done`;
    await shell(`cd ${runs.path}; ${begun}\n${aPart}; kill -9 $!`);
    const short = await shell(`hellfact run --resume ${runs.at("sent")} --quiet < /dev/null`);
    expect(short.code).toBe(2);
    expect(short.stderr).toMatch(
      /^hellfact: - ends after 0 bytes, and \d+ of it were read before\./,
    );
    await shell(`cd ${runs.path}; hellfact run --resume ${runs.at("sent")} --quiet < in.ndjson`);
    expect(runs.contentOf("sent").equals(readFileSync(runs.at("in.ndjson")))).toBe(true);
    expect(await runs.verify("sent")).toMatchObject({ code: 0, stderr: "" });
  });

  test("two runs do not write into one folder", async () => {
    const first = runs.run(...SLOWLY, "--sink", `file:${runs.at("twice")}`);
    for (let waited = 0; waited < 200 && !readdirSync(runs.path).includes("twice"); waited++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    while (!runs.filesOf("twice").includes("manifest.ndjson")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const second = await runs.run("--resume", runs.at("twice"));
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

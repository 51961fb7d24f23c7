/** No child outlives the command that started it, whatever ends the command. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-orphans-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A codec that keeps the contract, and in any other process never comes back from encoding: its thread hears nothing. */
const stuck = (name: string) => `
import { writeFileSync } from "node:fs";
const isTried = /(?:contract|describe|sample)-process/.test(process.argv[1]);
export default {
  name: "${name}", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
  needsSchema: false, npmPackage: null, mode: "JSON", losses: ["negative-zero"],
  abilities: ["encode", "decode"],
  open: () => ({
    encode: (fact, out) => {
      if (!isTried) {
        writeFileSync(process.env.SPINNERS + "/" + process.pid, "");
        for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      }
      out.utf8(JSON.stringify(fact));
    },
    decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
  }),
};`;
for (const name of ["spins", "turns"]) writeFileSync(join(folder, `${name}.mjs`), stuck(name));

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  bench: ["bench", "--codec", "./spins.mjs"],
  conformance: ["conformance", "--codec", "./spins.mjs"],
  run: ["run", "--codec", "./spins.mjs", "--facts", "2000"],
  gate: ["gate", "--baseline", "spins.mjs", "--candidate", "turns.mjs"],
  warmup: ["warmup", "--codec", "./spins.mjs"],
  generate: ["generate", "--codec", "./spins.mjs", "--output", "facts.out"],
};
/** These measure drivers, and no codec: their children are busy from the beginning. */
const MEASURING: Readonly<Record<string, readonly string[]>> = {
  load: ["load", "--compare", "--store", "sqlite"],
  fetch: ["fetch", "--store", "sqlite"],
  query: ["query", "--compare"],
};
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const;
const MARK = "HELLFACT_TEST_MARK";

/** The processes that were started with this mark in their environment, and run still. */
function alive(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${MARK}=${mark}`);
      } catch {
        return false; // gone, or another user's
      }
    })
    .map(Number);
}

async function until(holds: () => boolean, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!holds() && performance.now() < end) await sleep(50);
}

describe.skipIf(process.platform !== "linux")("processes are counted in /proc (Linux only)", () => {
  // All but generate hear of them by one list: who asks for one of the two in the middle has the other, too.
  const cases = Object.keys(COMMANDS).flatMap((name, index) =>
    SIGNALS.filter((_, which) => name === "generate" || which !== 1 + (index % 2)).map((signal) => [
      name,
      signal,
    ]),
  );

  test.each(cases as [string, NodeJS.Signals][])(
    "%s leaves no stuck child behind after %s",
    async (name, signal) => {
      const mark = `${name}-${signal}-${process.pid}`;
      const spinners = join(folder, mark);
      mkdirSync(spinners);
      let before = 0;
      const { code } = await hellfact([...(COMMANDS[name] ?? []), "--quiet"], {
        cwd: folder,
        env: { [MARK]: mark, SPINNERS: spinners },
        kill: {
          signal,
          afterMilliseconds: 100,
          once: () => {
            if (readdirSync(spinners).length === 0) return false;
            before = alive(mark).length;
            return true;
          },
        },
      });
      expect(before).toBeGreaterThan(2); // the command, what guards its children, and a child at least
      expect(code).not.toBe(0);
      await until(() => alive(mark).length === 0, 10);
      expect(alive(mark)).toEqual([]);
      expect(readdirSync(folder).filter((file) => file.endsWith(".tmp"))).toEqual(
        name === "generate" && signal === "SIGKILL" ? ["facts.out.tmp"] : [],
      );
      rmSync(join(folder, "facts.out.tmp"), { force: true });
    },
    60_000,
  );

  const measuring = Object.keys(MEASURING).map((name, index) => [name, SIGNALS[(index + 1) % 4]]);
  test.each([...measuring, ["load", "SIGKILL"]] as [string, NodeJS.Signals][])(
    "%s leaves no measuring child behind after %s, and tells what it has",
    async (name, signal) => {
      const mark = `${name}-${signal}-${process.pid}`;
      const { code, stdout } = await hellfact([...(MEASURING[name] ?? []), "--quiet"], {
        cwd: folder,
        env: { [MARK]: mark },
        kill: { signal, afterMilliseconds: 500, once: () => alive(mark).length > 2 },
      });
      expect(code).not.toBe(0);
      expect(stdout === "").toBe(signal === "SIGKILL");
      await until(() => alive(mark).length === 0, 10);
      expect(alive(mark)).toEqual([]);
    },
    60_000,
  );
});

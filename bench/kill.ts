/**
 * Kills a run at random moments, again and again, and looks each time whether anything was lost.
 *
 *   npm run bench:kill [-- kills]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const KILLS = Number(process.argv[2] ?? 200);
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hellfact-kill-"));
const WORDS = ["--facts", "24000", "--fact-size", "4KB", "--compress", "gzip", "--roll", "200KB"];

function contentOf(name: string): Buffer {
  const parts = readdirSync(name).filter((file) => file.endsWith(".gz"));
  return Buffer.concat(parts.map((file) => readFileSync(join(name, file))));
}

/** Exit code, or `null` if it was killed. */
function runFor(milliseconds: number, words: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, "run", ...words, "--quiet"], { stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

function verified(name: string): { problems: string[]; uncounted: string[]; parts: number } {
  const { stdout } = spawnSync(process.execPath, [MAIN, "verify", name, "--json", "--quiet"], {
    encoding: "utf8",
  });
  return JSON.parse(stdout) as ReturnType<typeof verified>;
}

const reference = join(folder, "reference");
await runFor(1e6, [...WORDS, "--sink", `file:${reference}`]);
const expected = contentOf(reference);
let kills = 0;
let sets = 0;
let wrong = 0;
while (kills < KILLS) {
  const name = join(folder, `set-${++sets}`);
  for (let code: number | null = null; code !== 0;) {
    const begun = existsSync(join(name, "manifest.ndjson"));
    const words = begun ? ["--resume", name] : [...WORDS, "--sink", `file:${name}`];
    code = await runFor(kills < KILLS ? 250 + Math.random() * 1000 : 1e6, words);
    if (code !== null && code !== 0) throw new Error(`it ended with ${code}: ${words.join(" ")}`);
    if (code === 0 || !existsSync(join(name, "manifest.ndjson"))) continue;
    kills += 1;
    const damage = verified(name).problems.filter((problem) => !problem.includes("did not end"));
    if (damage.length > 0) {
      wrong += 1;
      console.log(damage.join("\n"));
    }
  }
  const { problems, uncounted } = verified(name);
  const same = contentOf(name).equals(expected);
  if (problems.length > 0 || uncounted.length > 0 || !same) {
    wrong += 1;
    console.log(
      `${name}: ${problems.length} problems, left over: ${uncounted.join(" ") || "nothing"}, ${same ? "same" : "other"} bytes`,
    );
  }
  rmSync(name, { recursive: true });
}
rmSync(folder, { recursive: true });
console.log(`${kills} kills over ${sets} data sets: ${wrong} times something was wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Tries a case in a folder of its own. */
import { fork, spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Case, Outcome } from "./case.js";
import type { Done, Task } from "./commands-process.js";

const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));
const COMMANDS = new URL("./commands-process.js", import.meta.url);
const PATIENCE_SECONDS = 60;
const MARK = "HELLFACT_ADVERSARY";

/** Whether a case takes processes of its own. */
export function isAlone({ alone: isSaid = false, shell }: Case): boolean {
  return isSaid || shell !== undefined;
}

/** One process that cases are tried in, one after the other; where one ends it, the next begins anew. */
export class Lane {
  private child: ChildProcess | undefined;
  private tried = 0;

  constructor(
    private readonly scratch: string,
    private readonly name: string,
  ) {}

  async try(one: Case): Promise<Outcome> {
    const folder = join(this.scratch, `${this.name}-${++this.tried}`);
    mkdirSync(folder);
    if (one.from !== undefined) cpSync(one.from, folder, { recursive: true });
    for (const [name, content] of Object.entries(one.files ?? {})) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const startedAt = performance.now();
    const mark = `${process.pid}-${this.name}-${this.tried}`;
    const done = isAlone(one) ? await alone(one, folder, mark) : await this.ask(one, folder);
    const seconds = (performance.now() - startedAt) / 1000;
    const orphans = isAlone(one) ? await left(mark) : 0;
    const halves = halvesIn(folder);
    rmSync(folder, { recursive: true, force: true });
    return { ...done, seconds, orphans, halves };
  }

  close(): void {
    this.child?.kill("SIGKILL");
  }

  private ask({ words, check }: Case, folder: string): Promise<Ended> {
    const child = this.child?.connected === true ? this.child : this.start();
    const task: Task = {
      folder,
      ...(words !== undefined && { words }),
      ...(check !== undefined && { check }),
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_SECONDS * 1000);
      const end = (ended: Ended) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(ended);
      };
      child.once("message", (done) => end(done as Done));
      child.once("exit", (code) => {
        this.child = undefined;
        end({ code, stdout: "", stderr: "its process ended" });
      });
      child.send(task);
    });
  }

  private start(): ChildProcess {
    this.child = fork(COMMANDS, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    return this.child;
  }
}

type Ended = Pick<Outcome, "code" | "stdout" | "stderr">;

function alone({ words, shell }: Case, cwd: string, mark: string): Promise<Ended> {
  const line = `hellfact() { "${process.execPath}" "${MAIN}" "$@"; }; export MAIN="${MAIN}"; ${shell ?? ""}`;
  const [program, rest] =
    shell === undefined ? [process.execPath, [MAIN, ...(words ?? [])]] : ["bash", ["-c", line]];
  const { PATH, HOME } = process.env;
  return new Promise((resolve) => {
    // A group of its own, so that what hangs is ended with all that it started.
    const child = spawn(program, rest, { cwd, env: { PATH, HOME, [MARK]: mark }, detached: true });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-(child.pid ?? 0), "SIGKILL");
    }, PATIENCE_SECONDS * 1000);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.end();
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: isLate ? null : code, stdout, stderr });
    });
  });
}

/** How many processes of a case are still there some seconds after it (Linux alone tells). */
async function left(mark: string): Promise<number> {
  let count = 0;
  for (let look = 0; look < 100; look++) {
    count = existsSync("/proc/self/environ") ? withMark(mark) : 0;
    if (count === 0) return 0;
    await sleep(50);
  }
  return count;
}

function withMark(mark: string): number {
  return readdirSync("/proc").filter((name) => {
    try {
      const text = readFileSync(`/proc/${name}/environ`, "latin1");
      return text.includes(`${MARK}=${mark}\0`);
    } catch {
      return false;
    }
  }).length;
}

function halvesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".tmp") || /run\.lock/.test(name),
  );
}

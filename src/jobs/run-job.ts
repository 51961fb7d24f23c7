/** Runs a command line as a job: in a group of processes that ends with it, and with this process. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, rmSync, fstatSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { firstLine, lastErrorLine } from "../core/errors.js";
import { guard } from "../process/guardian.js";
import { memoryKills } from "./memory-killer.js";
import type { JobOrder } from "./order.js";

const MAIN = resolve(import.meta.dirname, "../cli/main.js");
/**
 * It waits until it may begin: where nobody is left who could say so, it ends. Its own jobs need not be installed
 * anywhere.
 */
const PROLOGUE =
  "read -r HELLFACT_BEGIN <&3 || exit 1; unset HELLFACT_BEGIN; exec 3<&-\n" +
  'hellfact() { "$HELLFACT_NODE" "$HELLFACT_MAIN" "$@"; }\n';
/** What is told to end has so long to do it. */
const GRACE_MILLISECONDS = 3000;
const TAIL_BYTES = 10_000;

export interface RunningJob {
  /** The leader of its processes; `undefined` where it did not begin. */
  readonly pid: number | undefined;
  /** `null` where it was done, else how it ended: `(exit code 1): no such file`. */
  readonly ended: Promise<string | null>;
  /** Lets it begin: whoever dies before leaves nothing that works on. */
  begin(): void;
  /** Asks it to end, and then makes it. @param because what is to be said of its end */
  end(because: string): void;
  /** Makes it end at once. */
  kill(because: string): void;
}

/**
 * Makes a job ready, which waits for its `begin`.
 *
 * @param output for `$HELLFACT_OUTPUT`
 * @param log where what it says goes; taken away where it said nothing
 */
export function runJob(order: JobOrder, output: string | null, log: string): RunningJob {
  mkdirSync(dirname(log), { recursive: true });
  const descriptor = openSync(log, "w+");
  const kills = memoryKills();
  const { stage, part, run, directory, attempt, timeoutSeconds } = order;
  const child = spawn("/bin/sh", ["-c", PROLOGUE + run], {
    cwd: directory,
    detached: true,
    stdio: ["ignore", descriptor, descriptor, "pipe"],
    env: {
      ...process.env,
      ...{ HELLFACT_NODE: process.execPath, HELLFACT_MAIN: MAIN },
      ...{ HELLFACT_STAGE: stage, HELLFACT_PART: part ?? "", HELLFACT_ATTEMPT: String(attempt) },
      ...(output !== null && { HELLFACT_OUTPUT: output }),
    },
  });
  guard(child, { group: true });
  const gate = child.pid === undefined ? undefined : (child.stdio[3] as Writable);
  gate?.on("error", () => undefined); // it has ended already
  let because: string | undefined;
  let grace: NodeJS.Timeout | undefined;
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // nobody of it is left
    }
  };
  const end = (why: string) => {
    if (because !== undefined) return;
    because = why;
    signal("SIGTERM");
    signal("SIGCONT");
    grace = setTimeout(() => signal("SIGKILL"), GRACE_MILLISECONDS);
  };
  const begin = () => void gate?.end("\n");
  const kill = (why: string) => {
    because ??= why;
    signal("SIGKILL");
  };
  const timeout =
    timeoutSeconds === null
      ? undefined
      : setTimeout(
          () => end(`(it took longer than ${timeoutSeconds} s)`),
          // A timer takes no more than that.
          Math.min(timeoutSeconds * 1000, 2 ** 31 - 1),
        );
  const ended = new Promise<string | null>((done) => {
    child.once("error", (error) => done(`: ${firstLine(error)}`));
    child.once("exit", (code, name) => {
      // What it left behind must not work on without a permit.
      signal("SIGKILL");
      const strange = signalOf(code, name);
      if (code === 0 && because === undefined) done(null);
      else done((because ?? deathText(code, strange, kills?.count)) + said(descriptor));
    });
  }).finally(() => {
    clearTimeout(timeout);
    clearTimeout(grace);
    const isSilent = fstatSync(descriptor).size === 0;
    closeSync(descriptor);
    if (isSilent) rmSync(log, { force: true });
  });
  return { pid: child.pid, ended, begin, end, kill };
}

/** A shell tells of a signal that ended its command by an exit code: 128 and its number. */
function signalOf(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  if (signal !== null) return signal;
  const [name] =
    Object.entries(constants.signals).find(([, number]) => code === 128 + number) ?? [];
  return name;
}

function deathText(
  code: number | null,
  signal: string | undefined,
  killsBefore: number | undefined,
): string {
  if (signal === undefined) return `(exit code ${code})`;
  if (signal !== "SIGKILL") return `(signal ${signal})`;
  const now = memoryKills();
  if (now !== undefined && killsBefore !== undefined && now.count > killsBefore) {
    const where = now.of === "cgroup" ? "its control group says" : "the machine says";
    return `(signal SIGKILL, by the kernel's memory killer, as ${where}: oom_kill)`;
  }
  return "(signal SIGKILL, which nobody here sent)";
}

/** The line in which it said why, if it did. */
function said(descriptor: number): string {
  const { size } = fstatSync(descriptor);
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  readSync(descriptor, tail, 0, tail.length, Math.max(0, size - tail.length));
  const text = tail.toString();
  const last = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
  const line = lastErrorLine(text) ?? last;
  return line === "" ? "" : `: ${line}`;
}

const LONGEST_NAME = 100;

/**
 * The log of an attempt: `monday`, `monday@2`. No part has an @ in its name here.
 *
 * @param folder of all logs
 * @param who by whom it is done, where others may have the same attempt in hands
 */
export function logPath(
  folder: string,
  { stage, part, attempt }: Pick<JobOrder, "stage" | "part" | "attempt">,
  who = "",
): string {
  const whole = encodeURIComponent((part ?? "log").toWellFormed()).replace(/^\./, "%2E");
  const sum = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  const name = whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME - 9)}@${sum}` : whole;
  const times = attempt === 1 ? "" : `@${attempt}`;
  return join(folder, stage, `${name}${times}${who === "" ? "" : `@${who}`}`);
}

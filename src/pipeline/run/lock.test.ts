import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "./lock.js";

let folder = "";
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hellfact-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** What a lock of a process says: its number, its start, and the machine's. */
function lockOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "");
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${pid} ${stat.split(" ")[19] ?? ""} ${boot}`;
}

function lockedBy(holder: string): void {
  writeFileSync(join(folder, "run.lock"), holder);
}

function expectFree(): void {
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
}

/** A process that runs on, and one that it started and never asks about, once that has ended. */
async function parentOfZombie(): Promise<number> {
  // The shell becomes a program that does not know of its child.
  const parent = spawn("bash", ["-c", "sleep 0.05 & echo $!; exec sleep 60"]);
  children.push(parent);
  const pid = Number(await new Promise<Buffer>((said) => parent.stdout.once("data", said)));
  const deadline = performance.now() + 10_000;
  while (!/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) {
    if (performance.now() > deadline) throw new Error("it did not become a zombie");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return pid;
}

test("a folder has one holder at a time, and is free afterwards", () => {
  const unlock = lockFolder(folder);
  expect(readdirSync(folder)).toEqual(["run.lock"]);
  unlock();
  expectFree();
});

test("a lock of another machine is held until somebody takes it away", () => {
  const unlock = lockFolder(folder, "first");
  expect(() => lockFolder(folder, "second")).toThrow(
    `process ${process.pid} of the machine first has it. Wait for it, or, where it does not run any more, take ${join(folder, "run.lock")} away.`,
  );
  expect(readdirSync(folder)).toEqual(["run.lock"]);
  unlock();
  lockedBy(`${2 ** 22} 1 x on first`);
  expect(() => lockFolder(folder, "second")).toThrow("the machine first");
  lockFolder(folder, "first")();
  expectFree();
});

test.skipIf(process.platform !== "linux")("a holder that runs is named", () => {
  const child = spawn("sleep", ["60"]);
  children.push(child);
  lockedBy(lockOf(child.pid ?? 0));
  expect(() => lockFolder(folder)).toThrow(`process ${child.pid} is writing there`);
  // As earlier versions wrote it, without the start of the machine.
  lockedBy(
    lockOf(child.pid ?? 0)
      .split(" ")
      .slice(0, 2)
      .join(" "),
  );
  expect(() => lockFolder(folder)).toThrow(`process ${child.pid} is writing there`);
});

test.skipIf(process.platform !== "linux")(
  "a holder that has ended and is only still in the table does not hold",
  async () => {
    lockedBy(lockOf(await parentOfZombie()));
    expectFree();
  },
);

test.skipIf(process.platform !== "linux")(
  "a holder of the same number that started at another time does not hold",
  () => {
    const child = spawn("sleep", ["60"]);
    children.push(child);
    const [pid = "", started = "", boot = ""] = lockOf(child.pid ?? 0).split(" ");
    lockedBy(`${pid} ${Number(started) - 1} ${boot}`);
    expectFree();
  },
);

test.skipIf(process.platform !== "linux")(
  "nor one from before the machine was started anew",
  () => {
    const child = spawn("sleep", ["60"]);
    children.push(child);
    const [pid = "", started = ""] = lockOf(child.pid ?? 0).split(" ");
    lockedBy(`${pid} ${started} 00000000-0000-0000-0000-000000000000`);
    expectFree();
  },
);

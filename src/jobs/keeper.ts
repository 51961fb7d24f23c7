import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROCESS = fileURLToPath(new URL("./keeper-process.js", import.meta.url));

/** A process that ends this one's jobs when their leases grow old, whatever has become of this one. */
export class Keeper {
  private readonly child: ChildProcess;

  /** @param limitSeconds a lease that is older may be somebody else's */
  constructor(limitSeconds: number) {
    this.child = spawn(process.execPath, [PROCESS, String(limitSeconds)], {
      // What freezes or ends everything of a terminal is not for it.
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.child.on("error", () => undefined);
    this.child.stdin?.on("error", () => undefined);
  }

  /** @param pid the leader of a job's processes @param age seconds since its lease was known to hold */
  heard(pid: number, age: number): void {
    this.child.stdin?.write(`${pid} ${age}\n`);
  }

  ended(pid: number): void {
    this.child.stdin?.write(`${pid} -\n`);
  }

  close(): void {
    this.child.stdin?.end();
  }
}

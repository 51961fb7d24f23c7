/** A folder for what is needed only while a query runs. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writingProblem } from "../sinks/file.js";

const NAME = "hellfact-query-";

/** A folder of this process's own; it is gone when the process ends, if that is not killed. */
export class Scratch {
  readonly folder: string;
  private readonly clear = () => rmSync(this.folder, { recursive: true, force: true });

  /** @param parent where it is made; made itself if it is not there. Throws a `HellfactError` */
  constructor(parent = tmpdir()) {
    try {
      mkdirSync(parent, { recursive: true });
      clearStale(parent);
      this.folder = mkdtempSync(join(parent, `${NAME}${process.pid}-`));
    } catch (error) {
      throw writingProblem(parent, error);
    }
    process.once("exit", this.clear);
  }

  close(): void {
    process.off("exit", this.clear);
    this.clear();
  }
}

/** What processes that were killed have left. */
function clearStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^hellfact-query-(\d+)-/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

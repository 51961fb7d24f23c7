/**
 * SQLite in WebAssembly locks a file by a folder beside it, which a process that is killed leaves
 * behind; the file then stays locked for ever. So each process that has it open leaves a note of
 * itself: where all of those are gone, the lock is nobody's.
 */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Notes that this process has a database open; returns how to let go of it. */
export function holdFile(file: string): () => void {
  if (file === ":memory:" || file === "") return () => undefined;
  const note = `${file}.open-${process.pid}`;
  writeFileSync(note, startOf(process.pid) ?? "");
  return () => rmSync(note, { force: true });
}

/** Takes a lock away if there are notes and every process that left one is gone. */
export function clearStaleLock(file: string): void {
  const lock = `${file}.lock`;
  if (!existsSync(lock)) return;
  const prefix = `${basename(file)}.open-`;
  const notes = readdirSync(dirname(file)).filter((name) => name.startsWith(prefix));
  const isHeld = notes.some((name) => {
    const start = startOf(Number(name.slice(prefix.length)));
    return start !== undefined && start === readFileSync(join(dirname(file), name), "utf8");
  });
  if (isHeld || notes.length === 0) return;
  for (const name of notes) rmSync(join(dirname(file), name), { force: true });
  rmdirSync(lock);
}

/** When a process started, for numbers come again; "" where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "");
    return fields.split(" ")[19] ?? "";
  } catch {
    return isRunning(pid) ? "" : undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

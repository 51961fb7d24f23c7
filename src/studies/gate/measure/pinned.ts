import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/** The cores that this process may run on; none where the system does not tell. */
export function allowedCores(): number[] {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return coresIn(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
  } catch {
    return [];
  }
}

/** The numbers in a list of the kernel's, such as `0-3,8`. */
export function coresIn(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first = NaN, last = first] = part === "" ? [] : part.split("-").map(Number);
    return Number.isInteger(first) && Number.isInteger(last)
      ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
      : [];
  });
}

/**
 * Lets a process and all threads that it has, or ever will have, run on one core alone (`taskset` of
 * util-linux). Where there is no such command the process runs where the system puts it.
 */
export function pinned(pid: number | undefined, core: number): Promise<void> {
  if (pid === undefined) return Promise.resolve();
  return new Promise((done) => {
    const words = ["-a", "-p", "-c", String(core), String(pid)];
    execFile("taskset", words, () => done());
  });
}

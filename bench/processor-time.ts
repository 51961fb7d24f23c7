import { readdirSync, readFileSync } from "node:fs";

/** As of `getconf CLK_TCK`, which is 100 on all Linux that there is. */
const TICKS_PER_SECOND = 100;

/** Processor seconds of processes and all that they started. */
export function cpuOf(pids: readonly number[]): number {
  const stats = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? statOf(name) : []));
  let family = stats.filter(({ pid }) => pids.includes(pid));
  let seconds = 0;
  while (family.length > 0) {
    seconds += family.reduce((sum, one) => sum + one.seconds, 0);
    const parents = new Set(family.map(({ pid }) => pid));
    family = stats.filter(({ parent }) => parents.has(parent));
  }
  return seconds;
}

function statOf(pid: string): { pid: number; parent: number; seconds: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    return [{ pid: Number(pid), parent: Number(fields[1]), seconds }];
  } catch {
    return []; // it has ended meanwhile
  }
}

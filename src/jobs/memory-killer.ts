/** How often the kernel's memory killer has struck, where the kernel tells. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface MemoryKills {
  readonly count: number;
  /** Whose: those of this control group, or of the whole machine. */
  readonly of: "cgroup" | "machine";
}

/**
 * Counts `oom_kill` in memory.events of this process's control group (version 2), in its memory.oom_control (version
 * 1), or else in /proc/vmstat. `undefined` where none of them is there.
 */
export function memoryKills(root = "/"): MemoryKills | undefined {
  const groups = textOf(join(root, "proc/self/cgroup")) ?? "";
  const unified = /^0::(.*)$/m.exec(groups)?.[1];
  const memory = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(groups)?.[1];
  const files = [
    // In a container the group that is named may be seen as the root.
    ...(unified === undefined ? [] : [unified, "/"]).map((group) => `${group}/memory.events`),
    ...(memory === undefined ? [] : [memory, "/"]).map(
      (group) => `memory${group}/memory.oom_control`,
    ),
  ];
  for (const file of files) {
    const count = countIn(textOf(join(root, "sys/fs/cgroup", file)));
    if (count !== undefined) return { count, of: "cgroup" };
  }
  const count = countIn(textOf(join(root, "proc/vmstat")));
  return count === undefined ? undefined : { count, of: "machine" };
}

function countIn(text: string | undefined): number | undefined {
  const count = /^oom_kill (\d+)$/m.exec(text ?? "")?.[1];
  return count === undefined ? undefined : Number(count);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { memoryKills } from "./memory-killer.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-kills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function machine(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

test("control groups of version 2 say it in memory.events, also where the group is seen as the root", () => {
  const events = "low 0\nhigh 0\nmax 7\noom 4\noom_kill 3\noom_group_kill 0\n";
  const inside = { "proc/self/cgroup": "0::/user/job\n" };
  const own = { ...inside, "sys/fs/cgroup/user/job/memory.events": events };
  const container = { ...inside, "sys/fs/cgroup/memory.events": events };
  expect(memoryKills(machine("own", own))).toEqual({ count: 3, of: "cgroup" });
  expect(memoryKills(machine("container", container))).toEqual({ count: 3, of: "cgroup" });
});

test("those of version 1 in memory.oom_control, and without any the machine does", () => {
  const version1 = machine("1", {
    "proc/self/cgroup": "12:cpu,cpuacct:/a\n4:memory:/b\n",
    "sys/fs/cgroup/memory/b/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
  });
  const none = machine("none", { "proc/vmstat": "pgfault 5\noom_kill 9\nx 1\n" });
  expect(memoryKills(version1)).toEqual({ count: 2, of: "cgroup" });
  expect(memoryKills(none)).toEqual({ count: 9, of: "machine" });
  expect(memoryKills(join(folder, "elsewhere"))).toBeUndefined();
});

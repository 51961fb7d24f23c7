/** A job that takes more memory than there is, in a control group of its own: the kernel ends it, and the queue says so. */
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { shell } from "../../testing/command.js";

const ROOT = "/sys/fs/cgroup";
/** A queue and a job need less; what grows without end does not. */
const LIMIT_BYTES = 400_000_000;

/** Makes a control group with little memory, of version 1 or 2; or says why there can be none. */
function smallGroup(): string | { readonly path: string } {
  const isFirst = existsSync(join(ROOT, "memory/memory.limit_in_bytes"));
  const path = join(ROOT, isFirst ? "memory" : "", `hellfact-test-${process.pid}`);
  try {
    mkdirSync(path);
  } catch {
    return "no control group can be made here";
  }
  try {
    writeFileSync(join(path, isFirst ? "memory.limit_in_bytes" : "memory.max"), `${LIMIT_BYTES}`);
    // Else it would go on there.
    const swap = isFirst ? undefined : join(path, "memory.swap.max");
    if (swap !== undefined && existsSync(swap)) writeFileSync(swap, "0");
    return { path };
  } catch {
    rmdirSync(path);
    return "memory of a control group cannot be limited here";
  }
}

test("that the kernel's memory killer ended a job is said, and the others go on", async ({
  skip,
}) => {
  const group = smallGroup();
  if (typeof group === "string") return skip(group);
  const folder = mkdtempSync(join(tmpdir(), "hellfact-memory-"));
  try {
    writeFileSync(
      join(folder, "jobs.yaml"),
      `
stages:
  eat: {permits: 1, retries: 0, run: "node -e 'const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))'"}
  other: {permits: 1, run: "echo done > {output}", output: other}
`,
    );
    const line = `echo $$ > ${group.path}/cgroup.procs && hellfact queue jobs.yaml --quiet`;
    const { code, stderr } = await shell(line, { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "eat failed (signal SIGKILL, by the kernel's memory killer, as its control group says: oom_kill)",
    );
    expect(existsSync(join(folder, "other"))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    // The kernel lets go of those that ended a moment later.
    for (let tried = 0; existsSync(group.path) && tried < 50; tried++) {
      try {
        rmdirSync(group.path);
      } catch {
        await setTimeout(100);
      }
    }
  }
});

/**
 * The kernel's own throttle of a block device, for this process and its children: cgroup v1 `blkio` or
 * v2 `io.max`. Linux alone has it, and root alone may set it.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

export interface BlockThrottle {
  /** What throttles, for people. */
  readonly name: string;
  /** Bytes per second that may be written; `null` for no limit. */
  limit(bytesPerSecond: number | null): void;
  /** Leaves everything as it was. */
  remove(): Promise<void>;
}

interface Controller {
  readonly name: string;
  readonly root: string;
  readonly limitFile: string;
  readonly rule: (device: string, bytesPerSecond: number | null) => string;
}

const V1: Controller = {
  name: "cgroup v1 blkio",
  root: "/sys/fs/cgroup/blkio",
  limitFile: "blkio.throttle.write_bps_device",
  rule: (device, rate) => `${device} ${rate ?? 0}`,
};
const V2: Controller = {
  name: "cgroup v2 io.max",
  root: "/sys/fs/cgroup",
  limitFile: "io.max",
  rule: (device, rate) => `${device} wbps=${rate ?? "max"}`,
};

/**
 * Puts this process where the device of a folder can be throttled, without a limit at first. Throws an
 * `Error` that says why this machine does not let one do that.
 */
export function blockThrottle(folder: string): BlockThrottle {
  const device = deviceOf(folder);
  const controller = controllerHere();
  const group = join(controller.root, `hellfact-${process.pid}`);
  attempt("a group cannot be made", () => mkdirSync(group));
  const enter = (place: string) => writeFileSync(join(place, "cgroup.procs"), `${process.pid}`);
  const limit = (bytesPerSecond: number | null) =>
    writeFileSync(join(group, controller.limitFile), controller.rule(device, bytesPerSecond));
  const remove = async () => {
    enter(controller.root);
    await removeGroup(group);
  };
  try {
    limit(null);
    enter(group);
  } catch (error) {
    rmdirSync(group);
    throw new Error(`${controller.name} does not take ${device}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return { name: `${controller.name} on device ${device}`, limit, remove };
}

/** Removes a group; children that are about to be gone may still be in it. */
async function removeGroup(group: string): Promise<void> {
  for (let attempts = 0; attempts < 50; attempts++) {
    try {
      rmdirSync(group);
      return;
    } catch {
      await setTimeout(100);
    }
  }
  console.error(`${group} is still in use: remove it with rmdir`);
}

function controllerHere(): Controller {
  if (process.platform !== "linux") throw new Error(`${process.platform} has no cgroups`);
  if (existsSync(join(V1.root, V1.limitFile))) return V1;
  const controllers = join(V2.root, "cgroup.controllers");
  if (!existsSync(controllers)) throw new Error("there is neither cgroup v1 blkio nor v2");
  if (!readFileSync(controllers, "utf8").split(/\s/).includes("io")) {
    throw new Error("cgroup v2 has no io controller here");
  }
  attempt("cgroup v2 io cannot be switched on", () =>
    writeFileSync(join(V2.root, "cgroup.subtree_control"), "+io"),
  );
  return V2;
}

/** `major:minor` of the whole disk that a folder is on: partitions cannot be throttled. */
function deviceOf(folder: string): string {
  const { dev } = statSync(folder);
  // As glibc's gnu_dev_major and gnu_dev_minor take a device number apart.
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
  const own = `/sys/dev/block/${major}:${minor}`;
  if (!existsSync(own)) throw new Error(`${folder} is on no block device (${major}:${minor})`);
  const disk = existsSync(join(own, "partition")) ? join(own, "..", "dev") : join(own, "dev");
  return readFileSync(disk, "utf8").trim();
}

function attempt(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new Error(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

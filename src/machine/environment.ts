import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import type { EnvironmentFingerprint } from "../results/environment.js";

/** Where and with what a comparison is made. */
export function environmentFingerprint(libraries: readonly string[]): EnvironmentFingerprint {
  return {
    toolVersion: toolVersion(),
    cpuModel: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    cpuQuota: cpuQuota(),
    memoryBytes: totalmem(),
    platform: process.platform,
    kernel: release(),
    architecture: process.arch,
    node: process.versions.node,
    v8: process.versions.v8,
    runtimeFlags: [
      ...process.execArgv,
      ...(process.env["NODE_OPTIONS"]?.split(/\s+/) ?? []),
    ].filter((flag) => flag !== ""),
    libraries: Object.fromEntries(
      libraries.map((name) => [name, packageVersion(name) ?? "not installed"]),
    ),
  };
}

/** This package's own version. */
export function toolVersion(): string {
  return versionOf(import.meta.dirname, "hellfact") ?? "unknown";
}

/** The installed version of a package that this one depends on. */
export function packageVersion(name: string): string | undefined {
  try {
    return versionOf(dirname(createRequire(import.meta.url).resolve(name)), name);
  } catch {
    return undefined;
  }
}

/** Looks upwards from `folder` for the package.json of `name`. */
function versionOf(folder: string, name: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    try {
      const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as {
        name?: string;
        version?: string;
      };
      if (manifest.name === name) return manifest.version;
    } catch {
      // not a package's folder: look further up
    }
    if (here === dirname(here)) return undefined;
  }
}

/** Cores that this process may keep busy, a quota of the control group included. */
export function usableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(cpuQuota() ?? Infinity)));
}

/** Cores' worth of processor time that the control group allows (version 2, else version 1). */
function cpuQuota(): number | null {
  try {
    const [quota, period] = readFileSync("/sys/fs/cgroup/cpu.max", "utf8").split(" ").map(Number);
    if (quota !== undefined && period !== undefined) return quota > 0 ? quota / period : null;
  } catch {
    // no version 2 here
  }
  try {
    const folder = "/sys/fs/cgroup/cpu/";
    const quota = Number(readFileSync(`${folder}cpu.cfs_quota_us`, "utf8"));
    const period = Number(readFileSync(`${folder}cpu.cfs_period_us`, "utf8"));
    return quota > 0 ? quota / period : null;
  } catch {
    return null;
  }
}

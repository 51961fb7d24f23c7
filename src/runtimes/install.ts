import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { HellfactError, InputError } from "../core/errors.js";
import { guard } from "../process/guardian.js";
import { binaryIn, packageOf, type Family } from "./families.js";

/**
 * Installs the newest release that begins with `version` into a cache, from npm's registry. The
 * package is installed beside and then renamed, so a cache holds it whole or not at all.
 *
 * Rejects with an `InputError` if there is no such version, and with a `HellfactError` if the
 * registry cannot be reached.
 *
 * @returns the version that is there now
 */
export async function installRuntime(
  cache: string,
  family: Family,
  version: string,
  signal?: AbortSignal,
): Promise<string> {
  const name = packageOf(family);
  if (name === undefined) {
    throw new InputError(
      `${family}: npm has none for ${process.platform} on ${process.arch}. Give the path of a binary.`,
    );
  }
  mkdirSync(cache, { recursive: true });
  clearUnfinished(cache);
  const folder = mkdtempSync(join(cache, `unfinished-${process.pid}-`));
  try {
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const words = ["install", "--prefix", folder, ...QUIETLY, `${name}@${version || "latest"}`];
    const { code, errorOutput } = await run("npm", words, signal);
    if (code !== 0) throw problemOf(family, version, errorOutput);
    const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
    const { version: found } = JSON.parse(manifest) as { version: string };
    if (!existsSync(join(folder, binaryIn(family)))) {
      throw new HellfactError(`${name}@${found} has no ${binaryIn(family)}: it has moved.`);
    }
    const place = join(cache, `${family}@${found}`);
    // Another process may have put it there meanwhile: one is as good as the other.
    if (!existsSync(place)) renameSync(folder, place);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const QUIETLY = [
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--no-package-lock",
  "--loglevel=error",
];

/** Removes what processes left behind that were killed while they installed. */
function clearUnfinished(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /^unfinished-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What went wrong, in npm's codes, and what to do about it. */
function problemOf(family: Family, version: string, errorOutput: string): HellfactError {
  const code = /npm error code (\w+)/.exec(errorOutput)?.[1] ?? "";
  const asked = version === "" ? family : `${family}@${version}`;
  if (code === "ETARGET" || code === "E404") {
    return new InputError(`${asked}: there is no such version.`);
  }
  if (
    /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ERR_SOCKET\w*|EHOSTUNREACH|ENETUNREACH)$/.test(code)
  ) {
    return new HellfactError(`${asked}: npm's registry cannot be reached (${code}).`);
  }
  const said = errorOutput
    .split("\n")
    .find((line) => line.startsWith("npm error") && !/ code /.test(line));
  return new HellfactError(
    `${asked}: npm did not install it: ${said?.replace("npm error ", "") ?? (code || "it did not say why")}.`,
  );
}

function run(
  program: string,
  words: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; errorOutput: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, words, {
      stdio: ["ignore", "ignore", "pipe"],
      ...(signal !== undefined && { signal }),
    });
    guard(child);
    let errorOutput = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errorOutput += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      fail(
        error.code === "ENOENT"
          ? new HellfactError(
              "npm is not here to install runtimes with. Give the path of a binary.",
            )
          : error,
      );
    });
    child.on("close", (code) => done({ code, errorOutput }));
  });
}

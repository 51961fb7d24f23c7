/**
 * Asks publint and attw what they think of a packed package, for resolvers that know ES modules: others are not
 * promised anything.
 *
 *   npm pack && node packaging/check.mjs hellfact-0.1.0.tgz
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const [tarball] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "hellfact-check-"));
try {
  execFileSync("tar", ["-xzf", tarball, "-C", folder]);
  const home = join(folder, "package");
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const { messages } = await publint({ pkgDir: home, pack: false, strict: true });
  const told = messages.map((message) => `publint: ${formatMessage(message, manifest)}`);

  const types = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(tarball))),
    {
      excludeEntrypoints: [
        "./fast-gzip/kernel.wasm",
        "./fast-gzip/inflate.wasm",
        "./package.json",
        /^\.\/schemas\//,
      ],
    },
  );
  if (types.types === false) told.push("attw: it has no types");
  for (const problem of types.problems ?? []) {
    const { kind, resolutionKind } = problem;
    if (resolutionKind === "node10" || resolutionKind === "node16-cjs") continue;
    told.push(`attw: ${kind} ${JSON.stringify(problem)}`);
  }
  for (const line of told) console.error(line);
  if (told.length > 0) process.exitCode = 1;
  else console.log("publint and attw have nothing to say");
} finally {
  rmSync(folder, { recursive: true });
}

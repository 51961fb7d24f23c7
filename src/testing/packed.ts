/** The package as it is packed, and a project that has it without its optional dependencies. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Packed {
  /** The folder that holds everything, to be removed in the end. */
  readonly folder: string;
  readonly tarball: string;
  /** A project in whose `node_modules` the package is, with what it cannot do without. */
  readonly project: string;
}

/**
 * Packs a copy of what was built, and puts it into an empty project beside links to those of its
 * dependencies that are not optional: what `npm install --ignore-scripts --omit=optional` would put there,
 * without asking a registry.
 */
export function packed(): Packed {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-packed-"));
  const copy = join(folder, "package");
  const manifest = manifestOf(root);
  for (const path of [
    "package.json",
    "README.md",
    "LICENSE",
    "dist",
    "schemas",
    ...manifest.files,
  ]) {
    // A pattern, or what is made as it is packed.
    const isThere = !/[*!]/.test(path) && existsSync(join(root, path));
    if (isThere) cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  execFileSync(process.execPath, [join(root, "packaging/trim.mjs"), copy]);
  const words = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  execFileSync("npm", words, { cwd: copy, encoding: "utf8" });
  const tarball = join(folder, `hellfact-${manifest.version}.tgz`);
  const project = join(folder, "project");
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "hellfact"), { recursive: true });
  const into = join(modules, "hellfact");
  execFileSync("tar", ["-xzf", tarball, "-C", into, "--strip-components", "1"]);
  for (const name of neededPackages()) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  return { folder, tarball, project };
}

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** Packages that are there without `dev` and `optional` ones, as the lock file has them; types of Node, too. */
function neededPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages).flatMap(([path, { dev, optional, devOptional }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    const isNeeded = dev !== true && optional !== true && devOptional !== true;
    const isThere = name !== undefined && (isNeeded || TYPES.includes(name));
    return isThere && existsSync(join(root, path)) ? [name] : [];
  });
}

/** What a strict program needs for its own types. */
const TYPES = ["@types/node", "undici-types"];

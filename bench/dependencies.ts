/**
 * Says which licences the packages have that users install, which of them run scripts when they are installed, and what
 * the registry knows against them.
 *
 *   npm run check:dependencies [-- --tell]
 *
 * A licence or a script that nobody allowed is an error: both only change with package-lock.json. So is an
 * advisory of high severity against what users install, but for `--tell`, since it comes from outside and at any time.
 * Advisories against what only developers install are told. So is that no registry answered.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const LICENCES = [
  "MIT",
  "ISC",
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Unlicense",
  "CC0-1.0",
];
const PATIENCE_MILLISECONDS = 60_000;

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Readonly<Record<string, Package>>;
};
const { allowScripts = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
  allowScripts?: Readonly<Record<string, boolean>>;
};
const installed = Object.entries(packages).filter(([path]) => path !== "");
const users = installed.filter(([, { dev }]) => dev !== true);
const isTold = process.argv.includes("--tell");

const unknown = users.filter(([, { license }]) => !isAllowed(license));
for (const [path, { license }] of unknown)
  console.log(`${nameOf(path)}: licence ${license ?? "not said"}`);
console.log(
  `${users.length} packages for users: ${users.length - unknown.length} with a known licence.`,
);

const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
const surprising = scripts
  .map(([path]) => nameOf(path))
  .filter((name) => allowScripts[name] !== true);
for (const name of surprising)
  console.log(`${name}: runs a script when it is installed, which nobody allowed`);
console.log(
  `${scripts.length} run a script when they are installed: ${scripts.map(([path]) => nameOf(path)).join(", ")}.`,
);

const against = { users: advisories("--omit=dev"), all: advisories() };
tell("what users install", against.users);
tell("all that is installed", against.all);
const severe = (against.users?.high ?? 0) + (against.users?.critical ?? 0);
process.exitCode = unknown.length + surprising.length + (isTold ? 0 : severe) > 0 ? 1 : 0;

/** Any of several alternatives, and each of several that hold together. */
function isAllowed(license = ""): boolean {
  const known = (text: string) => LICENCES.includes(text.replace(/[()]/g, "").trim());
  return license.split(" OR ").some((one) => one.split(" AND ").every(known));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** How many there are by severity; nothing where no registry answers. */
function advisories(...words: string[]): Readonly<Record<string, number>> | undefined {
  const { stdout } = spawnSync("npm", ["audit", "--json", ...words], {
    encoding: "utf8",
    timeout: PATIENCE_MILLISECONDS,
  });
  try {
    const { metadata } = JSON.parse(stdout) as {
      metadata?: { vulnerabilities: Readonly<Record<string, number>> };
    };
    return metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}

function tell(what: string, found: Readonly<Record<string, number>> | undefined): void {
  if (found === undefined) {
    console.log(`No registry answered: advisories against ${what} were not looked for.`);
    return;
  }
  const some = Object.entries(found).filter(([name, count]) => name !== "total" && count > 0);
  const text = some.map(([name, count]) => `${count} ${name}`).join(", ");
  console.log(`Advisories against ${what}: ${text === "" ? "none" : text}.`);
}

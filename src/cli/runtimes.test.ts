import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ResultDocument } from "../studies/compare/document.js";
import { binaryIn, packageOf } from "../runtimes/families.js";
import { hellfact } from "../testing/command.js";
import { loadResults } from "../studies/compare/load.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-runtimes-"));
const QUICK = ["--trials", "1", "--budget", "10ms", "--facts", "20", "--quiet"];
/** A registry that nobody is at: no test waits for a network. */
const NO_NETWORK = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };

describe("bench --runtime", () => {
  test("measures under each binary and configuration, and says what is not to be had", async () => {
    const binary = join(folder, "other-node");
    symlinkSync(process.execPath, binary);
    const notOne = join(folder, "not-one");
    writeFileSync(notOne, "#!/bin/sh\necho hello\n");
    chmodSync(notOne, 0o755);
    const { code, stdout, stderr } = await hellfact([
      ...["bench", ...QUICK, "--codec", "json,protobuf", "--compress", "none", "--json"],
      ...[
        "--direction",
        "write,read",
        "--out",
        join(folder, "out"),
        "--configuration",
        "default,no-opt,shared",
      ],
      ...["--runtime", `${binary},${notOne},rust,${join(folder, "missing")}`],
    ]);
    expect(stderr).toContain(`${notOne}: it runs, and is no JavaScript runtime`);
    expect(stderr).toContain('unknown runtime "rust"');
    expect(stderr).toContain("missing: there is no such file");
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as ResultDocument;
    const name = `node@${process.versions.node}`;
    const { runtimes } = document.environment;
    expect(runtimes?.map((runtime) => runtime.name)).toEqual([
      name,
      `${name} no-opt`,
      `${name} shared`,
    ]);
    expect(runtimes?.[2]?.sharedWith).toEqual(["json", "protobuf"]);
    expect(document.scenarios.map(({ status }) => status)).toEqual(Array(12).fill("ok"));
    expect(document.warnings.join(" ")).toContain('unknown runtime "rust"');
    // What one runtime writes, the others do not write over.
    const [run = ""] = readdirSync(join(folder, "out")).filter((entry) => entry !== "latest.json");
    const files = readdirSync(join(folder, "out", run));
    expect(files.filter((file) => file.endsWith(".json.ndjson")).length).toBe(3);

    const report = await hellfact(["report", "--out", join(folder, "out")]);
    expect(report.stdout).toMatch(/^ json +- +no-opt +\d/m);
  });

  test.each([
    ["no-opt", ["--verdict"], "what binds writing"],
    ["semi-space=16", ["--causal", "--sweep", "level=1,2"], "what a delay does"],
  ])("%s takes %s, and finds it out under each", async (configuration, words, title) => {
    const out = join(folder, `studied${words.length}`);
    const { code, stdout } = await hellfact([
      ...["bench", ...QUICK, "--codec", "json", "--compress", "gzip:1", "--direction", "write"],
      ...["--configuration", `default,${configuration}`, "--out", out, ...words],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(title);
    const { scenarios } = loadResults(join(out, "latest.json"));
    expect(new Set(scenarios.map(({ runtime }) => runtime)).size).toBe(2);
    for (const { verdict, causal, status } of scenarios) {
      expect(status).toBe("ok");
      expect(verdict ?? causal).toBeDefined();
    }
    const [run = ""] = readdirSync(out).filter((entry) => entry !== "latest.json");
    expect(readFileSync(join(out, run, "report.html"), "utf8")).toContain(` ${configuration}`);
  });

  test("a codec that does not load there is unavailable, with the reason from there", async () => {
    // A runtime whose native packages were not built for it.
    const hook = join(folder, "hook.mjs");
    writeFileSync(
      hook,
      `import { registerHooks, register } from "node:module";
       register("data:text/javascript," + encodeURIComponent(\`export const resolve = (name, context, next) => {
         if (name === "simdjson") throw new Error("was compiled against a different Node.js version");
         return next(name, context);
       }\`));`.replace("registerHooks, ", ""),
    );
    const binary = join(folder, "picky-node");
    writeFileSync(binary, `#!/bin/sh\nexec "${process.execPath}" --import "${hook}" "$@"\n`);
    chmodSync(binary, 0o755);
    const { code, stdout } = await hellfact([
      ...["bench", ...QUICK, "--codec", "json,simdjson", "--compress", "none", "--json"],
      ...[
        "--direction",
        "read",
        "--sink",
        "null",
        "--out",
        join(folder, "picky"),
        "--runtime",
        binary,
      ],
    ]);
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(stdout) as ResultDocument;
    expect(scenarios.map(({ codec, status }) => [codec, status])).toEqual([
      ["json", "ok"],
      ["simdjson", "unavailable"],
    ]);
    expect(scenarios[1]?.reason).toContain("different Node.js version");
  });

  test("where no runtime is to be had it is one line and exit code 2", async () => {
    const { code, stderr } = await hellfact(["bench", "--runtime", "rust", "--out", folder]);
    expect(stderr).toMatch(/^hellfact: unknown runtime "rust"[^\n]*\n$/);
    expect(code).toBe(2);
  });
});

describe.skipIf(packageOf("node") === undefined)("hellfact runtimes", () => {
  const out = join(folder, "cached");
  const version = "22.99.1";

  test("lists and removes what is in the cache", async () => {
    const binary = join(out, "runtimes", `node@${version}`, binaryIn("node"));
    mkdirSync(dirname(binary), { recursive: true });
    copyFileSync("/bin/sh", binary);
    const listed = await hellfact(["runtimes", "list", "--out", out]);
    expect(listed.stdout).toContain(`node@${version}`);
    const wrong = await hellfact(["runtimes", "remove", "bun", "--out", out]);
    expect(wrong.stderr).toBe(`hellfact: bun is not in the cache; there is node@${version}.\n`);
    expect(wrong.code).toBe(2);
    const removed = await hellfact(["runtimes", "remove", "node@22", "--out", out]);
    expect(removed.stdout).toContain("No runtimes in");
    expect(readdirSync(join(out, "runtimes"))).toEqual([]);
  });

  test("says in one line that there is no registry, and leaves nothing half-installed", async () => {
    const { code, stderr } = await hellfact(["runtimes", "add", "bun@0", "--out", out, "--quiet"], {
      env: NO_NETWORK,
    });
    expect(stderr).toMatch(
      /^hellfact: bun@0: npm's registry cannot be reached \([^\n]*There is node@/,
    );
    expect(stderr.trim().split("\n").length).toBe(1);
    expect(code).toBe(1);
    expect(readdirSync(join(out, "runtimes"))).toEqual([]);
  });
});

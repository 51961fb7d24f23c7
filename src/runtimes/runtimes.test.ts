import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { withConfigurations, parseConfiguration } from "./configurations.js";
import { cachedRuntimes, findCached, removeCached } from "./cache.js";
import { binaryIn, packageOf } from "./families.js";
import type { Runtime } from "./runtime.js";
import { satisfies, wantedRuntime } from "./wanted.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-runtimes-"));

function runtime(name: string, engine: string): Runtime {
  const [family = "", version = ""] = name.split("@");
  return {
    ...{ name, family: family as Runtime["family"], version, engine, binary: "" },
    ...{ flags: ["run"], environment: {} },
  };
}

describe("what a person asks for", () => {
  test.each([
    ["node@24", { kind: "release", family: "node", version: "24" }],
    ["bun", { kind: "release", family: "bun", version: "" }],
    ["./node", { kind: "path", path: "./node" }],
    ["/opt/deno", { kind: "path", path: "/opt/deno" }],
  ])("%s", (text, wanted) => {
    expect(wantedRuntime(text)).toEqual(wanted);
  });

  test.each([
    ["nod@24", 'unknown runtime "nod@24". Did you mean node?'],
    ["node@", "after node@ stands a version or its beginning, such as node@24"],
    ["deno@two", "such as deno@2."],
    ["node@1.2.3.4", "after node@ stands a version"],
  ])("%s is refused with what would be right", (text, message) => {
    expect(() => wantedRuntime(text)).toThrow(message);
  });

  test("the beginning of a version is told apart from its digits", () => {
    expect(satisfies("24.21.0", "24")).toBe(true);
    expect(satisfies("24.21.0", "24.2")).toBe(false);
    expect(satisfies("24.21.0", "2")).toBe(false);
    expect(satisfies("24.21.0", "")).toBe(true);
  });
});

describe.skipIf(packageOf("node") === undefined)("a cache", () => {
  const cache = join(folder, "cache");
  const put = (name: string) => {
    const binary = join(cache, name, binaryIn("node"));
    mkdirSync(dirname(binary), { recursive: true });
    writeFileSync(binary, "");
    chmodSync(binary, 0o755);
  };

  test("holds what is whole, newest first by number, and lets go of it", () => {
    for (const name of ["node@22.9.0", "node@22.10.0", "node@24.1.0", "unfinished-1-x"]) put(name);
    mkdirSync(join(cache, "node@26.0.0")); // without its binary
    expect(cachedRuntimes(cache).map(({ version }) => version)).toEqual([
      "24.1.0",
      "22.10.0",
      "22.9.0",
    ]);
    const found = findCached(cache, "node", "22");
    expect(found?.version).toBe("22.10.0");
    if (found !== undefined) removeCached(found);
    expect(findCached(cache, "node", "22")?.version).toBe("22.9.0");
    expect(existsSync(join(cache, "node@22.10.0"))).toBe(false);
  });
});

describe("configurations", () => {
  const options = { cacheFolder: "/cache", codecs: ["json", "msgpackr"] };
  const node20 = runtime("node@20.20.2", "V8 11.3.244.8");
  const node24 = runtime("node@24.21.0", "V8 13.6.233.17");
  const deno = runtime("deno@2.9.6", "V8 15.0.245.2");
  const bun = runtime("bun@1.4.5", "JavaScriptCore d6375c72a");

  test("become what each runtime understands", () => {
    const configurations = ["default", "no-opt", "semi-space=64"].map(parseConfiguration);
    const { runtimes, problems } = withConfigurations(
      [node20, node24, deno, bun],
      configurations,
      options,
    );
    expect(
      runtimes.map(({ name, flags, environment }) => [name, flags.slice(1), environment]),
    ).toEqual([
      ["node@20.20.2", [], {}],
      ["node@20.20.2 no-opt", ["--no-opt"], {}],
      ["node@20.20.2 semi-space=64", ["--max-semi-space-size=64"], {}],
      ["node@24.21.0", [], {}],
      ["node@24.21.0 no-opt", ["--no-opt", "--no-maglev"], {}],
      ["node@24.21.0 semi-space=64", ["--max-semi-space-size=64"], {}],
      ["deno@2.9.6", [], {}],
      ["deno@2.9.6 no-opt", ["--v8-flags=--no-opt,--no-maglev"], {}],
      ["deno@2.9.6 semi-space=64", ["--v8-flags=--max-semi-space-size=64"], {}],
      ["bun@1.4.5", [], {}],
      ["bun@1.4.5 no-opt", [], { BUN_JSC_useDFGJIT: "0" }],
    ]);
    expect(problems).toEqual(["bun@1.4.5 has no semi-space=64."]);
  });

  test("that no runtime has are an error; one that some have is a problem of the others", () => {
    const configurations = [parseConfiguration("compile-cache")];
    expect(() => withConfigurations([node20, bun], configurations, options)).toThrow(
      "Node has it from 22.1 on",
    );
    const { runtimes } = withConfigurations([node20, node24], configurations, options);
    expect(runtimes.map(({ environment }) => environment)).toEqual([
      { NODE_COMPILE_CACHE: "/cache" },
    ]);
  });

  test.each(["jit", "semi-space", "semi-space=0", "jitless=3", ""])("%j is none", (text) => {
    expect(() => parseConfiguration(text)).toThrow(
      "is no configuration: there are default, jitless",
    );
  });
});

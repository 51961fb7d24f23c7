/** The package as its users get it. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packed, type Packed } from "./testing/packed.js";

const root = resolve(import.meta.dirname, "..");
/** What grows it beyond is to earn its place. */
const MAX_PACKED_BYTES = 517_000;

/** It takes a minute or two: HELLFACT_LONG=1 runs it. */
const isLong = process.env["HELLFACT_LONG"] === "1";

let made: Packed;
let home = "";
beforeAll(() => {
  if (!isLong) return;
  made = packed();
  home = join(made.project, "node_modules/hellfact");
});
afterAll(() => {
  if (isLong) rmSync(made.folder, { recursive: true, force: true });
});

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );

test.runIf(isLong)("it is small, and has no map without its source", () => {
  expect(statSync(made.tarball).size).toBeLessThan(MAX_PACKED_BYTES);
  expect(filesOf(home).filter((name) => /\.map$|\.test\.|(?:^|\/)bench\//.test(name))).toEqual([]);
});

test.runIf(isLong)("links between its pages lead somewhere", () => {
  const pages = filesOf(home).filter((name) => name.endsWith(".md"));
  expect(pages).toEqual(["README.md"]);
  const dead = pages.flatMap((page) => {
    const text = readFileSync(join(home, page), "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
    return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(home, dirname(page), target)))
      .map((target) => `${page}: ${target}`);
  });
  expect(dead).toEqual([]);
  const readme = readFileSync(join(home, "README.md"), "utf8");
  expect(readme).toContain("the gate (`docs/gate.md`)");
  expect(readme).toContain("\nnpx hellfact bench\n");
  expect(readme).not.toContain("npm ci");
});

test.runIf(isLong)("what it offers to programs is what docs/api.md says", () => {
  const check = spawnSync(process.execPath, ["packaging/api.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(check.stderr).toBe("");
  expect(check.status).toBe(0);
});

test.runIf(isLong)(
  "a strict program of a user compiles against it, and runs without optional packages",
  () => {
    const program = /```ts\n([^`]*from "hellfact";[^`]*)```/.exec(
      readFileSync(join(root, "docs/library.md"), "utf8"),
    )?.[1];
    writeFileSync(join(made.project, "package.json"), '{ "type": "module", "private": true }');
    writeFileSync(join(made.project, "program.ts"), program ?? "");
    writeFileSync(join(made.project, "subpaths.ts"), SUBPATHS);
    writeFileSync(
      join(made.project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          ...{ strict: true, module: "nodenext", target: "es2023", types: ["node"] },
          ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, outDir: "built" },
        },
      }),
    );
    const compiler = join(root, "node_modules/.bin/tsc");
    const compiled = spawnSync(compiler, ["-p", "."], { cwd: made.project, encoding: "utf8" });
    expect(compiled.stdout).toBe("");
    const output = execFileSync(process.execPath, ["built/program.js"], {
      cwd: made.project,
      encoding: "utf8",
    });
    expect(output).toContain("WRITE facts/s");
  },
);

/** A line or two for each part that can be imported alone. */
const SUBPATHS = `
import { compileReader, compileWriter } from "hellfact/compiled-json";
import { gzip } from "hellfact/fast-gzip";
import { DEFAULT_PROFILE, World, type HellFact } from "hellfact/generator";
import { SchemaInference, type JsonSchema } from "hellfact/schema";
import { Uniques } from "hellfact/sketches";

const fact: HellFact = new World(42, { ...DEFAULT_PROFILE, factBytes: 4000 }).fact(7);
const inference = new SchemaInference();
inference.observe(fact as never);
const schema: JsonSchema = inference.result().schema;
export const used = [compileReader, compileWriter, gzip, Uniques, schema];
`;

test.runIf(isLong)("it has every script that a module of it names by its place", () => {
  const missing = filesOf(join(home, "dist"))
    .filter((name) => name.endsWith(".js"))
    .flatMap((name) => {
      const code = readFileSync(join(home, "dist", name), "utf8");
      const places = code.matchAll(/new URL\([`"'](\.[^`"'$]+\.js)[`"'], ?import\.meta\.url\)/g);
      return [...places].map(([, place = ""]) => join("dist", dirname(name), place));
    })
    .filter((name) => !existsSync(join(home, name)));
  expect(missing).toEqual([]);
});

test.runIf(isLong)("a codec and its copy go through the gate as it is packed", () => {
  const codec = `export default {
    name: "own", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
    needsSchema: false, npmPackage: null, mode: "", losses: ["negative-zero"],
    abilities: ["encode", "decode"],
    open: () => ({ encode: (fact, out) => out.utf8(JSON.stringify(fact)),
      decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) }),
  };`;
  for (const name of ["a.mjs", "b.mjs"]) writeFileSync(join(made.project, name), codec);
  const words = ["gate", "--baseline", "a.mjs", "--candidate", "b.mjs", "--budget", "60s"];
  const main = join(home, "dist/src/cli/main.js");
  const done = spawnSync(process.execPath, [main, ...words, "--fact-size", "4KB", "--quiet"], {
    cwd: made.project,
    encoding: "utf8",
  });
  expect(done.stdout).toMatch(/^ (?:PASS|FAIL|\?\?\?\?) /m);
  expect(done.stderr).not.toContain("Cannot find module");
  expect([0, 1, 3]).toContain(done.status);
});

test.runIf(isLong)("npx hellfact bench --quick answers from an empty folder", () => {
  const words = ["bench", "--quick", "--codec", "json", "--compress", "none", "--trials", "1"];
  const main = join(home, "dist/src/cli/main.js");
  const done = spawnSync(process.execPath, [main, ...words, "--facts", "40", "--quiet"], {
    cwd: made.project,
    encoding: "utf8",
  });
  expect(done.stderr).not.toContain("hellfact:");
  expect(done.stdout).toMatch(/^ +json +#+ +[\d.]+/m);
  expect(done.status).toBe(0);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-compile-"));
afterAll(() => rmSync(folder, { recursive: true }));
const EVIL = `"];process.exit()//`;
const file = join(folder, "a.schema.json");
writeFileSync(
  file,
  JSON.stringify({ type: "object", properties: { [EVIL]: { type: "integer" } }, required: [EVIL] }),
);

test("prints code that holds a schema's keys as literals only", async () => {
  const { code, stdout } = await hellfact(["compile", file, "--print"]);
  expect(code).toBe(0);
  expect(stdout).toContain(String.raw`"\"];process.exit()\u002f\u002f"`);
  expect(stdout).not.toContain(EVIL);
});

test("writes a module that works where code from strings is forbidden", async () => {
  const output = join(folder, "writer.mjs");
  expect((await hellfact(["compile", file, "--output", output])).code).toBe(0);
  // As if installed: the library by its path.
  const library = pathToFileURL(
    resolve(import.meta.dirname, "../../dist/src/compiled-json/index.js"),
  );
  writeFileSync(
    output,
    readFileSync(output, "utf8").replaceAll("hellfact/compiled-json", library.href),
  );
  const slab = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/core/slab.js"));
  const user = `
    import { write } from ${JSON.stringify(pathToFileURL(output).href)};
    import { Slab } from ${JSON.stringify(slab.href)};
    const slab = new Slab(16);
    write({ ${JSON.stringify(EVIL)}: 12 }, slab);
    console.log(slab.buffer.toString("utf8", 0, slab.position));`;
  const words = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", user];
  const printed = execFileSync(process.execPath, words, { encoding: "utf8" });
  expect(printed.trim()).toBe(JSON.stringify({ [EVIL]: 12 }));
});

test("writes a module that a strict TypeScript program imports as the README shows", async () => {
  const project = join(folder, "project");
  mkdirSync(join(project, "node_modules"), { recursive: true });
  const root = resolve(import.meta.dirname, "../..");
  symlinkSync(root, join(project, "node_modules", "hellfact"));
  symlinkSync(join(root, "node_modules/@types"), join(project, "node_modules/@types"));
  expect((await hellfact(["compile", file, "--output", join(project, "writer.js")])).code).toBe(0);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { strict: true, module: "nodenext", target: "es2023", types: ["node"] },
      files: ["program.ts"],
    }),
  );
  writeFileSync(
    join(project, "program.ts"),
    `import { Slab, write } from "./writer.js";
const out = new Slab(1024);
write({ ${JSON.stringify(EVIL)}: 12 }, out);
process.stdout.write(out.buffer.subarray(0, out.position));`,
  );
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", project], { stdio: "inherit" });
  const printed = execFileSync(process.execPath, [join(project, "program.js")]);
  expect(printed.toString()).toBe(JSON.stringify({ [EVIL]: 12 }));
});

test.each([
  [["no-such-file", "--print"], "no-such-file: there is no such file."],
  [[file], "say --print"],
  [["broken.json", "--print"], "line 1, byte 8"],
  [["list.json", "--print"], "is no JSON Schema"],
])("says in one line what is wrong with %j", async (words, errorOutput) => {
  writeFileSync(join(folder, "broken.json"), '{"type":}');
  writeFileSync(join(folder, "list.json"), "[]");
  const { code, stderr } = await hellfact(["compile", ...words], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain(errorOutput);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

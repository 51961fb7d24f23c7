import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    readFileSync(output, "utf8").replace("hellfact/compiled-json", library.href),
  );
  const slab = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/pipeline/slab.js"));
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

test.each([
  [["no-such-file", "--print"], "cannot read no-such-file"],
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

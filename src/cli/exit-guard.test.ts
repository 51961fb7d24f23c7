/** No command exits with 0 without its result, whatever ends its process. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-exit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

/** The commands that the program itself lists. */
const { stdout: help } = await hellfact(["--help"]);
const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)]
  .map(([, name = ""]) => name)
  .filter((name) => name !== "help");

test("the program lists its commands", () => {
  expect(commands).toEqual(expect.arrayContaining(["bench", "gate", "generate", "run", "report"]));
});

test.each(commands)("where something ends the process, %s does not exit with 0", async (name) => {
  // As soon as the program guards itself, and before its command can be loaded.
  const hostile = file(
    "hostile.cjs",
    `const { on } = process;
    process.on = function (event, ...rest) {
      // Later than now, and earlier than anything that is waited for, in every Node.
      if (event === "exit" && new Error().stack.includes("/cli/")) queueMicrotask(() => process.exit(0));
      return on.call(this, event, ...rest);
    };`,
  );
  const { code, stdout, stderr } = await hellfact([name], {
    cwd: folder,
    env: { NODE_OPTIONS: `--require ${join(folder, hostile)}` },
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^hellfact: it ended before it had a result: [^\n]*\n$/);
});

const codec = (name: string, top: string, encode: string) =>
  file(
    `${name}.mjs`,
    `${top}
    let facts = 0;
    export default {
      name: "${name}", format: "json", fileExtension: "ndjson", framing: "newline", layout: "row",
      needsSchema: false, npmPackage: null, mode: "JSON", losses: ["negative-zero"],
      abilities: ["encode", "decode"],
      open: () => ({
        encode: (fact, out) => { facts += 1; ${encode} out.utf8(JSON.stringify(fact)); },
        decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
      }),
    };`,
  );
const fine = codec("fine", "", "");
const atImport = codec("import", "process.exit(0);", "");
const inTheMiddle = codec("middle", "", "if (facts > 900) process.exit(0);");

describe("a variant that ends its process is an error, and never a pass", () => {
  test.each<[string, string, string]>([
    ["the baseline, at import", atImport, fine],
    ["the candidate, at import", fine, atImport],
    ["the baseline, in the middle", inTheMiddle, fine],
    ["the candidate, in the middle", fine, inTheMiddle],
  ])("%s", async (_, baseline, candidate) => {
    for (const form of [[], ["--json"]]) {
      const { code, stdout, stderr } = await hellfact(
        [
          ...["gate", "--baseline", baseline, "--candidate", candidate, "--quiet"],
          ...["--junit", "gate.xml", "--fact-size", "4KB", ...form],
        ],
        { cwd: folder },
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^hellfact: [^\n]*its process died \(exit code 0\)\n$/);
      expect(readdirSync(folder)).not.toContain("gate.xml");
    }
  });
});

describe("a codec that ends its process leaves no half of a file and no exit code 0", () => {
  test.each(["import", "middle"])("%s", async (name) => {
    const words = ["generate", "--codec", `./${name}.mjs`, "--fact-size", "4KB", "--quiet"];
    const made = await hellfact([...words, "--facts", "5000", "--output", "facts.out"], {
      cwd: folder,
    });
    expect({ code: made.code, stdout: made.stdout }).toEqual({ code: 2, stdout: "" });
    expect(made.stderr).toMatch(/^hellfact: \S*: its process died \(exit code 0\)\.\n$/);
    expect(readdirSync(folder).filter((one) => one.startsWith("facts.out"))).toEqual([]);
  });

  test("one that is fine makes the same bytes as the tool's own", async () => {
    const words = ["generate", "--facts", "40", "--fact-size", "4KB", "--compress", "gzip"];
    const own = await hellfact([...words, "--codec", `./${fine}`], { cwd: folder });
    const builtIn = await hellfact([...words], { cwd: folder });
    expect(own.stdout.length).toBeGreaterThan(1000);
    expect(own.stdout).toBe(builtIn.stdout);
    const piped = await hellfact([...words, "--codec", `./${fine}`, "--output", "x.gz", "--json"], {
      cwd: folder,
    });
    expect(JSON.parse(piped.stdout)).toMatchObject({ output: "x.gz", facts: 40 });
  });
});

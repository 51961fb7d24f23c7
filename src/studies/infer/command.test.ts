import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { JsonSchema } from "../../core/json-schema.js";
import { hellfact, shell } from "../../testing/command.js";
import { refused } from "../../testing/refused.js";
import { realDocuments } from "../../testing/shared-data.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-infer-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const facts = [
  { id: 1, tags: [], m: { "7": 1 } },
  { id: 2, tags: ["a"], m: {}, u: 1 },
  { id: 3, tags: ["a"], m: {}, u: "a" },
];
writeFileSync(at("facts.ndjson"), facts.map((fact) => JSON.stringify(fact)).join("\n"));

describe("infer", () => {
  test("prints the schema, and beside it how sure it is", async () => {
    const { code, stdout, stderr } = await hellfact(["infer", at("facts.ndjson")]);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout) as JsonSchema;
    expect(Object.keys(schema.properties ?? {})).toEqual(["id", "tags", "m", "u"]);
    expect(schema.required).toEqual(["id", "tags", "m"]);
    expect(stderr).toMatch(/^ id +integer 1 to 3 +3$/m);
    expect(stderr).toMatch(/^ m +map +3 +map: keys/m);
    expect(stderr).toMatch(/^ u +integer 1 to 1, string +2 +67 of several types$/m);
    expect(stderr).toContain("From so few facts nobody can tell");
    expect(stderr).toContain("protobuf: u: of several types");
    for (const line of stderr.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    // What surprises stands above what does not.
    expect(stderr.indexOf("\n u ")).toBeLessThan(stderr.indexOf("\n id "));
  });

  test("on thirty lines, siblings in one row; --all shows every path", async () => {
    const wide = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`f${"xyz"[n % 3]}${n}`, n]),
    );
    const odd = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`o${n}`, { [`p${n}`]: [n % 2 ? "a" : n] }]),
    );
    const lines = [
      { wide, odd, big: 1, gone: null },
      { wide: { ...wide, fx0: -7 }, odd, big: 2 ** 60, gone: null },
    ];
    writeFileSync(at("wide.ndjson"), lines.map((fact) => JSON.stringify(fact)).join("\n"));
    const { stderr } = await hellfact(["infer", at("wide.ndjson")]);
    expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(30);
    expect(stderr).toMatch(/^ big .*whole numbers over/m);
    expect(stderr).toMatch(/^ gone +null/m);
    expect(stderr).toMatch(/not shown: .* that nothing is to be said of.*--all/s);
    const all = await hellfact(["infer", at("wide.ndjson"), "--all"]);
    expect(all.stderr).toMatch(/^ wide\.\{50 keys\} +integer -7 to 49/m);
    expect(all.stderr).toMatch(/^ odd\.o59\.p59\[\]/m);
    expect(all.stderr).not.toContain("not shown");
  });

  test("keeps what a person decides in the schema, and to it with --schema", async () => {
    const own = at("own.json");
    const words = ["infer", at("facts.ndjson"), "--quiet"];
    await hellfact([...words, "--record", "m", "--output", own]);
    const m = { type: "object", required: [], properties: { "7": { type: "integer" } } };
    expect(JSON.parse(readFileSync(own, "utf8"))).toMatchObject({ properties: { m } });
    const { stdout } = await hellfact([...words, "--schema", own]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(own, "utf8")));
    const anew = await hellfact([...words, "--schema", own, "--map", "m"]);
    expect(JSON.parse(anew.stdout)).toMatchObject({
      properties: { m: { "x-keys": { are: "data", by: "person" } } },
    });
  });

  test("reads standard input, several files and patterns, and CSV", async () => {
    const same = "cat facts.ndjson | hellfact infer - --quiet --json";
    const piped = await shell(same, { cwd: folder });
    expect(JSON.parse(piped.stdout)).toMatchObject({ source: "standard input", facts: 3 });
    const endless = "yes '{\"a\":1}' | hellfact infer - --facts 10 --quiet --json";
    expect(JSON.parse((await shell(endless)).stdout)).toMatchObject({ facts: 10 });
    writeFileSync(at("rows.csv"), "id,name\n4,a\n");
    const both = await hellfact(["infer", at("rows.csv"), at("fac*.ndjson"), "--quiet", "--json"]);
    expect(JSON.parse(both.stdout)).toMatchObject({
      facts: 4,
      source: `${at("rows.csv")} and 1 more file`,
    });
  });

  test("writes it to a file, whole, and with --json prints the document only", async () => {
    const output = at("schema.json");
    const words = ["infer", at("facts.ndjson"), "--output", output, "--json", "--quiet"];
    const { stdout, stderr } = await hellfact(words);
    expect(stderr).toBe("");
    const document = JSON.parse(stdout) as { facts: number; paths: object[]; schema: object };
    expect(document).toMatchObject({ facts: 3, schema: { type: "object" } });
    expect(JSON.parse(readFileSync(output, "utf8"))).toEqual(document.schema);
  });

  test("a .proto that is there keeps its numbers when fields come before them", async () => {
    const proto = at("facts.proto");
    const words = ["--proto", proto, "--json", "--quiet"];
    await hellfact(["infer", at("facts.ndjson"), ...words]);
    expect(readFileSync(proto, "utf8")).toContain("required uint32 id = 1;");
    writeFileSync(at("more.ndjson"), '{"new":true,"id":1,"tags":[],"m":{}}');
    await hellfact(["infer", at("more.ndjson"), ...words]);
    expect(readFileSync(proto, "utf8")).toContain("required uint32 id = 1;");
    expect(readFileSync(proto, "utf8")).toContain("required bool new = 5;");
  });

  test.skipIf(realDocuments.length === 0)("large schemas fit the screen, too", async () => {
    for (const path of realDocuments) {
      const { code, stderr } = await hellfact(["infer", path, "--output", at("real.json")]);
      expect(code).toBe(0);
      for (const line of stderr.split("\n"))
        expect(line.replace(path, "").length).toBeLessThan(101);
    }
  });

  test.each([
    [["infer", "nowhere.json"], 2, "nowhere.json: there is no such file."],
    [["infer"], 2, "missing required argument 'files'"],
    [["infer", "facts.ndjson", "--map", "nothing"], 2, "no fact has an object there"],
    [["infer", "*.nothing"], 2, "*.nothing: no file matches."],
    [["infer", "facts.ndjson", "--facts", "0"], 2, "a whole number from 1"],
    [["infer", "facts.ndjson", "--output", "no/such/folder"], 2, "its folder does not exist"],
  ])("%j is one line", async (words, expected, errorOutput) => {
    const { code, stdout, stderr } = await refused(words, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
    expect(stderr).toContain(errorOutput);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

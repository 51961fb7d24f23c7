/** Schemas and codecs of one's own, in the commands that take them. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { ResultDocument } from "./document.js";
import { hellfact, shell } from "../../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-own-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const inFolder = (...words: string[]) => hellfact([...words, "--quiet"], { cwd: folder });

const QUICK = ["--trials", "1", "--budget", "10ms", "--facts", "8", "--compress", "none"];
/** The last is like none before: what was inferred without it has no place for it. */
const lines = Array.from({ length: 10_500 }, (_, id) =>
  JSON.stringify(id === 10_400 ? { id: -0.5, x: {} } : { id, x: { y: [id, null] } }),
);
writeFileSync(at("facts.ndjson"), lines.slice(0, 1000).join("\n"));
writeFileSync(at("changing.ndjson.gz"), gzipSync(lines.join("\n")));
const write = (name: string, schema: unknown) => writeFileSync(at(name), JSON.stringify(schema));
write("number.json", { properties: { id: { type: "number" }, x: { type: "object" } } });
write("string.json", { properties: { id: { type: "string" } } });
write("broken.json", { type: "strin" });

async function expectComplaint(words: string[], errorOutput: string): Promise<void> {
  const { code, stdout, stderr } = await inFolder(...words);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining(errorOutput) as string,
  });
  expect(stderr.trimEnd()).not.toContain("\n");
}

describe("a schema", () => {
  test("that is given is used, and the notes say so", async () => {
    const words = ["bench", "--input", "facts.ndjson", "--schema", "number.json", ...QUICK];
    const { code, stdout } = await inFolder(...words, "--codec", "protobuf", "--all");
    expect(code).toBe(0);
    expect(stdout).toContain("note: schema given by number.json");
    expect(stdout).toContain("note: protobuf: the fact: other keys than the schema's may come");
    const [run = ""] = readdirSync(at("out")).filter((name) => name !== "latest.json");
    const kept = JSON.parse(readFileSync(join(at("out"), run, "schema.json"), "utf8")) as unknown;
    expect(kept).toEqual(JSON.parse(readFileSync(at("number.json"), "utf8")));
  });

  test.each([
    ["string.json", "facts.ndjson line 1: id is 0, and should be string."],
    ["broken.json", "broken.json is not valid JSON Schema at #/type:"],
    ["nowhere.json", "nowhere.json: there is no such file."],
  ])("%s is refused in one line", async (schema, errorOutput) => {
    await expectComplaint(["bench", "--input", "facts.ndjson", "--schema", schema], errorOutput);
    await expectComplaint(["run", "--input", "facts.ndjson", "--schema", schema], errorOutput);
  });

  test("is for facts of one's own", async () => {
    await expectComplaint(["bench", "--schema", "number.json"], "give them with --input FILE");
    await expectComplaint(["run", "--schema", "number.json"], "give them with --input FILE");
  });
});

describe("keys that may be data", () => {
  const some = (from: number) =>
    Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`${"abcde"[from]}k${"qwertzui"[n]}`, n]),
    );
  const unsure = Array.from({ length: 5 }, (_, n) => JSON.stringify({ n, counts: some(n) }));
  writeFileSync(at("unsure.ndjson"), unsure.join("\n"));
  const warning = "note: unsure whether keys are data at counts, taken for a map";

  test("are told of on each screen whose figures depend on it, until a person decides", async () => {
    const bench = ["bench", "--input", "unsure.ndjson", ...QUICK, "--codec", "json,protobuf"];
    const { stdout, code } = await inFolder(...bench, "--out", "unsure");
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(warning);
    const size = await inFolder("size", "--results", "unsure/latest.json");
    expect(size.stdout.replaceAll(/\s+/g, " ")).toContain(warning);
    const run = ["run", "--input", "unsure.ndjson", "--codec", "protobuf", "--sink", "null"];
    expect((await inFolder(...run)).stdout.replaceAll(/\s+/g, " ")).toContain(warning);
    for (const words of [bench, run]) {
      const decided = await inFolder(...words, "--map", "counts", "--out", "decided");
      expect(decided).toMatchObject({
        code: 0,
        stdout: expect.not.stringContaining("unsure whether") as string,
      });
    }
  });

  test("what is decided of nothing is refused in one line", async () => {
    const input = ["--input", "unsure.ndjson", "--codec", "protobuf"];
    for (const command of ["bench", "run"]) {
      await expectComplaint([command, ...input, "--map", "n"], "no fact has an object there");
      await expectComplaint([command, "--record", "x"], "--record is for facts of your own");
      await expectComplaint(
        [command, ...input, "--map", "counts", "--schema", "number.json"],
        "--map is for a schema that is inferred",
      );
    }
    await expectComplaint(
      ["run", "--input", "unsure.ndjson", "--map", "counts"],
      "json needs none",
    );
  });
});

describe("bench --input", () => {
  const words = [
    ...QUICK.slice(0, 4),
    "--compress",
    "none",
    "--quiet",
    "--codec",
    "json,protobuf",
    "--json",
  ];
  const documentOf = (stdout: string) => JSON.parse(stdout) as ResultDocument;

  test("takes standard input, and measures reading it", async () => {
    const line = `hellfact bench --input - ${words.join(" ")} < facts.ndjson`;
    const { payload } = documentOf((await shell(line, { cwd: folder })).stdout);
    expect(payload).toMatchObject({ source: "standard input", facts: 1000 });
    expect(payload.reading).toMatchObject({ formats: ["json"], checkedCodecs: ["protobuf"] });
    expect(payload.reading?.readPerJsonWrite.median).toBeGreaterThan(0);
  });

  test("standard input may be CSV whose names are in quotes, behind a byte order mark", async () => {
    writeFileSync(at("quoted.csv"), '\ufeff"id","full name"\r\n1,"{x}"\r\n');
    const line = "hellfact infer - --quiet < quoted.csv";
    const { code, stdout } = await shell(line, { cwd: folder });
    expect(code).toBe(0);
    expect(Object.keys((JSON.parse(stdout) as { properties: object }).properties)).toEqual([
      "id",
      "full name",
    ]);
  });

  test("takes several files of several formats, and their facts are measured", async () => {
    writeFileSync(at("rows.csv"), "id,name\n1,a\n2,\n");
    const bench = ["bench", "--input", "rows.csv", "facts.ndjson", ...words];
    const { payload, scenarios } = documentOf((await inFolder(...bench)).stdout);
    expect(payload).toMatchObject({ source: "rows.csv and 1 more file", facts: 1002 });
    expect(scenarios.map(({ status }) => status)).not.toContain("failed");
    expect(payload.reading?.formats).toEqual(["csv", "json"]);
  });
});

describe("a run of a codec that needs a schema", () => {
  test("infers one, keeps it with the run, and verify reads by it", async () => {
    const words = ["run", "--input", "facts.ndjson", "--codec", "protobuf", "--sink", "file:run"];
    const { code, stdout } = await inFolder(...words);
    expect(code).toBe(0);
    expect(stdout).toContain("note: schema inferred from all 1000 facts; each fact was checked");
    const [head = ""] = readFileSync(at("run/manifest.ndjson"), "utf8").split("\n", 1);
    expect(JSON.parse(head)).toMatchObject({
      plan: { schema: { schema: { required: ["id", "x"] } } },
    });
    expect(await inFolder("verify", "run")).toMatchObject({ code: 0 });
  });

  test("ends at a fact that does not fit, with its line, or keeps it aside", async () => {
    const words = ["run", "--input", "changing.ndjson.gz", "--codec", "protobuf", "--sink"];
    const problem = "changing.ndjson.gz line 10401: id is -0.5, and should be integer.";
    await expectComplaint([...words, "file:stop"], problem);
    const { code } = await inFolder(...words, "file:skip", "--on-error", "skip");
    expect(code).toBe(0);
    const [rejects = ""] = readdirSync(at("skip")).filter((name) => name.includes("rejects"));
    expect(readFileSync(join(at("skip"), rejects), "utf8")).toContain(problem);
    expect(await inFolder("verify", "skip")).toMatchObject({ code: 0 });
  });

  test("of standard input, what is wrong is told of that, and not of a file called -", async () => {
    for (const words of ["run --sink null --input -", "summarise --unique a -", "infer -"]) {
      const broken = await shell(`printf '{"a":1}\n{x}\n' | hellfact ${words}`, { cwd: folder });
      expect(broken.code).toBe(2);
      expect(broken.stderr).toContain("hellfact: standard input line 2, byte 9: ");
    }
    const empty = await shell("hellfact run --sink null --input - < /dev/null", { cwd: folder });
    expect(empty.stderr).toContain("hellfact: standard input holds no facts.");
  });

  test("from standard input needs one that is given", async () => {
    const words = `run --input - --codec protobuf --quiet`;
    const without = await shell(`hellfact ${words} < facts.ndjson`, { cwd: folder });
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toContain("give --schema FILE (hellfact infer makes one)");
    const line = `hellfact infer facts.ndjson --quiet > inferred.json && hellfact ${words} --schema inferred.json --sink file:piped < facts.ndjson`;
    expect(await shell(line, { cwd: folder })).toMatchObject({ code: 0 });
    expect(await inFolder("verify", "piped")).toMatchObject({ code: 0 });
  });
});

/** The example of CONTRIBUTING.md, as it stands. */
const contributing = readFileSync(resolve(import.meta.dirname, "../../../CONTRIBUTING.md"), "utf8");
const [, example = ""] = /```ts\n\/\/ my-codec\.ts\n(.*?)```/s.exec(contributing) ?? [];
const changed = (name: string, from: string | RegExp, to: string) =>
  writeFileSync(
    at(name),
    example.replace('"my-codec"', `"${name.split(".")[0]}"`).replace(from, to),
  );

describe("a codec of one's own", () => {
  writeFileSync(at("my-codec.ts"), example);

  test("is in CONTRIBUTING.md, in twenty lines", () => {
    expect(
      example
        .trimEnd()
        .split("\n")
        .filter((line) => line !== "").length,
    ).toBeLessThanOrEqual(20);
  });

  test("is compared, in processes of its own, beside the others", async () => {
    const words = ["bench", ...QUICK, "--codec", "json,./my-codec.ts", "--json"];
    const { code, stdout, stderr } = await inFolder(...words);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { scenarios } = JSON.parse(stdout) as ResultDocument;
    const own = scenarios.filter(({ codec }) => codec === "my-codec");
    expect(own.map(({ direction, status }) => `${direction} ${status}`)).toEqual([
      "write ok",
      "read ok",
      "project unsupported",
    ]);
  });

  test("runs and is read back, also from another folder; and generates", async () => {
    const words = [
      "run",
      "--input",
      "facts.ndjson",
      "--codec",
      "my-codec.ts",
      "--sink",
      "file:own",
    ];
    expect(await inFolder(...words)).toMatchObject({ code: 0 });
    expect(await hellfact(["verify", at("own"), "--codec", at("my-codec.ts")])).toMatchObject({
      code: 0,
    });
    const made = await inFolder(
      "generate",
      "--codec",
      "./my-codec.ts",
      "--facts",
      "5",
      "--output",
      "x",
    );
    expect(made).toMatchObject({ code: 0 });
    expect(existsSync(at("x"))).toBe(true);
  });

  test.each<[string, string | RegExp, string, string]>([
    [
      "other-name.ts",
      '"other-name"',
      '"same"',
      'its name is "same", and its file\'s is "other-name"',
    ],
    ["silent.ts", /out\.bytes\(.*\)/, "undefined", "encode writes nothing"],
    ["changes.ts", /decode: .*/, "decode: () => ({}),", "fact 0 comes back changed at factId"],
    ["framed.ts", '"length-delimited"', '"frames"', "its framing must be one of"],
    ["throws.ts", /encode: .*/, 'encode: () => { throw new Error("no\\nmore"); },', 'throws "no"'],
    ["projects.ts", '"decode"]', '"decode", "project"]', "it can project, and has no function"],
    [
      "dies.ts",
      "export default",
      "process.exit(3); export default",
      "its process died (exit code 3)",
    ],
    ["broken.ts", "open: () => ({", "open: () => (({", "broken.ts line "],
    ["nothing.ts", "export default codec;", "", "it exports nothing, and a codec is its default"],
    [
      "throws-text.ts",
      "export default",
      "throw { a: 1 }; export default",
      "something was thrown that is no",
    ],
    ["json.ts", "", "", "there is a codec json already"],
  ])("%s is refused in one line that says what it breaks", async (name, from, to, errorOutput) => {
    changed(name, from, to);
    await expectComplaint(["bench", "--codec", `json,./${name}`], errorOutput);
  });

  test("in JavaScript needs no types", async () => {
    const script = example
      .replace(/^import type.*\n/gm, "")
      .replace(/: Codec|as Fact/g, "")
      .replace('"my-codec"', '"plain"');
    writeFileSync(at("plain.mjs"), script);
    const words = ["generate", "--codec", "./plain.mjs", "--facts", "5", "--output", "plain.data"];
    expect(await inFolder(...words)).toMatchObject({ code: 0 });
  });
});

/** A compressor, a sink and a store of a user's own, as the command line takes them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-own-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const file = (name: string, text: string) => {
  writeFileSync(at(name), text);
  return at(name);
};

/** Raw deflate behind its length and a checksum; a class, whose functions need their object. */
const ZIP = `
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
const damaged = (offset) => Object.assign(new Error("damaged"), { name: "DataError", offset });
class Open {
  constructor(level) { this.level = level; }
  compress(batch) {
    const body = deflateRawSync(batch, { level: this.level });
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([head, body]);
  }
  *decompress(file) {
    const bytes = Buffer.from(file);
    for (let at = 0; at < bytes.length;) {
      if (at + 8 > bytes.length) throw damaged(bytes.length);
      const end = at + 8 + bytes.readUInt32BE(at);
      if (end > bytes.length) throw damaged(bytes.length);
      const body = bytes.subarray(at + 8, end);
      if (crc32(body) !== bytes.readUInt32BE(at + 4)) throw damaged(at);
      yield inflateRawSync(body);
      at = end;
    }
  }
}
export default {
  name: "zip", fileSuffix: ".zip", levels: { lowest: 1, highest: 9, default: 6 },
  engines: ["zip"], npmPackage: null, streams: false,
  open: async ({ level = 6 }) => new Open(level),
};`;

const SINK = `
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
class Part {
  constructor(path) { this.path = path; this.file = openSync(path + ".part", "w"); }
  write(batch) { writeSync(this.file, batch); }
  close() { closeSync(this.file); renameSync(this.path + ".part", this.path); }
  discard() { closeSync(this.file); rmSync(this.path + ".part"); }
}
export default { name: "shelf", open: ({ place, part }) => new Part(join(place, part)) };`;

/** SQLite under another name. @param changed what is done otherwise */
const store = (name: string, changed = "") => `
import sqlite from ${JSON.stringify(resolve("dist/src/stores/sqlite.js"))};
export default {
  ...sqlite, name: "${name}", methods: sqlite.methods.filter((one) => one.name === sqlite.defaultMethod),
  async open(place, options) {
    const open = await sqlite.open("sqlite:" + place, options);
    return { ...open, ${changed} };
  },
};`;

const run = (...words: string[]) =>
  hellfact(["run", "--facts", "40", "--fact-size", "4KB", ...words]);

test("a compressor: written with, remembered by its content, asked for to read with, gone on with", async () => {
  const zip = file("zip.mjs", ZIP);
  const place = at("run");
  const made = await run("--compress", `${zip}:3`, "--sink", `file:${place}`, "--quiet");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const manifest = readFileSync(join(place, "manifest.ndjson"), "utf8");
  expect(manifest).toMatch(/"compressor":"zip:3",.*"compressorSha256":"[0-9a-f]{64}"/);
  expect(manifest).not.toContain("zip.mjs");
  expect(readdirSync(place)).toContain("part-000000000000.ndjson.zip");

  const without = await hellfact(["verify", place, "--quiet"]);
  expect(without.code).toBe(2);
  expect(without.stderr).toMatch(
    /was written by a compressor of your own, zip: give --compress FILE, the file whose SHA-256 is [0-9a-f]{64}\.\n$/,
  );
  expect(await hellfact(["verify", place, "--compress", zip])).toMatchObject({ code: 0 });
  rmSync(join(place, "part-000000000000.ndjson.zip"));
  const resumed = await hellfact(["run", "--resume", place, "--compress", zip, "--quiet"]);
  expect(resumed).toMatchObject({ code: 0 });
  expect(readdirSync(place)).toContain("part-000000000000.ndjson.zip");
});

test("a compressor is compared as this tool's are", async () => {
  const zip = file("zip.mjs", ZIP);
  const words = ["--codec", "json", "--compress", `none,${zip}`, "--facts", "20", "--trials", "1"];
  const { code, stdout } = await hellfact([
    ...["bench", ...words, "--budget", "10ms", "--json", "--quiet", "--out", at("out")],
    ...["--fact-size", "4KB"],
  ]);
  const document = JSON.parse(stdout) as { scenarios: { compressor: string; status: string }[] };
  const own = document.scenarios.filter(({ compressor }) => compressor === "zip:6");
  expect({ code, own: own.map(({ status }) => status) }).toEqual({ code: 0, own: ["ok", "ok"] });
});

test("what breaks its contract, or ends its process, is told in one line", async () => {
  const taken = file("gzip.mjs", ZIP);
  const careless = file(
    "careless.mjs",
    ZIP.replace('"zip"', '"careless"').replace("!== bytes", "=== -1 + bytes"),
  );
  const ends = file("ends.mjs", "process.exit(0);");
  for (const [path, said] of [
    [taken, "there is a compressor gzip already. Give the file another name."],
    [careless, "DataError"],
    [ends, "its process died (exit code 0)"],
    [at("missing.mjs"), "there is no such file."],
    [`${at("zip.mjs")}:12`, "zip has levels 1 to 9, such as zip:6."],
  ] as const) {
    const { code, stdout, stderr } = await run("--compress", path, "--sink", "null");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^hellfact: [^\n]+\n$/);
    expect(stderr).toContain(said);
  }
});

test("a sink: it gets the parts that a folder would have got, each whole", async () => {
  const shelf = file("shelf.mjs", SINK);
  const words = ["--roll", "40KB", "--workers", "1", "--quiet"];
  await run("--sink", `file:${at("parts")}`, ...words);
  const place = mkdtempSync(at("shelf-"));
  const { code, stderr, stdout } = await run("--sink", `${shelf}:${place}`, "--json", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect((JSON.parse(stdout) as { run: { sink: string } }).run.sink).toBe("shelf");
  const sums = (where: string) =>
    readdirSync(where)
      .filter((name) => name.startsWith("part-"))
      .map((name) => [name, crc32(readFileSync(join(where, name)))]);
  expect(sums(place).length).toBeGreaterThan(2);
  expect(sums(place)).toEqual(sums(at("parts")));
});

test("a sink that does not wait for its bytes is refused", async () => {
  const path = file(
    "late.mjs",
    SINK.replace('"shelf"', '"late"').replace("write(batch) {", "async write(batch) {"),
  );
  const { code, stderr } = await run("--sink", `${path}:${mkdtempSync(at("late-"))}`);
  expect(code).toBe(2);
  expect(stderr).toContain(
    "what takes time belongs into flush() (a sink has taken a batch when write returns)",
  );
});

test("a store: loaded into where it keeps its contract, and not where it would lose a part", async () => {
  const good = file("shop.mjs", store("shop"));
  const made = await run("--sink", `${good}:${at("shop.db")}`, "--quiet");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const bad = file("leaky.mjs", store("leaky", 'loadPart: async () => "loaded"'));
  const { code, stderr } = await run("--sink", `${bad}:${at("leaky.db")}`, "--quiet");
  expect(code).toBe(2);
  expect(stderr).toContain(
    "leaky.mjs: multi-row-50: a part is loaded, then loaded (a store loads a part once",
  );
});

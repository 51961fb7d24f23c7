import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-own-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const mine = join(folder, "mine.mjs");
const place = join(folder, "run");
const manifest = join(place, "manifest.ndjson");
let sha256 = "";

beforeAll(async () => {
  writeFileSync(
    mine,
    `export default {
      name: "mine", format: "mine", fileExtension: "mine", framing: "newline", layout: "row",
      needsSchema: false, npmPackage: null, mode: "JSON", losses: ["negative-zero"],
      abilities: ["encode", "decode"],
      open: () => ({
        encode: (fact, out) => out.utf8(JSON.stringify(fact)),
        decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()),
      }),
    };`,
  );
  sha256 = createHash("sha256").update(readFileSync(mine)).digest("hex");
  const words = ["--codec", mine, "--facts", "100", "--fact-size", "4KB", "--roll", "100KB"];
  await hellfact(["run", ...words, "--sink", `file:${place}`, "--quiet"]);
});

const verify = (...words: string[]) => hellfact(["verify", place, ...words, "--quiet"]);
const resume = (...words: string[]) => hellfact(["run", "--resume", place, ...words, "--quiet"]);

test("a manifest remembers a codec of one's own by its content, and not where it is", () => {
  const text = readFileSync(manifest, "utf8");
  expect(text).toContain(`"codecSha256":"${sha256}"`);
  expect(text).not.toContain("mine.mjs");
});

test("without it, one line says which codec to pass", async () => {
  for (const { code, stdout, stderr } of [
    await verify(),
    await resume(),
    await verify("--codec", "json"),
  ]) {
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `hellfact: ${place} was written by a codec of your own, mine: give --codec FILE, the file whose SHA-256 is ${sha256}.\n`,
    );
  }
});

test("with it, a run is read back, and goes on", async () => {
  expect(await verify("--codec", mine)).toMatchObject({ code: 0, stderr: "" });
  expect((await resume("--codec", mine)).stderr).toContain("is complete");
  rmSync(join(place, "part-000000000000.mine"));
  const { code, stderr } = await resume("--codec", mine, "--check");
  expect({ code, made: stderr.includes("It is made again.") }).toEqual({ code: 0, made: true });
  expect(await verify("--codec", mine)).toMatchObject({ code: 0, stderr: "" });
});

test("another file is told: verify reads with it, a run does not go on with it", async () => {
  const original = readFileSync(mine);
  appendFileSync(mine, "\n// another day\n");
  const verified = await verify("--codec", mine);
  expect(verified.code).toBe(0);
  expect(verified.stderr).toContain(`is not the file that ${place} was written by`);
  const resumed = await resume("--codec", mine);
  expect(resumed.code).toBe(2);
  expect(resumed.stderr).toContain("Parts would not fit together.");
  writeFileSync(mine, original);
});

test("code that a manifest names is not run", async () => {
  const evil = join(folder, "evil.mjs");
  const mark = join(folder, "was-here");
  writeFileSync(evil, `import { writeFileSync } from "node:fs"; writeFileSync("${mark}", "");`);
  const text = readFileSync(manifest, "utf8");
  for (const codec of ["mine", evil, "../../evil.mjs", "json"]) {
    const named = `"codec":${JSON.stringify(codec)},"codecFile":${JSON.stringify(evil)}`;
    writeFileSync(manifest, text.replace(/"codec":"mine"/, named));
    for (const { code, stderr } of [await verify(), await resume()]) {
      expect(code).toBe(2);
      expect(stderr).toMatch(/^hellfact: [^\n]*\n$/);
    }
    expect(existsSync(mark)).toBe(false);
  }
  writeFileSync(manifest, text);
});

test("a codec of this tool's needs none, and takes no other", async () => {
  const other = join(folder, "json");
  await hellfact(["run", "--facts", "10", "--sink", `file:${other}`, "--quiet"]);
  expect(await hellfact(["verify", other, "--codec", "json"])).toMatchObject({ code: 0 });
  const { code, stderr } = await hellfact(["verify", other, "--codec", mine, "--quiet"]);
  expect(code).toBe(2);
  expect(stderr).toContain("was written by json, which is here: leave out --codec.");
});

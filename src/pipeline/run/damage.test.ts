import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hellfact } from "../../testing/command.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-damage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const whole = join(folder, "whole");
const input = join(folder, "in.ndjson");

beforeAll(async () => {
  await hellfact(["generate", "--facts", "300", "--fact-size", "4KB", "--output", input]);
  const lines = readFileSync(input, "utf8").trimEnd().split("\n");
  writeFileSync(input, `${lines.toSpliced(150, 0, "nonsense").join("\n")}\n`);
  const words = ["--input", input, "--on-error", "skip", "--codec", "msgpackr-records"];
  const place = ["--roll", "100KB", "--workers", "2", "--sink", `file:${whole}`, "--quiet"];
  await hellfact(["run", ...words, ...place]);
});

/** The files that count. */
function contentOf(place: string): Map<string, string> {
  const names = readdirSync(place).filter((name) => /^(part|codec)/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(place, name), "latin1")]));
}

const parts = () => readdirSync(whole).filter((name) => /^part-\d+\.[a-z-]+$/.test(name));
const rejects = () => readdirSync(whole).filter((name) => name.endsWith(".rejects.ndjson"));

/** What can happen to a file, and whether it takes reading to see it. */
const harms: Record<string, (path: string) => void> = {
  deleted: (path) => rmSync(path),
  cut: (path) => truncateSync(path, 100),
  emptied: (path) => truncateSync(path, 0),
  "replaced by a folder": (path) => {
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(path, "mine"), "kept");
  },
  "replaced by a pipe": (path) => {
    rmSync(path);
    execFileSync("/usr/bin/env", ["mkfifo", path]);
  },
  "replaced by a link": (path) => {
    writeFileSync(join(folder, "elsewhere"), readFileSync(path));
    rmSync(path);
    symlinkSync(join(folder, "elsewhere"), path);
  },
};

async function harmed(name: string, file: string, harm: (path: string) => void) {
  const place = join(folder, name.replaceAll(" ", "-"));
  cpSync(whole, place, { recursive: true });
  harm(join(place, file));
  return place;
}

test.each(Object.entries(harms))(
  "a part that was %s is made again, and said",
  async (name, harm) => {
    const [, second = ""] = parts();
    const place = await harmed(name, second, harm);
    const { code, stderr } = await hellfact(["run", "--resume", place, "--quiet"]);
    expect(code).toBe(0);
    expect(stderr.split("\n")[0]).toMatch(new RegExp(`${second}: .* It is made again\\.$`));
    expect(contentOf(place)).toEqual(contentOf(whole));
    expect(await hellfact(["verify", place, "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    const again = await hellfact(["run", "--resume", place, "--quiet"]);
    expect(again.stderr).toContain("is complete");
  },
);

test("broken lines that were kept aside, and what a codec learned, belong to it", async () => {
  const [file = ""] = rejects();
  for (const lost of [file, "codec.structures"]) {
    const place = await harmed(`without-${lost}`, lost, (path) => rmSync(path));
    const verified = await hellfact(["verify", place, "--quiet"]);
    expect(verified.code).toBe(1);
    expect(verified.stderr).toContain(`${lost}: missing`);
    const { code, stderr } = await hellfact(["run", "--resume", place, "--quiet"]);
    expect(code).toBe(0);
    expect(stderr).toContain(`${lost}: missing`);
    expect(contentOf(place)).toEqual(contentOf(whole));
  }
});

test("a run that ended with its time makes again what was lost, and nothing more", async () => {
  const place = join(folder, "timed");
  const words = ["--duration", "1s", "--fact-size", "4KB", "--roll", "500KB", "--workers", "1"];
  await hellfact(["run", ...words, "--sink", `file:${place}`, "--quiet"]);
  const before = contentOf(place);
  const [first = ""] = before.keys();
  rmSync(join(place, first));
  const { code } = await hellfact(["run", "--resume", place, "--quiet"]);
  expect(code).toBe(0);
  expect(contentOf(place)).toEqual(before);
  expect(await hellfact(["verify", place, "--quiet"])).toMatchObject({ code: 0, stderr: "" });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { isCodecFile } from "../plugins/load-codec.js";
import { pluginNames } from "../plugins/catalog.js";
import { hellfact } from "../testing/command.js";
import {
  anchors,
  blocks,
  headsBelow,
  links,
  pages,
  shownCommands,
  type ShownCommand,
} from "../testing/documentation.js";
import { allCommands, OTHER_STUDIES } from "./commands.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGES = pages();
const SHOWN = PAGES.flatMap(shownCommands);

/** A command that takes what it is given, and does nothing with it. */
function idle(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  command.action(() => undefined);
  command.commands.forEach(idle);
  return command;
}

/** What a command line is wrong about, if anything: a word that is no command, no option, no value. */
async function problemOf({ words }: ShownCommand): Promise<string | undefined> {
  const [name = "", ...rest] = words;
  if (name.startsWith("-")) return undefined; // of the tool itself: --help
  const entry = (await allCommands())[name];
  if (entry === undefined) return `there is no command ${name}`;
  const command = new Command(name);
  (await entry.load()).configure(command, OTHER_STUDIES);
  try {
    await idle(command).parseAsync(rest, { from: "user" });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { codec = [] } = command.opts<{ codec?: string | readonly string[] }>();
  const codecs = [codec].flat().filter((one) => !isCodecFile(one) && one !== "all");
  return codecs.find((one) => !pluginNames("codecs").includes(one));
}

test("every command that a page shows is one, with options and values that it takes", async () => {
  expect(SHOWN.length).toBeGreaterThan(60);
  const wrong: string[] = [];
  for (const shown of SHOWN.filter(({ program }) => program === "hellfact")) {
    const problem = await problemOf(shown);
    if (problem !== undefined) wrong.push(`${shown.page}: ${shown.line}: ${problem}`);
  }
  expect(wrong).toEqual([]);
});

test("every script of npm that a page shows is in package.json", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const wrong = SHOWN.filter(
    ({ program, words: [verb, name = ""] }) =>
      program === "npm" && verb === "run" && scripts[name] === undefined,
  );
  expect(wrong.map(({ page, line }) => `${page}: ${line}`)).toEqual([]);
});

test("every link leads to a file, and to a heading that is in it", () => {
  const dead = PAGES.flatMap((page) =>
    links(page).flatMap(({ file, anchor }) => {
      const path = file === "" ? page.path : join(dirname(page.path), file);
      const target = PAGES.find((other) => other.path === path);
      const isThere = existsSync(join(ROOT, path));
      const hasHeading = anchor === "" || target === undefined || anchors(target).includes(anchor);
      return isThere && hasHeading ? [] : [`${page.path}: ${file}#${anchor}`];
    }),
  );
  expect(dead).toEqual([]);
});

test("README is short", () => {
  const readme = PAGES.find(({ path }) => path === "README.md");
  expect(readme?.text.split("\n").length).toBeLessThanOrEqual(201);
});

describe("README's recipes, made short", () => {
  const folder = mkdtempSync(join(tmpdir(), "hellfact-readme-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const readme = PAGES.find(({ path }) => path === "README.md");
  const short = ["--trials", "1", "--budget", "10ms", "--facts", "40"];

  /** Runs a command, and expects the heads that README shows below one that begins alike. */
  async function expectHeads(words: readonly string[], ...more: readonly string[]) {
    const { code, stdout } = await hellfact([...words, ...more], { cwd: folder });
    expect(code).toBe(0);
    for (const head of readme === undefined ? [] : headsBelow(readme, words.join(" "))) {
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(head);
    }
  }

  test("print what it shows", async () => {
    const { code } = await hellfact(["generate", "--facts", "40", "--output", "events.ndjson.gz"], {
      cwd: folder,
    });
    expect(code).toBe(0);
    const [codec = ""] = blocksOf("CONTRIBUTING.md", "ts").filter((text) =>
      text.startsWith("// my-codec.ts"),
    );
    writeFileSync(join(folder, "my-codec.ts"), codec);
    await expectHeads(["bench", "--input", "events.ndjson.gz"], ...short, "--codec", "json");
    await expectHeads(["bench", "--codec", "json,./my-codec.ts"], ...short, "--compress", "none");
    const run = ["run", "--codec", "compiled-json", "--compress", "gzip", "--facts"];
    await expectHeads(run, "200", "--sink", "file:events");
    expect((await hellfact(["verify", "events"], { cwd: folder })).code).toBe(0);
    await expectHeads(["size", "--preset", "totalhelldeath", "--duplication", "10"]);
  });
});

/** The blocks of a page in a language. */
function blocksOf(path: string, language: string): string[] {
  const page = PAGES.find((one) => one.path === path);
  return page === undefined ? [] : blocks(page, language);
}

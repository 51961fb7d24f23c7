import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { expect, test } from "vitest";
import { isCodecFile } from "../plugins/load-codec.js";
import { pluginNames } from "../plugins/catalog.js";
import {
  anchors,
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

test("README is short, and README or another page leads to every page", () => {
  const readme = PAGES.find(({ path }) => path === "README.md");
  expect(readme?.text.split("\n").length).toBeLessThanOrEqual(201);
  const linked = new Set(
    PAGES.flatMap((page) => links(page).map(({ file }) => join(dirname(page.path), file))),
  );
  const lost = PAGES.filter(({ path }) => path.startsWith("docs/") && !linked.has(path));
  expect(lost.map(({ path }) => path)).toEqual([]);
});

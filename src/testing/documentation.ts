/** What the pages of this project's documentation show, for the test that tries it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface Page {
  /** From the project's own folder: `docs/gate.md`. */
  readonly path: string;
  readonly text: string;
}

/** A command line that a page shows. */
export interface ShownCommand {
  readonly page: string;
  readonly line: string;
  /** `npm` or `hellfact`, and its words. */
  readonly program: string;
  readonly words: readonly string[];
}

/** README, CONTRIBUTING and everything in `docs`. */
export function pages(): Page[] {
  const docs = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`)].map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), "utf8"),
  }));
}

/** The blocks of a language, or those without one for `""`. */
export function blocks({ text }: Page, language: string): string[] {
  const found = text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].flatMap(([, name, content = ""]) => (name === language ? [content] : []));
}

/** The commands of npm and of this tool in a page's shell blocks. */
export function shownCommands(page: Page): ShownCommand[] {
  const shell = blocks(page, "sh").flatMap((block) => block.replaceAll("\\\n", " ").split("\n"));
  // In a block of no language a command has its explanation behind it, in a column of its own.
  const listed = blocks(page, "")
    .flatMap((block) => block.split("\n"))
    .filter((line) => /^(?:\S.* \| )?hellfact [a-z]/.test(line))
    .map((line) => line.replace(/\s{2,}.*$/, ""));
  return [...shell, ...listed]
    .flatMap((line) => line.replace(/\s(?:#.*|&)$/, "").split(/\s(?:&&|\|\||\|)\s/))
    .flatMap((line) => {
      const words = wordsOf(line.replace(/\s\d?>.*$/, ""));
      const start = words.findIndex((word) => word === "npm" || word === "hellfact");
      const program = words[start];
      if (program === undefined || words.slice(0, start).some((word) => !isBefore(word))) return [];
      return [{ page: page.path, line: line.trim(), program, words: words.slice(start + 1) }];
    });
}

/**
 * The heads of tables in the output that a page shows below a command: lines of three columns or more without
 * a figure, their gaps made single spaces.
 *
 * @param command what the command begins with, behind `hellfact`
 */
export function headsBelow({ text }: Page, command: string): string[] {
  const [, below = ""] = text.split(`npx hellfact ${command}`);
  const [, output = ""] = /^```\n([\s\S]*?)^```$/m.exec(below) ?? [];
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !/\d/.test(line) && line.split(/\s{2,}/).length >= 3)
    .map((line) => line.replaceAll(/\s+/g, " "));
}

/** What may stand before a program: `npx`, and variables. */
function isBefore(word: string): boolean {
  return word === "npx" || /^\w+=/.test(word);
}

/** The words of a command line, quoted ones whole. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

/** Links of a page to other files, with the part behind `#`. */
export function links({ text }: Page): { readonly file: string; readonly anchor: string }[] {
  const found = text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/\]\(([^)\s]+)\)/g);
  return [...found].flatMap(([, target = ""]) => {
    if (/^\w+:/.test(target)) return [];
    const [file = "", anchor = ""] = target.split("#");
    return [{ file, anchor }];
  });
}

/** What GitHub makes of a page's headings. */
export function anchors({ text }: Page): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

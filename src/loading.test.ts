/** No command loads, as it begins, what only some of its answers need: it would begin twice as late. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;
/** What draws, and what speaks to databases, brokers and objects. */
const HEAVY =
  /^(?:@aws-sdk\/|@duckdb\/|@nats-io\/|@observablehq\/plot|apache-arrow|better-sqlite3|linkedom|pg\b|postgres$)/;
/** It does nothing but show pages. */
const SHOWS_PAGES = "cli/serve.ts";

const commands = [
  ...readdirSync(join(root, "cli"))
    .filter((name) => /^[a-z-]+\.ts$/.test(name))
    .map((name) => `cli/${name}`),
  ...readdirSync(join(root, "studies"))
    .map((study) => `studies/${study}/command.ts`)
    .filter((file) => existsSync(join(root, file))),
].filter((file) => !["cli/everything.ts", SHOWS_PAGES].includes(file));

/** What a module cannot be loaded without; types are not loaded. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?\bfrom "([^"]+)";/gms);
  return [...statements].map(([, from = ""]) => from);
}

/** The way from a module to the first heavy library that is loaded with it. */
function wayToHeavy(start: string): string[] | undefined {
  const before = new Map<string, string | undefined>([[start, undefined]]);
  for (const file of before.keys()) {
    for (const from of importsOf(file)) {
      if (HEAVY.test(from)) return [...wayTo(file, before), from];
      if (!from.startsWith(".")) continue;
      const other = resolve(dirname(file), from).replace(/\.js$/, ".ts");
      if (!before.has(other)) before.set(other, file);
    }
  }
  return undefined;
}

function wayTo(file: string, before: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = [];
  for (let one: string | undefined = file; one !== undefined; one = before.get(one)) {
    way.unshift(relative(root, one));
  }
  return way;
}

test.each(commands)("%s", (file) => {
  expect(wayToHeavy(join(root, file))).toBeUndefined();
});

test("what shows pages loads what draws, as it should", () => {
  expect(wayToHeavy(join(root, SHOWS_PAGES))).toContain("@observablehq/plot");
});

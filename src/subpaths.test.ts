/** What is offered alone is loaded alone: neither the tool nor libraries that it does not need. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Prints the address of every module as it is loaded. */
const HOOKS = `import { writeSync } from "node:fs";
export const load = (url, context, next) => { writeSync(2, url + "\\n"); return next(url, context); };`;
const REGISTER = `import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(${JSON.stringify(HOOKS)}));`;

/** The modules that an import loads, of this package by their path, others by their package's name. */
function loadedBy(name: string): string[] {
  const hook = `data:text/javascript,${encodeURIComponent(REGISTER)}`;
  const program = `2>&1 "$0" --import "$1" --input-type=module --eval 'await import("${name}")'`;
  const output = execFileSync("sh", ["-c", program, process.execPath, hook], {
    cwd: root,
    encoding: "utf8",
  });
  return output.split("\n").flatMap((url) => {
    if (!url.startsWith("file:")) return [];
    const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    return [library ?? url.replace(/^.*\/dist\//, "")];
  });
}

test.each([
  ["compiled-json", 40, /^src\/(?:compiled-json|core)\//],
  ["fast-gzip", 15, /^src\/fast-gzip\//],
  [
    "schema",
    45,
    /^src\/(?:schema|core)\/|^fastest-levenshtein$|^re2js$|^typebox$|^ajv|^fast-|^json-/,
  ],
  ["generator", 20, /^generators\//],
  ["sketches", 20, /^src\/(?:sketches|core)\//],
])("hellfact/%s loads at most %i modules, of its own", (name, most, own) => {
  const loaded = loadedBy(`hellfact/${name}`);
  expect(loaded.filter((module) => !own.test(module))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.length).toBeLessThanOrEqual(most);
});

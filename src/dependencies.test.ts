/** `docs/dependencies.md` tells of every package, and of no other; and how large it is. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const text = readFileSync(join(root, "docs/dependencies.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** The cells of each row of the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const section = text.split(/^## /m).find((one) => one.startsWith(heading)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1),
  );
}

test.each([
  ["Always there", "dependencies"],
  ["Optional", "optionalDependencies"],
  ["For development", "devDependencies"],
])("%s", (heading, field) => {
  expect(rowsBelow(heading).map(([name]) => name)).toEqual(
    Object.keys(manifest[field] ?? {}).toSorted(),
  );
});

test("sizes are about those of what is installed", () => {
  const off = [...rowsBelow("Always there"), ...rowsBelow("Optional")].flatMap(
    ([name = "", told]) => {
      const folder = join(root, "node_modules", name);
      const size = existsSync(folder) ? bytesIn(folder) / 1e6 : Number(told);
      // What is built when it is installed differs by machine.
      return Math.abs(size - Number(told)) <= 0.25 + 0.5 * Number(told) ? [] : [[name, told, size]];
    },
  );
  expect(off).toEqual([]);
});

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return statSync(path).size;
      return entry.isDirectory() && entry.name !== "node_modules" ? bytesIn(path) : 0;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

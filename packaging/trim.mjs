/**
 * Leaves in a built `dist` what a user of the package needs: code without comments and indentation, and of the declarations,
 * which keep theirs, those that the package's entries lead to.
 *
 *   node packaging/trim.mjs [folder of the package]
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { minifySync } from "rolldown/utils";

const root = resolve(process.argv[2] ?? ".");
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const entries = Object.values(exports).flatMap((entry) => entry.types ?? []);
const needed = new Set();
for (const entry of entries) follow(resolve(root, entry));

for (const name of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })) {
  const path = join(root, "dist", name);
  if (path.endsWith(".map")) rmSync(path);
  else if (path.endsWith(".d.ts") && !needed.has(path)) rmSync(path);
  else if (path.endsWith(".js")) writeFileSync(path, smaller(path));
}

// What was built has changed: the next build is not to take it for its own.
rmSync(join(root, "dist/.tsbuildinfo"), { force: true });

/** Notes a declaration file and all that it imports of this package. */
function follow(path) {
  if (needed.has(path)) return;
  needed.add(path);
  const text = readFileSync(path, "utf8");
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)) {
    follow(resolve(dirname(path), `${target}.d.ts`));
  }
}

/** The code of a file without comments and indentation; functions keep their names, so that stack traces can be read. */
function smaller(path) {
  const options = {
    ...{ module: true, compress: false, codegen: { removeWhitespace: true } },
    mangle: { toplevel: false, keepNames: { function: true, class: true } },
  };
  const { code, errors } = minifySync(path, readFileSync(path, "utf8"), options);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  return code;
}

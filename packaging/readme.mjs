/**
 * README.md as the package has it: pages of the repository that are not packed are named there, and not linked, and
 * what only works in the repository is not told.
 * Run by itself, after packing, it puts back what was there.
 *
 *   node packaging/readme.mjs
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const LINK = /\[([^\]]+)\]\((docs\/[^)\s#]+|CONTRIBUTING\.md)[^)]*\)/g;
/** What a checkout begins with, and who has the package instead. */
const BEGINNINGS = [
  ["\nnpm ci && npm start\n", "\nnpx hellfact bench\n"],
  ["`npm ci && npm test` runs the tests. ", ""],
];

/** Beside what was built, where it is not packed. */
const keptIn = (root) => join(root, "dist/README.md");

/** @param root the folder of the package, whose README.md is rewritten */
export function readmeForPackage(root) {
  const file = join(root, "README.md");
  const text = readFileSync(file, "utf8");
  const unlinked = withoutLinks(text);
  // Of a second packing, without what ends the first.
  if (unlinked === text) return;
  writeFileSync(keptIn(root), text);
  writeFileSync(file, ofPackage(unlinked));
}

/** `[the gate](docs/gate.md)` becomes: the gate (`docs/gate.md`). */
export function withoutLinks(text) {
  return text.replaceAll(LINK, (_, label, path) =>
    label === path ? `\`${path}\`` : `${label} (\`${path}\`)`,
  );
}

/** Throws where the text does not begin as a checkout does: then what is said here is out of date. */
function ofPackage(text) {
  return BEGINNINGS.reduce((made, [own, packed]) => {
    if (!made.includes(own)) throw new Error(`README.md does not say: ${own.trim()}`);
    return made.replace(own, packed);
  }, text);
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(import.meta.dirname, "..");
  if (existsSync(keptIn(root))) renameSync(keptIn(root), join(root, "README.md"));
}

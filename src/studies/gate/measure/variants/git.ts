/** A variant that is a revision of the project in which the gate is called, in a work tree of its own. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../../core/errors.js";
import type { VariantSource } from "./variant-source.js";
import { runCommand } from "./command.js";
import { codecsInProject } from "./files.js";

/**
 * Checks a revision out and builds it. Paths of all such work trees have the same length, which is
 * known to change how fast programs are. Rejects with an `InputError` that has the last lines of
 * what was said if there is no such revision, or if it does not build.
 */
export async function gitVariant(label: string, revision: string): Promise<VariantSource> {
  const top = await runCommand(".", "git", ["rev-parse", "--show-toplevel"], "git:");
  const project = top.trim();
  const name = ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`];
  const commit = (
    await runCommand(project, "git", name, `${label}: there is no such revision`)
  ).trim();
  const folder = join(mkdtempSync(join(realpathSync(tmpdir()), "hellfact-gate-")), "tree");
  const dispose = async () => {
    await rm(join(folder, ".."), { recursive: true, force: true });
    await runCommand(project, "git", ["worktree", "prune"], label);
  };
  try {
    await runCommand(
      project,
      "git",
      ["worktree", "add", "--detach", folder, commit],
      `${label} cannot be checked out`,
    );
    await build(project, folder, label);
    const codecs = await codecsInProject(folder, label);
    if (codecs.length === 0) throw new InputError(`${label} exports no codec.`);
    return { label, codecs, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function build(project: string, folder: string, label: string): Promise<void> {
  const failed = `${label} does not build`;
  if (!existsSync(join(folder, "package.json"))) return;
  if (sameLock(project, folder)) {
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  } else if (existsSync(join(folder, "package-lock.json"))) {
    await runCommand(folder, "npm", ["ci"], failed);
  }
  await runCommand(folder, "npm", ["run", "--silent", "--if-present", "build"], failed);
}

/** Whether the revision needs just what is installed already. */
function sameLock(project: string, folder: string): boolean {
  if (!existsSync(join(project, "node_modules"))) return false;
  const [ours, theirs] = [project, folder].map((root) => {
    const file = join(root, "package-lock.json");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
  return ours === theirs;
}

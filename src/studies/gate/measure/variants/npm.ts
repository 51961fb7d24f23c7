/** A variant that is this tool's own codecs on another version of their library. */
import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, UnavailableError } from "../../../../core/errors.js";
import { loadPlugin, pluginNames } from "../../../../plugins/catalog.js";
import { placeIn, type VariantSource } from "./variant-source.js";
import { runCommand } from "./command.js";

/** Installs a version aside. Rejects with an `InputError` if no codec uses it or it does not install. */
export async function npmVariant(label: string, wanted: string): Promise<VariantSource> {
  const [, packageName, version] = /^((?:@[^/]+\/)?[^@/]+)@(.+)$/.exec(wanted) ?? [];
  if (packageName === undefined || version === undefined) {
    throw new InputError(`${label}: it takes a package and a version, such as npm:msgpackr@2.1.3.`);
  }
  const codecs = await codecsOf(packageName);
  if (codecs.length === 0) {
    throw new InputError(`${label}: no codec here is made with ${packageName}.`);
  }
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "hellfact-gate-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const words = ["install", "--no-audit", "--no-fund", "--no-save", `${packageName}@${version}`];
    await runCommand(folder, "npm", words, `${label} cannot be installed`);
  } catch (error) {
    await dispose();
    throw error;
  }
  const library = { packageName, folder };
  return {
    label,
    dispose,
    codecs: codecs.map((name) => {
      const file = fileURLToPath(new URL(`../../../../codecs/${name}.js`, import.meta.url));
      return { ...placeIn(name, file), library };
    }),
  };
}

/** The names of this tool's codecs whose work a package does. */
async function codecsOf(packageName: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of pluginNames("codecs")) {
    try {
      if ((await loadPlugin("codecs", name)).npmPackage === packageName) names.push(name);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
    }
  }
  return names;
}

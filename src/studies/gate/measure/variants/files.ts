/** Variants that lie on the disk as they are: a codec's file, or a project's folder. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../../../../core/errors.js";
import { exportedCodecs } from "../../../../contracts/codec/describe.js";
import type { CodecPlace } from "../plan.js";
import { NOTHING_TO_DISPOSE, placeIn, type VariantSource } from "./variant-source.js";

/** Where a project's codecs may be, if its package.json does not say: a file for each. */
const USUAL_FOLDERS = ["dist/src/codecs", "dist/codecs", "codecs"];
const CODE_FILE = /^([a-z0-9-]+)\.(?:[cm]?js|[cm]?ts)$/;

/** The variant at a path. Rejects with an `InputError` if nothing there exports a codec. */
export async function filesVariant(label: string): Promise<VariantSource> {
  const path = resolve(label);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new InputError(
      `${label}: there is no such file or folder. A variant is a codec's file, a project's folder, git:REF or npm:PACKAGE@VERSION.`,
    );
  }
  const codecs = found.isDirectory() ? await codecsInProject(path, label) : await codecsIn(path);
  if (codecs.length === 0) throw new InputError(`${label} exports no codec.`);
  return { label, codecs, dispose: NOTHING_TO_DISPOSE };
}

/**
 * The codecs of a project's folder: the files of the folder that `hellfact.codecs` in its package.json
 * names or of a usual one, or else what its main file exports.
 */
export async function codecsInProject(root: string, label: string): Promise<CodecPlace[]> {
  const manifest = manifestOf(root);
  const named = manifest.hellfact?.codecs;
  const folder = (named === undefined ? USUAL_FOLDERS : [named])
    .map((part) => join(root, part))
    .find((path) => existsSync(path));
  if (folder !== undefined) {
    return readdirSync(folder)
      .filter((file) => !/\.(?:test|d)\.[cm]?ts$/.test(file))
      .flatMap((file) => {
        const name = CODE_FILE.exec(file)?.[1];
        return name === undefined ? [] : [placeIn(name, join(folder, file))];
      });
  }
  const main = mainFile(manifest);
  if (main !== undefined && existsSync(join(root, main))) return codecsIn(join(root, main));
  throw new InputError(
    `${label} has no codecs: name their folder as "hellfact": { "codecs": "dist/codecs" } in its package.json, or build it first.`,
  );
}

/** The codecs that a file exports, its default export first. */
async function codecsIn(file: string): Promise<CodecPlace[]> {
  return (await exportedCodecs(file))
    .map(({ exportName, codec }) => placeIn(codec.name, file, exportName))
    .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index);
}

interface Manifest {
  readonly main?: string;
  readonly exports?: unknown;
  readonly hellfact?: { readonly codecs?: string };
}

function manifestOf(root: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** The file that somebody gets who imports the package. */
function mainFile({ main, exports }: Manifest): string | undefined {
  let entry: unknown = exports;
  for (const key of [".", "import", "default"]) {
    if (typeof entry === "object" && entry !== null && key in entry) {
      entry = (entry as Record<string, unknown>)[key];
    }
  }
  return typeof entry === "string" ? entry : main;
}

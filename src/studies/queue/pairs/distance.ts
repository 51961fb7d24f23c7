/** The distance of two samples, from a file of the user's. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { firstLine, InputError } from "../../../core/errors.js";
import { importModule } from "../../../plugins/import-module.js";
import { readingProblem } from "../../../sources/file-bytes.js";
import type { Pair } from "../model/pairs.js";

/** Its default export: of two samples, which are their numbers where the file exports no `samples`. */
type Distance = (a: unknown, b: unknown) => unknown;
/** Its export `samples`, if there is one: the first so many of them. */
type Samples = (count: number) => unknown;

/** A sum by which a file is known again. Throws an `InputError` where it cannot be read. */
export function checksumOf(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
  } catch (error) {
    throw readingProblem(file, error);
  }
}

/** Loads a file. Rejects with an `InputError` for one that does not export what it should. */
export async function openDistance(
  file: string,
  count: number,
): Promise<(pair: Pair) => Promise<number>> {
  const { default: distance, samples: make } = await importModule(resolve(file));
  if (typeof distance !== "function") {
    throw new InputError(
      `${file} has no function as its default export. It takes export default (a, b) => Math.abs(a - b).`,
    );
  }
  const samples = make === undefined ? undefined : await samplesOf(file, make, count);
  const sample = (number: number): unknown =>
    samples === undefined ? number : samples[number - 1];
  return async ({ a, b }) => {
    let value: unknown;
    try {
      value = await (distance as Distance)(sample(a), sample(b));
    } catch (error) {
      throw new InputError(`${file}: the samples ${a} and ${b}: ${firstLine(error)}`);
    }
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new InputError(
      `${file}: the distance of the samples ${a} and ${b} is ${String(value)}. It returns a finite number.`,
    );
  };
}

async function samplesOf(file: string, make: unknown, count: number): Promise<readonly unknown[]> {
  const samples: unknown = typeof make === "function" ? await (make as Samples)(count) : make;
  if (Array.isArray(samples) && samples.length >= count) return samples;
  const found = Array.isArray(samples) ? `${samples.length} of them` : "no list";
  throw new InputError(`${file}: its export samples gives ${found}. It gives a list of ${count}.`);
}

/** How fast a machine's core is: the time of one encode that every machine can make. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Compile, Type, type Static } from "../../core/typebox.js";
import { firstLine, InputError } from "../../core/errors.js";
import { writeWhole } from "../../sinks/file.js";
import { environmentSchema } from "../../results/environment.js";
import { Amount, nullable, object } from "../../results/schema.js";

export const CALIBRATION_FILE = "calibration.json";

const calibrationSchema = object({
  format: Type.Literal("hellfact-calibration"),
  version: Type.Literal(1),
  measuredAt: Type.String(),
  environment: environmentSchema,
  /** User CPU-seconds to write a million generated facts as JSON, uncompressed. */
  userSecondsPerMillionFacts: object({
    median: Type.Number({ exclusiveMinimum: 0 }),
    low: Amount,
    high: nullable(Amount),
  }),
  trials: Amount,
});

export type Calibration = Static<typeof calibrationSchema>;

/** Keeps a calibration under `out`, in place of an earlier one; returns its path. */
export function saveCalibration(out: string, calibration: Calibration): string {
  const path = join(out, CALIBRATION_FILE);
  writeWhole(path, Buffer.from(`${JSON.stringify(calibration, null, 1)}\n`), "close");
  return path;
}

/** The calibration at a path, or `null` if none is there. Throws an `InputError` if it is broken. */
export function loadCalibration(path: string): Calibration | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
  const [problem] = Compile(calibrationSchema).Errors(value)[1];
  if (problem === undefined) return value as Calibration;
  const field = problem.instancePath.slice(1).replaceAll("/", ".") || "the document";
  throw new InputError(
    `${path}: ${field} ${problem.message}. Measure it again with hellfact size --calibrate.`,
  );
}

import { readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { firstLine, InputError } from "../core/errors.js";
import { resultsSchema, type ResultDocument } from "../studies/compare/document.js";
import { gateDocumentSchema, type GateDocument } from "../studies/gate/document.js";
import { runDocumentSchema, type RunDocument } from "../studies/run/document.js";
import {
  WARMUP_FORMAT,
  WARMUP_VERSION,
  warmupSchema,
  type WarmupDocument,
} from "../studies/warmup/document.js";
import { RESULTS_FORMAT, RESULTS_VERSION } from "./version.js";

/**
 * Reads the document of a comparison. Throws an `InputError` naming the file and the field that is
 * wrong.
 */
export function loadResults(path: string): ResultDocument {
  const document = loadDocument(path);
  if ("run" in document) {
    throw new InputError(`${path} is of a run of the pipeline, and not of a comparison.`);
  }
  if ("gate" in document) throw new InputError(`${path} is of a gate, and not of a comparison.`);
  if ("crossovers" in document) {
    throw new InputError(`${path} is of a warm-up, and not of a comparison.`);
  }
  return document;
}

/** Reads the document of a gate, for replaying it. Throws as `loadResults` does. */
export function loadGate(path: string): GateDocument {
  const document = loadDocument(path);
  if ("gate" in document) return document;
  throw new InputError(`${path} is not of a gate: there are no pairs in it to replay.`);
}

/** A document of any kind. */
export type AnyDocument = ResultDocument | RunDocument | GateDocument | WarmupDocument;

/** Reads a document of any kind. Throws as `loadResults` does. */
export function loadDocument(path: string): AnyDocument {
  const value = parseFile(path);
  const { format, version } = value as Partial<AnyDocument>;
  if (format !== RESULTS_FORMAT && format !== WARMUP_FORMAT) {
    throw new InputError(
      `${path} is not a result document: its format is not "${RESULTS_FORMAT}".`,
    );
  }
  const known = format === WARMUP_FORMAT ? WARMUP_VERSION : RESULTS_VERSION;
  if (version !== known) {
    throw new InputError(
      `${path} has version ${String(version)}; this hellfact reads version ${known}.`,
    );
  }
  // Compiled, because large documents take seconds otherwise; what is wrong is looked for only then.
  const validator = Compile(schemaOf(value, format));
  const [problem] = validator.Check(value) ? [] : validator.Errors(value);
  if (problem !== undefined) {
    const field = problem.instancePath.slice(1).replaceAll("/", ".") || "the document";
    throw new InputError(`${path}: ${field} ${problem.message}.`);
  }
  return value as AnyDocument;
}

function schemaOf(value: object, format: string) {
  if (format === WARMUP_FORMAT) return warmupSchema;
  return "gate" in value ? gateDocumentSchema : "run" in value ? runDocumentSchema : resultsSchema;
}

function parseFile(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new InputError(
      missing
        ? `${path}: there is no such file. Run hellfact bench first.`
        : `${path} cannot be read: ${firstLine(error)}`,
    );
  }
  try {
    return Object(JSON.parse(text)) as object;
  } catch (error) {
    throw new InputError(`${path} is not JSON: ${firstLine(error)}`);
  }
}

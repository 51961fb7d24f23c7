import { readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { firstLine, InputError } from "../core/errors.js";
import { resultsSchema, type ResultDocument } from "./document.js";
import { runDocumentSchema, type RunDocument } from "./run-document.js";
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
  return document;
}

/** Reads a document of either kind. Throws as `loadResults` does. */
export function loadDocument(path: string): ResultDocument | RunDocument {
  const value = parseFile(path);
  const { format, version } = value as Partial<ResultDocument>;
  if (format !== RESULTS_FORMAT) {
    throw new InputError(
      `${path} is not a result document: its format is not "${RESULTS_FORMAT}".`,
    );
  }
  if (version !== RESULTS_VERSION) {
    throw new InputError(
      `${path} has version ${String(version)}; this hellfact reads version ${RESULTS_VERSION}.`,
    );
  }
  // Compiled, because large documents take seconds otherwise; what is wrong is looked for only then.
  const validator = Compile("run" in value ? runDocumentSchema : resultsSchema);
  const [problem] = validator.Check(value) ? [] : validator.Errors(value);
  if (problem !== undefined) {
    const field = problem.instancePath.slice(1).replaceAll("/", ".") || "the document";
    throw new InputError(`${path}: ${field} ${problem.message}.`);
  }
  return value as ResultDocument | RunDocument;
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

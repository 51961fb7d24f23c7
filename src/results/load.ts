import { readFileSync } from "node:fs";
import { Compile } from "../core/typebox.js";
import { firstLine, InputError } from "../core/errors.js";
import { RESULTS_FORMAT, type DocumentType, type Envelope } from "./document-type.js";
import { kindOfVersion1 } from "./version-1.js";

/** A file that holds a document, of which nothing is known yet but its kind. */
export interface ParsedDocument {
  readonly path: string;
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads a document that must be of one of these kinds. Throws an `InputError` naming the file, and
 * the field that is wrong or the kind that it is of instead.
 */
export function loadDocument<D extends Envelope>(
  path: string,
  types: readonly DocumentType<D>[],
): D {
  return checkedDocument(parseDocument(path), types);
}

/** Reads a file as far as its kind. Throws as `loadDocument` does. */
export function parseDocument(path: string): ParsedDocument {
  const value = parseFile(path);
  const { format, version } = value;
  const isFirst = version === 1 && value["kind"] === undefined;
  const kind = isFirst ? kindOfVersion1(value) : value["kind"];
  if (format !== RESULTS_FORMAT && !(isFirst && kind !== undefined)) {
    throw new InputError(
      `${path} is not a result document: its format is not "${RESULTS_FORMAT}".`,
    );
  }
  if (typeof kind !== "string") throw new InputError(`${path} does not say what kind it is of.`);
  return { path, kind, value };
}

/** A parsed document, looked through. Throws as `loadDocument` does. */
export function checkedDocument<D extends Envelope>(
  { path, kind, value }: ParsedDocument,
  types: readonly DocumentType<D>[],
): D {
  const type = types.find((candidate) => candidate.kind === kind);
  if (type === undefined) {
    const wanted = types.map(({ title }) => title).join(" or ");
    throw new InputError(`${path} is a document of kind "${kind}", and not of ${wanted}.`);
  }
  const { version } = value;
  const isFirst = version === 1 && value["kind"] === undefined;
  if (version !== type.version && !isFirst) {
    throw new InputError(
      `${path} has version ${JSON.stringify(version) ?? "none"}; this hellfact reads version ${type.version} and earlier ones.`,
    );
  }
  const document = isFirst ? ofVersion1(type, value) : value;
  // Compiled, because large documents take seconds otherwise; what is wrong is looked for only then.
  const validator = Compile(type.schema);
  const [problem] = validator.Check(document) ? [] : validator.Errors(document)[1];
  if (problem !== undefined) {
    const field = problem.instancePath.slice(1).replaceAll("/", ".") || "the document";
    throw new InputError(`${path}: ${field} ${problem.message}.`);
  }
  return document as unknown as D;
}

function ofVersion1<D extends Envelope>(
  { kind, version, fromVersion1 }: DocumentType<D>,
  value: Readonly<Record<string, unknown>>,
): object {
  const document = fromVersion1?.(value) ?? value;
  return { createdAt: "", ...document, format: RESULTS_FORMAT, kind, version };
}

function parseFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case "ENOENT":
        throw new InputError(`${path}: there is no such file. Run hellfact bench first.`);
      case "EISDIR":
        throw new InputError(
          `${path} is a folder. Give a document in it, such as ${path}/latest.json, or hellfact report --all ${path}.`,
        );
      default:
        throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
    }
  }
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`${path} is not JSON: ${firstLine(error)}`);
  }
}

/** What a line of a manifest may be: whoever reads one need not trust who wrote it. */
import { Ajv, type ValidateFunction } from "ajv";
import { InputError } from "../../core/errors.js";
import type { PartEntry, Range, RunPlan } from "./plan.js";
import type { RunEnd } from "./run-end.js";

export const MANIFEST_FORMAT = "hellfact-run";
export const MANIFEST_VERSION = 1;

/** As earlier versions wrote it: by the batch, or by a grain; and with the path of a user's codec. */
export type WrittenPlan = Omit<RunPlan, "unit"> & {
  readonly unit?: RunPlan["unit"];
  readonly grain?: RunPlan["unit"];
  readonly codecFile?: string;
};

export interface HeadLine {
  readonly format: string;
  readonly version: number;
  readonly plan: WrittenPlan;
}

export type ManifestLine =
  /** A part is whole; and what the run, and those it resumes, had taken by then. */
  | { readonly part: PartEntry; readonly atSeconds: number }
  /** A part was found missing or damaged: it does not count any more. */
  | { readonly lost: Range }
  /** No more parts will come; up to the position there are no gaps, or `null` if time was up. */
  | { readonly ended: RunEnd; readonly end: number | null };

/** The names of files inside the folder: no path leads elsewhere. */
const PART_NAME = "^part-\\d{12,16}\\.[^/\\\\\\u0000]+$";
const SIDECAR_NAME = "^(part-\\d{12,16}|codec)\\.[^/\\\\\\u0000]+$";

/** An object that has all of these but the ones whose names end in `?`, and may have others. */
function object(properties: Readonly<Record<string, object>>): object {
  const names = Object.keys(properties);
  return {
    type: "object",
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(
      names.map((name) => [name.replace(/\?$/, ""), properties[name]]),
    ),
  };
}
const nullable = (schema: object) => ({ anyOf: [schema, { type: "null" }] });
const oneOf = (...names: (string | boolean)[]) => ({ enum: names });
const text = (pattern: string) => ({ type: "string", pattern });
const Text = { type: "string" };
const Name = { type: "string", minLength: 1 };
const Path = { type: "string", minLength: 1, pattern: "^[^\\u0000]+$" };
const Position = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const Count = Position;
const Amount = { type: "number", minimum: 0 };
const Sidecar = nullable(text(SIDECAR_NAME));

const Source = {
  anyOf: [
    object({
      kind: oneOf("generator"),
      seed: Count,
      profile: { type: "object", additionalProperties: Count },
    }),
    object({ kind: oneOf("lines"), path: Path, bytes: Count }),
    object({
      kind: oneOf("stream", "pipe"),
      path: Path,
      bytes: nullable(Count),
      "allowBombs?": { type: "boolean" },
    }),
  ],
};
const Unit = oneOf("fact", "batch", "file");
const Schema = object({ schema: { type: "object" }, origin: Text });
const Plan = object({
  source: Source,
  codec: Name,
  "codecSha256?": text("^[0-9a-f]{64}$"),
  "codecFile?": Text,
  "schema?": Schema,
  "hint?": Schema,
  "summarise?": Text,
  compressor: Name,
  "unit?": Unit,
  "grain?": Unit,
  "deterministic?": oneOf(false),
  sync: oneOf("none", "close", "batch"),
  folder: nullable(Text),
  start: Position,
  end: Position,
  partLength: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
  mostPartBytes: nullable(Amount),
  mostPartSeconds: nullable(Amount),
  bytesPerPosition: nullable(Amount),
  sidecar: Sidecar,
  durationSeconds: nullable(Amount),
  onError: oneOf("stop", "skip"),
});
const Part = object({
  from: Position,
  to: Position,
  file: text(PART_NAME),
  facts: Count,
  encodedBytes: Count,
  storedBytes: Count,
  crc32: text("^[0-9a-f]{8}$"),
  sidecar: Sidecar,
  rejected: Count,
  rejects: nullable(text(PART_NAME)),
});

/** JSON Schemas, checked by what loads in a fifth of the time of TypeBox; a manifest is too short to optimize for. */
const ajv = new Ajv({ strict: false, validateSchema: false, code: { optimize: false } });
const Head = ajv.compile(object({ plan: Plan }));
const PartLine = ajv.compile(object({ part: Part, atSeconds: Amount }));
const LostLine = ajv.compile(object({ lost: object({ from: Position, to: Position }) }));
const EndLine = ajv.compile(
  object({ ended: oneOf("facts", "duration", "input"), end: nullable(Position) }),
);

/** The first line. @param where the file and the line, for what is wrong: throws an `InputError` */
export function headLine(value: unknown, where: string, path: string): HeadLine {
  const head = value as Partial<HeadLine> | null;
  if (head?.format !== MANIFEST_FORMAT) {
    throw new InputError(`${where}: not the manifest of a run.`);
  }
  if (head.version !== MANIFEST_VERSION) {
    const found = JSON.stringify(head.version) ?? "none";
    throw new InputError(
      `${path} has version ${found}; this hellfact reads version ${MANIFEST_VERSION}.`,
    );
  }
  check(Head, value, where);
  const { start, end } = (value as HeadLine).plan;
  if (end < start) throw new InputError(`${where}: plan.end is before plan.start.`);
  return value as HeadLine;
}

/** Any other line. Throws as `headLine` does. */
export function manifestLine(value: unknown, where: string): ManifestLine {
  const line = Object(value) as object;
  if ("part" in line) {
    check(PartLine, value, where);
    const { part } = value as { part: PartEntry };
    if (part.to < part.from) throw new InputError(`${where}: part.to is before part.from.`);
    if (part.rejected > 0 && part.rejects === null) {
      throw new InputError(`${where}: part.rejects must name the file of ${part.rejected} lines.`);
    }
  } else if ("lost" in line) check(LostLine, value, where);
  else if ("ended" in line) check(EndLine, value, where);
  else throw new InputError(`${where}: neither a part, nor one that is lost, nor the end.`);
  return value as ManifestLine;
}

function check(isRight: ValidateFunction, value: unknown, where: string): void {
  if (isRight(value)) return;
  const [problem] = isRight.errors ?? [];
  const field = problem?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  throw new InputError(`${where}: ${field === "" ? "it" : field} ${problem?.message ?? ""}.`);
}

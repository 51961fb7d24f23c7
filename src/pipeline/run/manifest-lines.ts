/** What a line of a manifest may be: whoever reads one need not trust who wrote it. */
import { profileProblem } from "../../../generators/profile.js";
import { Compile, Type } from "../../core/typebox.js";
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

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = (...names: string[]) => Type.Unsafe<string>({ type: "string", enum: names });
const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Count = Position;
const Amount = Type.Number({ minimum: 0 });
const Path = Type.String({ minLength: 1, pattern: "^[^\\u0000]+$" });

const Source = Type.Union([
  Type.Object({
    kind: Type.Literal("generator"),
    seed: Count,
    profile: Type.Record(Type.String(), Count),
  }),
  Type.Object({ kind: Type.Literal("lines"), path: Path, bytes: Count }),
  Type.Object({
    kind: oneOf("stream", "pipe"),
    path: Path,
    bytes: nullable(Count),
    allowBombs: Type.Optional(Type.Boolean()),
  }),
  Type.Object({
    kind: Type.Literal("events"),
    path: Path,
    bytes: Type.Null(),
    consumer: Type.String({ pattern: "^[A-Za-z0-9_-]+$" }),
    isOwn: Type.Boolean(),
    first: Count,
    followSeconds: nullable(Amount),
  }),
]);
const Unit = oneOf("fact", "batch", "file");
const Schema = Type.Object({ schema: Type.Object({}), origin: Type.String() });
const Plan = Type.Object({
  source: Source,
  codec: Type.String({ minLength: 1 }),
  codecSha256: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
  codecFile: Type.Optional(Type.String()),
  schema: Type.Optional(Schema),
  hint: Type.Optional(Schema),
  summarise: Type.Optional(Type.String()),
  compressor: Type.String({ minLength: 1 }),
  compressorSha256: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
  compressorEngine: Type.Optional(Type.String({ minLength: 1 })),
  unit: Type.Optional(Unit),
  grain: Type.Optional(Unit),
  deterministic: Type.Optional(Type.Literal(false)),
  sync: oneOf("none", "close", "batch"),
  folder: nullable(Type.String()),
  place: Type.Optional(Type.String({ pattern: "^[a-z][a-z0-9-]*://[^\\u0000]+$" })),
  start: Position,
  end: Position,
  partLength: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  mostPartBytes: nullable(Amount),
  mostPartSeconds: nullable(Amount),
  bytesPerPosition: nullable(Amount),
  sidecar: nullable(Type.String({ pattern: SIDECAR_NAME })),
  durationSeconds: nullable(Amount),
  onError: oneOf("stop", "skip"),
});
const Part = Type.Object({
  from: Position,
  to: Position,
  file: Type.String({ pattern: PART_NAME }),
  facts: Count,
  encodedBytes: Count,
  storedBytes: Count,
  crc32: Type.String({ pattern: "^[0-9a-f]{8}$" }),
  sidecar: nullable(Type.String({ pattern: SIDECAR_NAME })),
  rejected: Count,
  rejects: nullable(Type.String({ pattern: PART_NAME })),
});

const PlanAlone = Compile(Plan);
const Head = Compile(Type.Object({ plan: Plan }));
const PartLine = Compile(Type.Object({ part: Part, atSeconds: Amount }));
const LostLine = Compile(Type.Object({ lost: Type.Object({ from: Position, to: Position }) }));
const EndLine = Compile(
  Type.Object({ ended: oneOf("facts", "duration", "input"), end: nullable(Position) }),
);

/** Whether something that came from elsewhere is a plan. */
export function isPlan(value: unknown): value is RunPlan {
  return PlanAlone.Check(value);
}

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
  const { start, end, source } = (value as HeadLine).plan;
  const problem = source.kind === "generator" ? profileProblem(source.profile) : undefined;
  if (problem !== undefined) throw new InputError(`${where}: plan.source.profile.${problem}`);
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

interface Checked {
  Check(value: unknown): boolean;
  Errors(value: unknown): readonly [isRight: boolean, problems: readonly Problem[]];
}

interface Problem {
  readonly instancePath: string;
  readonly message: string;
}

function check(schema: Checked, value: unknown, where: string): void {
  if (schema.Check(value)) return;
  const [problem] = schema.Errors(value)[1];
  const field = problem?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  throw new InputError(`${where}: ${field === "" ? "it" : field} ${problem?.message ?? ""}.`);
}

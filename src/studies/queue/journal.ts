/** Which jobs of a queue are done: a line of JSON for each, durable before the next begins to count on it. */
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { firstLine, InputError } from "../../core/errors.js";
import { Compile, Type } from "../../core/typebox.js";
import { jobIdentity, type Job } from "./model/plan.js";
import { writingProblem } from "../../sinks/file.js";

const FORMAT = "hellfact-queue";
const Head = Compile(Type.Object({ format: Type.Literal(FORMAT), version: Type.Literal(1) }));
/** A job was done, or is begun again, so that what was said of it before does not hold any more. */
const DoneLine = Compile(Type.Object({ done: Type.String({ minLength: 1 }) }));
const AgainLine = Compile(Type.Object({ again: Type.String({ minLength: 1 }) }));
const Identity = Compile(
  Type.Array(Type.Union([Type.String(), Type.Null()]), { minItems: 4, maxItems: 4 }),
);

interface Last {
  readonly identity: string;
  readonly line: number;
}

/** The journal of a queue, to which only one process adds at a time. */
export class Journal {
  private readonly descriptor: number;
  /** What is said last, by stage and part. */
  private readonly last: Map<string, Last>;
  private lines: number;

  /** Reads what is there, or begins it. Throws an `InputError` naming the line where it is none. */
  constructor(private readonly path: string) {
    const text = textOf(path);
    // What has no newline behind it was not finished, and does not count.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    this.last = lastIn(path, whole);
    this.lines = whole.split("\n").length - 1;
    this.descriptor = this.attempt(() => openSync(path, "a+", 0o666));
    this.attempt(() => ftruncateSync(this.descriptor, Buffer.byteLength(whole)));
    if (whole === "") this.append({ format: FORMAT, version: 1 });
  }

  /** The line that says that a job was done; `undefined` where there is none, or another one of its part came later. */
  lineOf(job: Job): number | undefined {
    const last = this.last.get(keyOf(job));
    return last?.identity === jobIdentity(job) ? last.line : undefined;
  }

  /** Returns when it is durable. */
  add(job: Job): void {
    const identity = jobIdentity(job);
    this.append({ done: identity });
    this.last.set(keyOf(job), { identity, line: this.lines });
  }

  /** What was said of a job of its stage and part does not hold any more. */
  forget(job: Job): void {
    const key = keyOf(job);
    if (!this.last.has(key)) return;
    this.append({ again: key });
    this.last.delete(key);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private append(line: object): void {
    this.attempt(() => {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.descriptor, bytes, written);
      }
      fdatasyncSync(this.descriptor);
    });
    this.lines += 1;
  }

  private attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw writingProblem(this.path, error);
    }
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new InputError(`${path} cannot be read: ${firstLine(error)}`);
  }
}

function keyOf({ stage, part }: Pick<Job, "stage" | "part">): string {
  return JSON.stringify([stage, part]);
}

function lastIn(path: string, text: string): Map<string, Last> {
  const [head, ...lines] = text
    .split("\n")
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        throw new InputError(
          `${path} line ${index + 1}: damaged, it is not JSON. Take the line away.`,
        );
      }
    });
  const last = new Map<string, Last>();
  if (head === undefined) return last;
  if (!Head.Check(head)) {
    throw new InputError(
      `${path} line 1: not the journal of a queue of this version. Name another --state.`,
    );
  }
  for (const [index, line] of lines.entries()) {
    const identity = DoneLine.Check(line) ? line.done : "";
    const key = keyIn(identity);
    if (key !== undefined) last.set(key, { identity, line: index + 2 });
    else if (AgainLine.Check(line)) last.delete(line.again);
    else {
      throw new InputError(
        `${path} line ${index + 2}: says nothing that is understood. Take the line away.`,
      );
    }
  }
  return last;
}

/** The stage and the part in an identity; `undefined` where it is none. */
function keyIn(identity: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(identity);
    return Identity.Check(parsed) ? JSON.stringify(parsed.slice(0, 2)) : undefined;
  } catch {
    return undefined;
  }
}

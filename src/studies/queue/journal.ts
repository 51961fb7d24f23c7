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
import { writingProblem } from "../../sinks/file.js";

const FORMAT = "hellfact-queue";
const Head = Compile(Type.Object({ format: Type.Literal(FORMAT), version: Type.Literal(1) }));
const DoneLine = Compile(Type.Object({ done: Type.String({ minLength: 1 }) }));

/** The journal of a queue, to which only one process adds at a time. */
export class Journal {
  private readonly descriptor: number;
  private readonly done: Set<string>;

  /** Reads what is there, or begins it. Throws an `InputError` naming the line where it is none. */
  constructor(private readonly path: string) {
    const text = textOf(path);
    // What has no newline behind it was not finished, and does not count.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    this.done = new Set(doneIn(path, whole));
    this.descriptor = this.attempt(() => openSync(path, "a+", 0o666));
    this.attempt(() => ftruncateSync(this.descriptor, Buffer.byteLength(whole)));
    if (whole === "") this.append({ format: FORMAT, version: 1 });
  }

  /** @param identity of a job */
  has(identity: string): boolean {
    return this.done.has(identity);
  }

  /** Returns when it is durable. */
  add(identity: string): void {
    this.append({ done: identity });
    this.done.add(identity);
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

function doneIn(path: string, text: string): string[] {
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
  if (head === undefined) return [];
  if (!Head.Check(head)) {
    throw new InputError(
      `${path} line 1: not the journal of a queue of this version. Name another --state.`,
    );
  }
  return lines.map((line, index) => {
    if (DoneLine.Check(line)) return line.done;
    throw new InputError(
      `${path} line ${index + 2}: says nothing that is understood. Take the line away.`,
    );
  });
}

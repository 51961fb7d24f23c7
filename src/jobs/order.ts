/** What whoever does a job is told of it, and what they tell of its end. */
import { Compile, Type, type Static } from "../core/typebox.js";

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const Order = Type.Object({
  /** `import/monday`. */
  name: Type.String({ minLength: 1 }),
  stage: Type.String({ minLength: 1 }),
  part: nullable(Type.String()),
  /** For a shell. */
  run: Type.String({ minLength: 1 }),
  /** Where it runs: the queue's folder. */
  directory: Type.String({ minLength: 1 }),
  /** The file or folder that it makes, from there. */
  output: nullable(Type.String({ minLength: 1 })),
  timeoutSeconds: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1e9 })),
  /** What the folders in which outputs are until they count are called. */
  staging: Type.String({ pattern: "^\\.[A-Za-z0-9_.-]+$" }),
  /** How often it was tried, this time included. */
  attempt: Type.Integer({ minimum: 1 }),
});

const Ending = Type.Object({
  how: Type.Unsafe<"done" | "failed">({ type: "string", enum: ["done", "failed"] }),
  /** `(exit code 1): no such file`. */
  why: nullable(Type.String()),
  seconds: Type.Number({ minimum: 0 }),
  /** The folder in which its output is. */
  staged: nullable(Type.String({ pattern: "^[A-Za-z0-9_-]+$" })),
});

export type JobOrder = Static<typeof Order>;
export type JobEnding = Static<typeof Ending>;

const checkedOrder = Compile(Order);
const checkedEnding = Compile(Ending);

/** What came over a wire, where it is an order; else `undefined`. */
export function orderIn(value: unknown): JobOrder | undefined {
  return checkedOrder.Check(value) ? value : undefined;
}

/** What a worker says of a job's end, where it is that; else `undefined`. */
export function endingIn(value: unknown): JobEnding | undefined {
  return checkedEnding.Check(value) ? value : undefined;
}

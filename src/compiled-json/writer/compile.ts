import type { JsonSchema } from "../../core/json-schema.js";
import { Election, fasterWriter } from "../choice.js";
import { planOf, type Plan } from "../plan.js";
import {
  bindWriter,
  createWriterRuntime,
  writeNatively,
  type CompiledWriter,
  type WriteFact,
  type WriterRuntime,
} from "./runtime.js";
import { ShapeLearner, type Shapes } from "./shapes.js";
import { isStraight, writerSource } from "./source.js";

/** One for the process, so that its tables are made once and its memory is a constant of the code. */
let shared: WriterRuntime | undefined;

/**
 * A writer for facts of `schema`, or `JSON.stringify` where that turns out to be faster. It gives the
 * same bytes. The first facts, of which it learns, are written by `JSON.stringify`: compiling takes as
 * long as writing megabytes. Throws where code must not be made of strings.
 */
export function compileWriter(schema: JsonSchema, runtime?: WriterRuntime): WriteFact {
  return settlingWriter(schema, runtime).write;
}

/** The same, and whether it has found out which of the two ways is the faster one. */
export function settlingWriter(schema: JsonSchema, runtime?: WriterRuntime) {
  checkAllowed();
  const election = new Election();
  const compiled = learningWriter(planOf(schema), runtime, writeNatively);
  return {
    write: fasterWriter(compiled, writeNatively, election),
    isSettled: () => election.isSettled,
  };
}

/**
 * The same without a choice, compiled at once. Whatever does not fit is written too, only not as fast.
 * Where the schema leaves open which keys objects have, it learns from the first facts, and is compiled
 * anew.
 */
export function compiledWriter(schema: JsonSchema, runtime?: WriterRuntime): WriteFact {
  const plan = planOf(schema);
  return learningWriter(plan, runtime, evaluate(plan, runtime));
}

/** Says at once what compiling would only say after the first facts. */
function checkAllowed(): void {
  // oxlint-disable-next-line typescript/no-implied-eval
  (new Function() as () => void)();
}

/** Writes by `first` as long as it learns. */
function learningWriter(
  plan: Plan,
  runtime: WriterRuntime | undefined,
  first: WriteFact,
): WriteFact {
  let write = first;
  let learner: ShapeLearner | undefined = new ShapeLearner(plan, (one) => !isStraight(one));
  return (fact, out) => {
    const start = out.position;
    write(fact, out);
    if (learner === undefined) return;
    learner.observe(out.buffer.subarray(start, out.position));
    if (!learner.done) return;
    const shapes = learner.shapes();
    learner = undefined;
    if (shapes.size > 0 || first === writeNatively) write = evaluate(plan, runtime, shapes);
  };
}

function evaluate(
  plan: Plan,
  runtime: WriterRuntime = (shared ??= createWriterRuntime()),
  shapes?: Shapes,
): WriteFact {
  // What comes of a schema are numbers, and literals that `writerSource` escapes.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("runtime", writerSource(plan, shapes)) as (
    names: object,
  ) => CompiledWriter;
  return bindWriter(make(runtime.names), runtime);
}

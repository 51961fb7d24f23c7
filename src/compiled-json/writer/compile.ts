import type { ByteWriter } from "../../core/byte-writer.js";
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
 * same bytes.
 */
export function compileWriter(schema: JsonSchema, runtime?: WriterRuntime): WriteFact {
  return settlingWriter(schema, runtime).write;
}

/** The same, and whether it has found out which of the two ways is the faster one. */
export function settlingWriter(schema: JsonSchema, runtime?: WriterRuntime) {
  const election = new Election();
  return {
    write: fasterWriter(compiledWriter(schema, runtime), writeNatively, election),
    isSettled: () => election.isSettled,
  };
}

/**
 * The same without a choice. Whatever does not fit is written too, only not as fast. Where the
 * schema leaves open which keys objects have, it learns from the first facts, and is compiled anew.
 */
export function compiledWriter(
  schema: JsonSchema,
  runtime: WriterRuntime = (shared ??= createWriterRuntime()),
): WriteFact {
  const plan = planOf(schema);
  let write = evaluate(plan, runtime);
  let learner: ShapeLearner | undefined = new ShapeLearner((one) => !isStraight(one));
  return (fact, out) => {
    const start = out.position;
    write(fact, out);
    if (learner === undefined) return;
    observe(learner, plan, out, start);
    if (!learner.done) return;
    const shapes = learner.shapes();
    learner = undefined;
    if (shapes.size > 0) write = evaluate(plan, runtime, shapes);
  };
}

function evaluate(plan: Plan, runtime: WriterRuntime, shapes?: Shapes): WriteFact {
  // What comes of a schema are numbers, and literals that `writerSource` escapes.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("runtime", writerSource(plan, shapes)) as (
    names: object,
  ) => CompiledWriter;
  return bindWriter(make(runtime.names), runtime);
}

/** From what was written and not from the fact itself, whose getters are to be asked only once. */
function observe(learner: ShapeLearner, plan: Plan, out: ByteWriter, start: number): void {
  learner.observe(plan, out.buffer.toString("utf8", start, out.position));
}

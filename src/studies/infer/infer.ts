/** The schema of facts: counts what is at every path of them, and derives what a schema can say. */
import type { Fact } from "../../core/fact.js";
import { begun } from "../../results/document-type.js";
import { SchemaInference, type Decisions } from "../../schema/infer.js";
import { decisionsIn } from "../../schema/key-marks.js";
import { deriveProto } from "../../schema/proto.js";
import { inputSource, type Input } from "../../sources/input.js";
import { checkSchemaLimits } from "../../schema/limits.js";
import { readSchema } from "../../sources/schema-file.js";
import type { InferenceDocument } from "./document.js";

/** How facts are looked at. */
export interface InferWishes {
  /** As many as are looked at; `undefined` for all. */
  readonly facts: number | undefined;
  readonly decisions: Decisions;
  /** A file with an earlier schema, whose decisions hold on. */
  readonly schema: string | undefined;
  readonly allowBombs: boolean;
  /** A `.proto` whose fields keep their numbers. */
  readonly earlierProto: string | undefined;
  readonly signal?: AbortSignal;
  readonly onFact?: (fact: Fact) => void;
}

/** What was inferred, and the `.proto` of it. */
export interface Inference {
  readonly document: InferenceDocument;
  readonly proto: string;
}

/** Infers the schema of an input. Rejects with an `InputError` naming what is no fact. */
export async function inferSchema(input: Input, wishes: InferWishes): Promise<Inference> {
  const { decisions, allowBombs, schema: file, facts: most = Infinity, signal } = wishes;
  const earlier = file === undefined ? undefined : readSchema(file);
  if (earlier !== undefined) checkSchemaLimits(earlier, file ?? "");
  const inference = new SchemaInference({
    decisions,
    ...(earlier !== undefined && { earlierDecisions: decisionsIn(earlier) }),
  });
  let seen = 0;
  for await (const fact of inputSource(input, undefined, { allowBombs }).facts()) {
    inference.observe(fact);
    seen += 1;
    if (seen >= most || signal?.aborted === true) break;
    wishes.onFact?.(fact);
  }
  const { schema, facts, paths } = inference.result();
  const { proto, rules } = deriveProto(schema, wishes.earlierProto);
  const document: InferenceDocument = {
    ...begun("infer", 2),
    ...{ source: input.name, facts, paths: [...paths], schema },
    protobuf: rules.map((rule) => ({ text: rule.text, paths: [...rule.paths] })),
  };
  return { document, proto };
}

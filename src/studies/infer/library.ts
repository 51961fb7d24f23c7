/** `infer()`: the schema of facts, from a program. */
import { InputError } from "../../core/errors.js";
import type { JsonSchema } from "../../core/json-schema.js";
import { keepIn } from "../../library/folder.js";
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { withDefaults } from "../../library/options.js";
import { StudyResult } from "../../library/result.js";
import { openInput } from "../../sources/input.js";
import type { InferenceDocument } from "./document.js";
import { inferSchema, type Inference } from "./infer.js";
import { inferenceHeadline, inferenceText } from "./report/text.js";

/** Which facts, and what is known of them. */
export interface InferOptions {
  /** Files, or patterns of their names: JSON, NDJSON (gzipped or not), CSV, Parquet. */
  readonly input: string | readonly string[];
  /** As many as are looked at. Default: all. */
  readonly facts?: number;
  /** Paths of objects whose keys are data, such as `players[].items`. */
  readonly maps?: readonly string[];
  /** Paths of objects whose keys are fields, whatever they look like. */
  readonly records?: readonly string[];
  /** A file with an earlier schema, whose maps and records hold on. */
  readonly schema?: string;
  /** The text of a `.proto` whose fields keep their numbers. */
  readonly proto?: string;
  /** Reads on in gzip that inflates over 1,000:1 to 256 MB without a fact. Default: false. */
  readonly allowBombs?: boolean;
  /** Ends it with the facts there were. */
  readonly signal?: AbortSignal;
  /** A folder in which the document is kept. Default: it is not. */
  readonly out?: string;
}

/** What was inferred. */
export class InferResult extends StudyResult<InferenceDocument> {
  /** Protocol Buffers of the same facts, as the text of a `.proto`. */
  readonly proto: string;

  constructor({ document, proto }: Inference) {
    super(document, inferenceHeadline(document), { text: inferenceText });
    this.proto = proto;
  }

  /** The JSON Schema. */
  get schema(): JsonSchema {
    return this.document.schema;
  }
}

const DEFAULTS = { maps: [], records: [], allowBombs: false } as const;
const WITHOUT_DEFAULT = ["input", "facts", "schema", "proto", "signal", "out"] as const;
/** Facts between two events. */
const TELL_FACTS = 1000;

/**
 * Infers the schema of facts. Rejects with an `InputError` naming the file, the offset and what is no fact.
 *
 * @example
 * const { schema, proto } = await infer({ input: "events.ndjson.gz" });
 */
export function infer(options: InferOptions): Measuring<InferResult> {
  return measuring((tell) => inferring(options, tell));
}

async function inferring(
  options: InferOptions,
  tell: (event: ProgressEvent) => void,
): Promise<InferResult> {
  const said = withDefaults(options, DEFAULTS, WITHOUT_DEFAULT);
  const { input, facts, maps, records, schema, proto, allowBombs, signal } = said;
  const files = typeof input === "string" ? [input] : input;
  if (files === undefined || files.length === 0) {
    throw new InputError("input is missing: it takes the files of facts.");
  }
  let seen = 0;
  const opened = await openInput(files, { bytes: 1_000_000_000, facts });
  const inference = await inferSchema(opened, {
    ...{ facts, schema, allowBombs, earlierProto: proto, decisions: { maps, records } },
    ...(signal !== undefined && { signal }),
    onFact: () => {
      seen += 1;
      if (seen % TELL_FACTS !== 0) return;
      const done = facts === undefined ? 0 : seen / facts;
      tell({ done, secondsLeft: null, stage: "reading", activity: `${seen} facts` });
    },
  });
  keepIn(said.out, inference.document);
  return new InferResult(inference);
}

/** `gate()`: did a change make serializing slower, from a program. */
import { measuring, type Measuring, type ProgressEvent } from "../../library/measuring.js";
import { keepIn } from "../../library/folder.js";
import { withDefaults } from "../../library/options.js";
import { StudyResult } from "../../library/result.js";
import { InputError } from "../../core/errors.js";
import { GATE_DEFAULTS } from "./defaults.js";
import type { GateDocument } from "./document.js";
import { gatePayloads } from "./gate-payloads.js";
import { compareVariants } from "./measure/compare.js";
import type { GateDirection } from "./measure/plan.js";
import { gateMarkdown } from "./report/markdown.js";
import { gateHeadline } from "./report/sentence.js";
import { gateText } from "./report/text.js";
import { waysText } from "./report/ways.js";

/** Two variants, and how they are compared; all but the variants has a default. */
export interface GateOptions {
  /** What was: a codec's file, a project's folder, `git:REF` or `npm:PACKAGE@VERSION`. */
  readonly baseline: string;
  /** What may be slower, named likewise. */
  readonly candidate: string;
  /** Default: all that both variants have. */
  readonly codecs?: readonly string[];
  /** Default: `write`. */
  readonly directions?: readonly GateDirection[];
  /** Files of your own facts, each a payload. Default: generated facts. */
  readonly input?: readonly string[];
  /** Mean sizes of generated facts in bytes, each a payload. Default: 40,000. */
  readonly factBytes?: readonly number[];
  /** Of the generator, and of the order of turns. Default: 42. */
  readonly seed?: number;
  /** The most it may take. Default: 360, and 120 for each cell but the first. */
  readonly budgetSeconds?: number;
  /** Compares the speed although the format changed. Default: false. */
  readonly allowChangedBytes?: boolean;
  /** Both variants of a pair in one process, or each in its own. Default: `auto`, the quieter here and now. */
  readonly way?: "auto" | "one-process" | "two-processes";
  /** Ends it with the pairs there are; before every cell has one it rejects. */
  readonly signal?: AbortSignal;
  /** A folder in which the document is kept. Default: it is not. */
  readonly out?: string;
}

/** What a gate decided. */
export class GateResult extends StudyResult<GateDocument> {
  constructor(document: GateDocument) {
    super(document, gateHeadline(document), { text: gateText, markdown: gateMarkdown });
  }

  /** `inconclusive` where the pairs decide neither. */
  get answer(): GateDocument["gate"]["answer"] {
    return this.document.gate.answer;
  }
}

const WITHOUT_DEFAULT = [
  ...(["baseline", "candidate", "codecs", "input", "factBytes", "budgetSeconds"] as const),
  ...(["signal", "out"] as const),
];

/**
 * Compares two variants by pairs of fresh processes until it is decided, or the time is up. Rejects with
 * an `InputError` where there is nothing right to compare.
 *
 * @example
 * const { answer } = await gate({ baseline: "npm:my-codec@1.2.0", candidate: "." });
 */
export function gate(options: GateOptions): Measuring<GateResult> {
  return measuring((tell) => gating(options, tell));
}

async function gating(
  options: GateOptions,
  tell: (event: ProgressEvent) => void,
): Promise<GateResult> {
  const said = withDefaults(options, GATE_DEFAULTS, WITHOUT_DEFAULT);
  for (const name of ["baseline", "candidate"] as const) {
    if (typeof said[name] === "string") continue;
    throw new InputError(
      `${name} is missing: it takes a file, a folder, git:REF or npm:PACKAGE@VERSION.`,
    );
  }
  const { baseline, candidate, codecs, directions, seed, allowChangedBytes, way } = said;
  const { input, factBytes: factSize, budgetSeconds, signal, out } = said;
  const payloads = await gatePayloads({
    ...(input !== undefined && { input }),
    ...(factSize !== undefined && { factSize }),
    seed,
  });
  const document = await compareVariants(
    {
      ...{ baseline, candidate, codecs, directions, payloads, seed, budgetSeconds },
      ...{ allowChangedBytes, way, command: ["gate"] },
    },
    {
      signal: signal ?? new AbortController().signal,
      onNote: (activity) => tell({ done: 0, secondsLeft: null, stage: "preparing", activity }),
      onWays: (ways) =>
        tell({ done: 0, secondsLeft: null, stage: "preparing", activity: waysText(ways) }),
      onPair: (made, wanted, secondsLeft, { name }) =>
        tell({
          ...{ done: made / Math.max(made, wanted), secondsLeft, activity: name },
          stage: `${made} pairs`,
        }),
    },
  );
  keepIn(out, document);
  return new GateResult(document);
}

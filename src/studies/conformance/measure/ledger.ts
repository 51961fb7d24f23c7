/**
 * Which values come back from which codec: how a value is judged.
 *
 * `values.ts` lists the values. For each codec, `ask.ts` starts a process (`answering-process.ts`) and asks
 * it for one value at a time; one that dies or is late is replaced, and the next question goes to the new
 * one. There, `examine.ts` sends the value round (`round-trip.ts`, the only place that knows rows from
 * batches) and `judge.ts` says what became of it. `disagreements.ts` holds the cells against the codec's
 * `losses` and `refuses`.
 *
 * What each codec does is remembered in `remembered/`, a file for each codec. If a library's update changes
 * one, look at the difference, run `npx vitest run src/studies/conformance --update`, and tell it in the
 * changelog. Values that the runtime's own limits decide about (`runtimeDecides`) are not remembered, nor
 * how a refusal is worded.
 */
import { firstLine, UnavailableError } from "../../../core/errors.js";
import type { Cell, Ledger, LedgerCodec } from "../document.js";
import type { Asked } from "../../../process/asked.js";
import { askAll, type Limits } from "./ask.js";
import { disagreements } from "./disagreements.js";
import { describedPair, type DescribedPair } from "./described-pair.js";
import { VALUES } from "./values.js";

/** A codec that takes more times its limit than this for all values is given up. */
const LIMITS_PER_CODEC = 5;

export interface LedgerOptions {
  /** What a codec may take for one value. */
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
  /** Called before each codec, with the share that is done. */
  readonly onCodec: (name: string, done: number) => void;
}

/** Puts every value through every codec, each codec in a process of its own. */
export async function makeLedger(
  names: readonly string[],
  { signal, onCodec, limitSeconds }: LedgerOptions,
): Promise<Ledger> {
  const limits = { questionSeconds: limitSeconds, taskSeconds: limitSeconds * LIMITS_PER_CODEC };
  const codecs: LedgerCodec[] = [];
  for (const [index, name] of names.entries()) {
    if (signal.aborted) break;
    onCodec(name, index / names.length);
    const examined = await examineCodec(name, limits, signal);
    if (!signal.aborted) codecs.push(examined);
  }
  return {
    node: process.versions.node,
    values: VALUES.map(({ name, inJson }) => ({ name, inJson })),
    codecs,
  };
}

async function examineCodec(
  name: string,
  limits: Limits,
  signal: AbortSignal,
): Promise<LedgerCodec> {
  let pair: DescribedPair;
  try {
    pair = await describedPair(name);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return { name, unavailable: firstLine(error), cells: [], disagreements: [] };
  }
  const replies = await askAll({ kind: "values", codec: name }, VALUES.length, limits, signal);
  const cells = replies.map(cellOf);
  const declared = [...new Set([pair.codec, pair.writer])];
  return {
    name: pair.codec.name,
    unavailable: null,
    cells,
    disagreements: disagreements(declared, VALUES, cells),
  };
}

function cellOf(reply: Asked<Cell>): Cell {
  return "answer" in reply ? reply.answer : { outcome: "crashed", detail: reply.reason };
}

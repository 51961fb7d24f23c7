/** What reading a user's input takes, for the document of a comparison. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Sync } from "../../core/sink.js";
import type { Input } from "../../payload/input-reading.js";
import { ask } from "../../process/ask.js";
import { medianInterval } from "../../stats/median-interval.js";
import type { InputCost, InputQuestion } from "../../trial/input-cost.js";
import type { ResultDocument } from "./document.js";
import type { PlannedScenario } from "./plan/matrix.js";
import type { CommonPlan } from "./plan/plans.js";

/** What is known of a comparison before it begins. */
interface Prepared {
  readonly common: Pick<CommonPlan, "payload" | "poolSize">;
  readonly input?: Input;
  readonly options: {
    readonly sink: "file" | "null";
    readonly sync: Sync;
    readonly budgetSeconds: number;
    readonly budgetBegan?: number;
    readonly wholeRound?: boolean;
  };
  readonly planned: readonly PlannedScenario[];
}

const PATIENCE_SECONDS = 120;
/** What it may take of a budget that is kept. */
const BUDGET_SHARE = 0.15;

/**
 * Measures in a fresh process how long reading the input takes, and checking its facts, against writing
 * them as plain JSON. `undefined` where there is no input, or it cannot be read again.
 */
export async function readingCost(
  { common, input, options, planned }: Prepared,
  runFolder: string,
  signal: AbortSignal,
): Promise<ResultDocument["payload"]["reading"]> {
  const { payload, poolSize } = common;
  if (payload.kind !== "file" || input === undefined || signal.aborted) return undefined;
  const file = options.sink === "file" ? join(runFolder, "reading.json.tmp") : null;
  const isKept = options.budgetBegan !== undefined && options.wholeRound !== true;
  const deadline = isKept ? BUDGET_SHARE * options.budgetSeconds : PATIENCE_SECONDS;
  const question: InputQuestion = { payload, input, poolSize, file, sync: options.sync, deadline };
  const asked = await ask<InputCost>(
    new URL("../../trial/input-process.js", import.meta.url),
    question,
    {
      patienceSeconds: isKept ? 2 * deadline : PATIENCE_SECONDS,
      signal,
    },
  );
  if (file !== null) {
    for (const left of [file, `${file}.repetitions`])
      rmSync(left, { recursive: true, force: true });
  }
  if (!("answer" in asked)) return undefined;
  const { rounds } = asked.answer;
  const needing = planned.flatMap((entry) =>
    "codec" in entry && entry.codec.needsSchema ? [entry.codec.name] : [],
  );
  return {
    formats: [...new Set(input.files.map(({ format }) => format))],
    readPerJsonWrite: medianInterval(rounds.map(({ read, writeJson }) => read / writeJson)),
    checkPerJsonWrite: medianInterval(rounds.map(({ check, writeJson }) => check / writeJson)),
    checkedCodecs: [...new Set(needing)],
  };
}

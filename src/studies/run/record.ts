import { isDelayed } from "../../pipeline/injection.js";
import { isSlowed } from "../../sinks/slowed.js";
import type { RunOutcome } from "../../pipeline/run/outcome.js";
import type { Run } from "../../pipeline/run/plan.js";
import { STAGES, type StageSeconds } from "../../pipeline/run/worker/stages.js";
import { unsureLine } from "../../schema/key-marks.js";
import { begun } from "../../results/document-type.js";
import type { RunDocument } from "./document.js";
import { environmentFingerprint } from "../../machine/environment.js";
import { documentRound, runVerdict } from "./verdict.js";

/** The document of a run: what was done, how fast, and where the workers' time went. */
export function runDocument(
  run: Run,
  outcome: RunOutcome,
  /** `libraries`: npm packages whose versions belong into the record. */
  record: { readonly libraries: readonly string[]; readonly command: readonly string[] },
): RunDocument {
  const { plan, conditions } = run;
  const { slowing, delays } = conditions;
  const { seconds, workers, facts, encodedBytes, storedBytes } = outcome;
  const perSecond = (amount: number) => (seconds > 0 ? amount / seconds : 0);
  return {
    ...begun("run", 2),
    complete: outcome.ended !== null,
    environment: environmentFingerprint(record.libraries),
    command: [...record.command],
    run: {
      source: plan.source.kind === "generator" ? "totalhelldeath" : plan.source.path,
      codec: plan.codec,
      ...(conditions.jsonEngine !== undefined && { jsonEngine: conditions.jsonEngine }),
      compressor: plan.compressor,
      unit: plan.unit,
      sink:
        conditions.sink?.name ??
        plan.place ??
        (plan.folder === null ? "null" : `file:${plan.folder}`),
      sync: plan.sync,
      ended: outcome.ended,
      facts,
      parts: outcome.parts,
      rejected: outcome.rejected,
      encodedBytes,
      storedBytes,
      wallSeconds: seconds,
      factsPerSecond: perSecond(facts),
      encodedBytesPerSecond: perSecond(encodedBytes),
      storedBytesPerSecond: perSecond(storedBytes),
      wantedFactsPerSecond: conditions.factsPerSecond,
      mostSecondsLate: Math.max(0, ...workers.map((worker) => worker.mostSecondsLate)),
      peakMemoryBytesPerWorker: Math.max(0, ...workers.map((worker) => worker.peakMemoryBytes)),
      stages: stagesOf(
        workers.map(({ stages }) => stages),
        seconds * run.workers,
      ),
      workers: workers.map((worker) => ({
        facts: worker.facts,
        stages: stagesOf([worker.stages], seconds),
      })),
      incidents: [...outcome.incidents],
      ...(isSlowed(slowing) && { slowing: { ...slowing } }),
      ...(isDelayed(delays) && { delays: { ...delays } }),
      ...(conditions.probing && probed(run, outcome)),
      ...schemaOf(plan),
    },
  };
}

/** Where the schema comes from, and what it leaves open. */
function schemaOf({ schema }: Run["plan"]): Pick<RunDocument["run"], "schema" | "schemaUnsure"> {
  if (schema === undefined) return {};
  const unsure = unsureLine(schema.schema);
  return { schema: schema.origin, ...(unsure !== undefined && { schemaUnsure: unsure }) };
}

/** The rounds of measuring, and what they say. */
function probed(run: Run, outcome: RunOutcome): Pick<RunDocument["run"], "verdict" | "rounds"> {
  return { verdict: runVerdict(run, outcome), rounds: outcome.rounds.map(documentRound) };
}

/**
 * Seconds of each stage over some workers, and their share of all the time that these had. What was
 * in no stage was waiting: for an intended time, for work, or for a processor.
 */
function stagesOf(
  workers: readonly StageSeconds[],
  allSeconds: number,
): RunDocument["run"]["stages"] {
  const seconds = (stage: (typeof STAGES)[number]) =>
    workers.reduce((sum, stages) => sum + stages[stage], 0);
  const busy = STAGES.filter((stage) => stage !== "wait").reduce(
    (sum, stage) => sum + seconds(stage),
    0,
  );
  return STAGES.map((stage) => {
    const own = stage === "wait" ? Math.max(0, allSeconds - busy) : seconds(stage);
    return { stage, seconds: own, share: own / Math.max(allSeconds, busy, Number.MIN_VALUE) };
  });
}

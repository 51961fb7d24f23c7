/** Makes jobs of what a user says: one for each part and stage, and those that are named by themselves. */
import { didYouMean } from "../../../core/did-you-mean.js";
import type { Definition, StageDefinition } from "./definition.js";
import { Outputs, type Places } from "./outputs.js";
import { jobName, type Job, type Plan } from "./plan.js";

const PLACEHOLDER = /(?<!\$)\{([A-Za-z][A-Za-z0-9_-]*)\}/g;

/** Throws an `InputError` that says where what is wrong is. */
export function planOf(definition: Definition, places: Places): Plan {
  const stages = inOrder(definition);
  const jobs = new Map<string, Job>();
  const outputs = new Outputs(places);
  for (const stage of stages) {
    for (const made of [...ofStage(stage, definition, jobs), ...ofList(stage, definition, jobs)]) {
      const { job } = made;
      const name = jobName(job);
      if (jobs.has(name)) made.refuse(`is a second job ${name}. Give it another part.`);
      const problem = job.output === null ? undefined : outputs.add(job.output, name);
      if (problem !== undefined) made.refuse(problem);
      jobs.set(name, job);
    }
    const isIdle = stage.run === null && !definition.jobs.some((job) => job.stage === stage.name);
    if (isIdle && !definition.isOpen) {
      definition.refuse(
        stage.name,
        "has nothing to run. It takes run, such as run: ./import {part}.",
      );
    }
  }
  return { stages, jobs: [...jobs.values()] };
}

type Refuse = (problem: string) => never;

interface Made {
  readonly job: Job;
  readonly refuse: Refuse;
}

/** What a job is made of, and the jobs of the stages before. */
interface Making {
  readonly stage: StageDefinition;
  readonly run: string;
  readonly output: string | null;
  /** By what it is told from the others of its stage. */
  readonly key: string | null;
  readonly part: string | null;
  /** The place of its part among all. */
  readonly number: number;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly refuse: Refuse;
}

function ofStage(
  stage: StageDefinition,
  definition: Definition,
  jobs: ReadonlyMap<string, Job>,
): Made[] {
  const { run, output } = stage;
  if (run === null) return [];
  const refuse: Refuse = (problem) => definition.refuse(stage.name, problem);
  const isForParts = namesPart(stage);
  if (isForParts && definition.parts.length === 0) {
    refuse("names {part}, and there are no parts. Give it parts: [monday, tuesday], or 1..100.");
  }
  const parts = isForParts ? definition.parts : [null];
  return parts.map((part, number) => ({
    job: jobOf({ stage, run, output, key: part, part, number, jobs, refuse }),
    refuse,
  }));
}

function ofList(
  stage: StageDefinition,
  definition: Definition,
  jobs: ReadonlyMap<string, Job>,
): Made[] {
  return definition.jobs.flatMap((own, number) => {
    if (own.stage !== stage.name) return [];
    const refuse: Refuse = (problem) => own.refuse(problem);
    const { run, output, part } = own;
    const key = part ?? run;
    return { job: jobOf({ stage, run, output, key, part, number, jobs, refuse }), refuse };
  });
}

/** Whether a stage has a job for each part: it says so by naming it. */
function namesPart({ run, output }: StageDefinition): boolean {
  return /\{part\}|HELLFACT_PART/.test(`${run} ${output}`);
}

function jobOf({ stage, key, part, number, jobs, refuse, ...given }: Making): Job {
  const { name, retries, timeoutSeconds } = stage;
  const before = stage.after.map((other) => ({
    other,
    same: part === null ? undefined : jobs.get(jobName({ stage: other, part })),
  }));
  const named = new Set<string>();
  const madeBy = (other: string): string[] => {
    named.add(other);
    const same = before.find((one) => one.other === other)?.same;
    const all = [...(same === undefined ? jobs.values() : [same])];
    return all.flatMap((job) => (job.stage === other ? (job.output ?? []) : []));
  };
  const valueOf = (word: string): readonly string[] | undefined => {
    if (word === "part") return part === null ? undefined : [part];
    if (word === "stage") return [name];
    return [...stage.after, ...stage.afterAll].includes(word) ? madeBy(word) : undefined;
  };
  const output =
    given.output?.replace(PLACEHOLDER, (all, word: string) => valueOf(word)?.join(" ") ?? all) ??
    null;
  const run = given.run.replace(PLACEHOLDER, (all, word: string) => {
    if (word === "output") {
      return output === null
        ? refuse("names {output}, and has none. Give it output: data/{part}.json.")
        : '"$HELLFACT_OUTPUT"';
    }
    const value = valueOf(word);
    if (value?.length === 0) refuse(`names {${word}}, and ${word} has no output. Give it one.`);
    return value?.map(asWord).join(" ") ?? all;
  });
  return {
    ...{ stage: name, part: key, output, retries, timeoutSeconds },
    run: run.includes("HELLFACT_NUMBER") ? `HELLFACT_NUMBER=${number}; ${run}` : run,
    after: before.flatMap(({ same }) => (same === undefined ? [] : [jobName(same)])),
    afterAll: [
      ...stage.afterAll,
      // Without one of the same part, it waits for all of them, or for the only one; and for all that it names.
      ...before.flatMap(({ other, same }) =>
        same === undefined && (part === null || jobs.has(other) || named.has(other)) ? [other] : [],
      ),
    ],
  };
}

/** As one word of a shell. */
export function asWord(text: string): string {
  return /^[\w./:,=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Stages so that each stands behind those that it waits for. */
function inOrder(definition: Definition): StageDefinition[] {
  const byName = new Map(definition.stages.map((stage) => [stage.name, stage]));
  for (const job of definition.jobs) {
    const { stage } = job;
    if (byName.has(stage)) continue;
    const names = [...byName.keys()];
    job.refuse(
      `is of a stage ${stage}, which there is not; there are ${names.join(", ")}.${didYouMean(stage, names)}`,
    );
  }
  const ordered: StageDefinition[] = [];
  const state = new Map<string, "open" | "placed">();
  const visit = (stage: StageDefinition): void => {
    if (state.get(stage.name) === "placed") return;
    if (state.get(stage.name) === "open")
      definition.refuse(stage.name, "waits for itself. Take one after away.");
    state.set(stage.name, "open");
    for (const other of [...stage.after, ...stage.afterAll]) {
      const found = byName.get(other);
      if (found === undefined) {
        const names = [...byName.keys()].filter((name) => name !== stage.name);
        return definition.refuse(
          stage.name,
          names.length === 0
            ? `is after ${other}, and there is no other stage.`
            : `is after ${other}, which there is not; there are ${names.join(", ")}.${didYouMean(other, names)}`,
        );
      }
      visit(found);
    }
    state.set(stage.name, "placed");
    ordered.push(stage);
  };
  definition.stages.forEach(visit);
  return ordered;
}

/** Jobs as lines of text: the stage, perhaps with a part, and a command line. `import/monday ./import monday` */
import { didYouMean } from "../../../core/did-you-mean.js";
import { InputError } from "../../../core/errors.js";
import type { Definition, JobDefinition, StageDefinition } from "./definition.js";
import { readyMade } from "./ready-made.js";

/** Permits of stages, as `--stages` has them, in the order in which a part goes through them. */
export type Permits = ReadonlyMap<string, number>;

/**
 * Reads a line. Empty ones, and those that begin with #, are no jobs: `undefined`.
 *
 * @param where `standard input line 3` Throws an `InputError` that begins with it
 */
export function lineJob(
  line: string,
  where: string,
  stages: readonly string[],
): JobDefinition | undefined {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return undefined;
  const refuse = (problem: string): never => {
    throw new InputError(`${where}: ${problem}`);
  };
  const [, stage = "", part, run = ""] = /^([^\s/]+)(?:\/(\S+))?\s+(.+)$/.exec(text) ?? [];
  if (run === "") {
    refuse("it takes a stage and a command, such as import/monday ./import monday.");
  }
  if (!stages.includes(stage)) {
    refuse(
      `there is no stage ${stage}; there are ${stages.join(", ")}.${didYouMean(stage, stages)}`,
    );
  }
  return { stage, part: part ?? null, run, output: null, refuse };
}

/**
 * Stages in a row: a part goes through one after the other. Ready-made ones know what they wait for; where jobs are
 * lines, these say what is run.
 */
function stagesInRow(permits: Permits, hasLines: boolean): StageDefinition[] {
  const names = [...permits.keys()];
  return [...permits].map(([name, count], index) => {
    const ready = hasLines ? undefined : readyMade(name);
    const before = names[index - 1];
    return {
      name,
      permits: count,
      run: ready?.run ?? null,
      output: ready?.output ?? null,
      after: ready?.after ?? (before === undefined ? [] : [before]),
      afterAll: [],
      retries: 0,
      timeoutSeconds: null,
    };
  });
}

/** What `--stages` alone says. */
export function definitionInRow(
  permits: Permits,
  parts: readonly string[],
  jobs: readonly JobDefinition[],
  isOpen: boolean,
): Definition {
  return {
    ...{ parts, stages: stagesInRow(permits, isOpen), jobs, isOpen },
    refuse: (stage, problem) => {
      throw new InputError(`--stages: ${stage} ${problem}`);
    },
  };
}

/**
 * Other permits for stages of a file. Throws an `InputError` for a stage that it does not have.
 *
 * @param option who says so
 */
export function withPermits(
  definition: Definition,
  permits: Permits,
  option = "--stages",
): Definition {
  const names = definition.stages.map(({ name }) => name);
  for (const name of permits.keys()) {
    if (names.includes(name)) continue;
    throw new InputError(
      `${option}: there is no stage ${name}; there are ${names.join(", ")}.${didYouMean(name, names)}`,
    );
  }
  const stages = definition.stages.map((stage) => ({
    ...stage,
    permits: permits.get(stage.name) ?? stage.permits,
  }));
  return { ...definition, stages };
}

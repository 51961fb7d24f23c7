/** What is to be done: stages with permits, and their jobs with what each waits for. */

export interface Stage {
  /** Letters, digits, `-` and `_`. */
  readonly name: string;
  /** How many of its jobs may run at once, over all workers. */
  readonly permits: number;
  /** Stages whose job of the same part comes before, where both have one; else all of their jobs. */
  readonly after: readonly string[];
  /** Stages all of whose jobs come before. */
  readonly afterAll: readonly string[];
}

export interface Job {
  /** No other job of the plan has both. `part` is `null` where a stage has one job alone. */
  readonly stage: string;
  readonly part: string | null;
  /** A command line for a shell. What it makes goes to `$HELLFACT_OUTPUT`, where it has an output. */
  readonly run: string;
  /** The file or folder that it makes, which is put in its place when the job is done; from the queue's folder. */
  readonly output: string | null;
  /** How often it is tried again. */
  readonly retries: number;
  /** It is ended then. */
  readonly timeoutSeconds: number | null;
  /** Names of the jobs that come before. */
  readonly after: readonly string[];
  /** Stages all of whose jobs come before. */
  readonly afterAll: readonly string[];
}

export interface Plan {
  /** Each after those that it waits for. */
  readonly stages: readonly Stage[];
  readonly jobs: readonly Job[];
}

/** What a job is called: `import/monday`. */
export function jobName({ stage, part }: Pick<Job, "stage" | "part">): string {
  return part === null ? stage : `${stage}/${part}`;
}

/** Two jobs of the same identity do the same, so that one that is done need not be done again. */
export function jobIdentity({ stage, part, run, output }: Omit<Job, "after" | "afterAll">): string {
  return JSON.stringify([stage, part, run, output]);
}

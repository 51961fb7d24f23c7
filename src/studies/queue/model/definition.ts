/** What a user says of stages and jobs, in a file or on the command line. */

export interface StageDefinition {
  readonly name: string;
  readonly permits: number;
  /** A command line with `{part}`, `{output}`, and `{import}` for what the stage `import` makes of the part. */
  readonly run: string | null;
  readonly output: string | null;
  readonly after: readonly string[];
  readonly afterAll: readonly string[];
  readonly retries: number;
  readonly timeoutSeconds: number | null;
}

export interface JobDefinition {
  readonly stage: string;
  readonly part: string | null;
  readonly run: string;
  readonly output: string | null;
  /** Throws an `InputError` that says where the job is. */
  refuse(problem: string): never;
}

export interface Definition {
  readonly parts: readonly string[];
  readonly stages: readonly StageDefinition[];
  readonly jobs: readonly JobDefinition[];
  /** Whether more jobs may come. */
  readonly isOpen?: boolean;
  /** Throws an `InputError` that says where a stage is. */
  refuse(stage: string, problem: string): never;
}

/**
 * Which job may begin: the counting semaphores of the stages, and what waits for what.
 *
 * A job takes a permit of its stage when it is handed out, and gives it back when it is known to have ended,
 * however that was. So no more jobs of a stage are in hands than it has permits; where permits are taken away
 * while it has more in hands, those end, and none is handed out until there is room.
 */
import { jobIdentity, jobName, type Job, type Plan, type Stage } from "./plan.js";

interface Entry {
  readonly job: Job;
  state: "waiting" | "ready" | "running" | "done" | "failed";
  /** Jobs and whole stages that it still waits for. */
  missing: number;
  /** Whether it was done before this session. */
  readonly wasDone: boolean;
  /** When it was done, where it is: a number in the row of all endings. */
  readonly doneAt: number | undefined;
}

/** Endings of this session are behind all earlier ones. */
const FIRST_HERE = 2 ** 52;

export interface StageCounts {
  readonly stage: Stage;
  readonly jobs: number;
  readonly done: number;
  /** Of those, done before this session. */
  readonly doneBefore: number;
  readonly failed: number;
  readonly running: number;
  readonly ready: number;
}

export class Schedule {
  private stages = new Map<string, Stage>();
  private entries = new Map<string, Entry>();
  /** Names of jobs that can begin, by stage. */
  private ready = new Map<string, string[]>();
  /** Names of jobs that wait for a job, and for a whole stage. */
  private dependants = new Map<string, string[]>();
  private waiters = new Map<string, string[]>();
  /** How many jobs of a stage are not done. */
  private undone = new Map<string, number>();
  private readonly running = new Map<string, Job>();
  private readonly inHand = new Map<string, number>();
  private readonly attempts = new Map<string, number>();
  /** What of each name was done last in this session. */
  private readonly doneHere = new Map<string, { readonly identity: string; readonly at: number }>();
  private readonly stageDoneHere = new Map<string, number>();
  /** When a planned job of a stage that is done was done, the last of them. */
  private stageDoneAt = new Map<string, number>();
  private endings = FIRST_HERE;
  /** What is running has read what was there then. */
  private readonly begunAt = new Map<string, number>();
  private readonly failedHere = new Set<string>();
  private isOpen = false;

  /**
   * @param doneBefore when a job was done before this session, as a number in the row of all endings; `undefined`
   *   where it was not, where another one of its name was later, or what it made is not there any more
   */
  constructor(
    plan: Plan,
    private readonly doneBefore: (job: Job) => number | undefined = () => undefined,
    isOpen = false,
  ) {
    this.replace(plan, isOpen);
  }

  /**
   * Takes another plan: jobs and permits come and go. What is running goes on, also where it is not planned any
   * more. What is done stays done where it is the same job, and all that it waits for was done before it.
   *
   * @param isOpen whether more jobs may come, so that no stage is whole yet
   */
  replace({ stages, jobs }: Plan, isOpen = false): void {
    this.isOpen = isOpen;
    this.stages = new Map(stages.map((stage) => [stage.name, stage]));
    this.entries = new Map();
    this.ready = new Map(stages.map(({ name }) => [name, []]));
    this.dependants = new Map();
    this.waiters = new Map();
    this.undone = new Map();
    this.stageDoneAt = new Map();
    const places = new Map(stages.map(({ name }, index) => [name, index]));
    const place = ({ stage }: Job) => places.get(stage) ?? 0;
    for (const job of jobs.toSorted((a, b) => place(a) - place(b))) this.take(job);
  }

  /** The next job of a stage, which is in hands from now on; `undefined` where none may begin. */
  next(stage: string): Job | undefined {
    const permits = this.stages.get(stage)?.permits ?? 0;
    if ((this.inHand.get(stage) ?? 0) >= permits) return undefined;
    const name = this.ready.get(stage)?.shift();
    const entry = name === undefined ? undefined : this.entries.get(name);
    if (name === undefined || entry === undefined) return undefined;
    entry.state = "running";
    this.running.set(name, entry.job);
    this.begunAt.set(name, this.endings);
    // What it does, it may do wherever it ends.
    if (entry.job.output === null) this.doneHere.delete(name);
    add(this.inHand, stage, 1);
    add(this.attempts, name, 1);
    return entry.job;
  }

  /** How often a job was handed out in this session. */
  attemptsOf(job: Job): number {
    return this.attempts.get(jobName(job)) ?? 0;
  }

  /** Whether nothing that a running job waits for was done anew since it began. */
  isCurrent(job: Job): boolean {
    const begunAt = this.begunAt.get(jobName(job)) ?? 0;
    return (
      job.after.every((name) => (this.doneHere.get(name)?.at ?? 0) <= begunAt) &&
      job.afterAll.every((stage) => (this.stageDoneHere.get(stage) ?? 0) <= begunAt)
    );
  }

  /** What was handed out has ended: it is done, has failed for good, or is to be tried again. */
  ended(job: Job, how: "done" | "failed" | "again"): void {
    const name = jobName(job);
    if (!this.running.delete(name)) return;
    add(this.inHand, job.stage, -1);
    if (how === "done") {
      this.endings += 1;
      this.doneHere.set(name, { identity: jobIdentity(job), at: this.endings });
      this.stageDoneHere.set(job.stage, this.endings);
    }
    if (how === "failed") this.failedHere.add(jobIdentity(job));
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    // Where it was changed while it ran, what has ended was another job.
    const isSame = jobIdentity(entry.job) === jobIdentity(job);
    if (isSame && how === "done" && entry.missing === 0) this.settle(name, entry);
    else if (isSame && how === "failed") entry.state = "failed";
    else this.wait(name, entry);
  }

  /** Whether nothing is in hands, and nothing can begin any more. */
  get isOver(): boolean {
    if (this.isOpen || this.running.size > 0) return false;
    return [...this.stages.values()].every(
      ({ name, permits }) => permits === 0 || this.ready.get(name)?.length === 0,
    );
  }

  /** Stages in the order of the plan. */
  counts(): StageCounts[] {
    const all = [...this.stages.values()].map((stage) => ({
      ...{ stage, jobs: 0, done: 0, doneBefore: 0, failed: 0, running: 0, ready: 0, waiting: 0 },
    }));
    const byName = new Map(all.map((counts) => [counts.stage.name, counts]));
    for (const { job, state, wasDone } of this.entries.values()) {
      const counts = byName.get(job.stage);
      if (counts === undefined) continue;
      counts.jobs += 1;
      counts[state] += 1;
      if (wasDone) counts.doneBefore += 1;
    }
    return all;
  }

  private take(job: Job): void {
    const name = jobName(job);
    const identity = jobIdentity(job);
    const jobs = job.after.filter((other) => this.isMissing(other));
    const stages = job.afterAll.filter((stage) => this.isOpen || (this.undone.get(stage) ?? 0) > 0);
    const missing = jobs.length + stages.length;
    const isRunning = this.running.has(name);
    const doneAt = missing === 0 && !isRunning ? this.doneAt(job) : undefined;
    const wasDone = doneAt !== undefined && doneAt < FIRST_HERE;
    const entry: Entry = { job, state: "waiting", missing, wasDone, doneAt };
    this.entries.set(name, entry);
    if (doneAt !== undefined) {
      entry.state = "done";
      this.stageDoneAt.set(job.stage, Math.max(doneAt, this.stageDoneAt.get(job.stage) ?? 0));
      return;
    }
    add(this.undone, job.stage, 1);
    for (const other of jobs) listOf(this.dependants, other).push(name);
    for (const stage of stages) listOf(this.waiters, stage).push(name);
    if (isRunning) entry.state = "running";
    else if (this.failedHere.has(identity)) entry.state = "failed";
    else this.wait(name, entry);
  }

  /** When a job was done, where that was after all that it waits for. */
  private doneAt(job: Job): number | undefined {
    const here = this.doneHere.get(jobName(job));
    const isOther = here !== undefined && here.identity !== jobIdentity(job);
    const at = isOther ? undefined : (here?.at ?? this.doneBefore(job));
    if (at === undefined) return undefined;
    const isBehind =
      job.after.every((name) => (this.entries.get(name)?.doneAt ?? 0) < at) &&
      job.afterAll.every((stage) => (this.stageDoneAt.get(stage) ?? 0) < at);
    return isBehind ? at : undefined;
  }

  private isMissing(name: string): boolean {
    const entry = this.entries.get(name);
    return entry !== undefined && entry.state !== "done";
  }

  private wait(name: string, entry: Entry): void {
    entry.state = entry.missing === 0 ? "ready" : "waiting";
    if (entry.state === "ready") listOf(this.ready, entry.job.stage).push(name);
  }

  private settle(name: string, entry: Entry): void {
    const { stage } = entry.job;
    entry.state = "done";
    add(this.undone, stage, -1);
    const isWhole = !this.isOpen && this.undone.get(stage) === 0;
    const waiting = [
      ...(this.dependants.get(name) ?? []),
      ...(isWhole ? (this.waiters.get(stage) ?? []) : []),
    ];
    for (const other of waiting) {
      const dependant = this.entries.get(other);
      if (dependant === undefined) continue;
      dependant.missing -= 1;
      if (dependant.missing === 0 && dependant.state === "waiting") this.wait(other, dependant);
    }
  }
}

function listOf(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

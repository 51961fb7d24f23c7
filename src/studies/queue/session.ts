/** One time that a queue is worked on, from its lock to its document. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { environmentFingerprint } from "../../machine/environment.js";
import type { JobsAbout } from "../../jobs/join.js";
import { JobWorker } from "../../jobs/worker.js";
import type { JobEnding, JobOrder } from "../../jobs/order.js";
import { stagingFolder, takeAway } from "../../jobs/staging.js";
import type { OpenTransport } from "../../core/transport.js";
import { withoutSecrets } from "../../terminal/cluster-options.js";
import { begun } from "../../results/document-type.js";
import { endEarlier, markInHands } from "./cluster.js";
import { Coordinator } from "./coordinate.js";
import type { QueueAttempt, QueueDocument } from "./document.js";
import type { Journal } from "./journal.js";
import { jobName, type Job } from "./model/plan.js";
import { Schedule } from "./model/schedule.js";
import type { QueueState } from "./report/screen.js";
import type { JobSource } from "./source.js";

export interface SessionOptions {
  readonly source: JobSource;
  readonly journal: Journal;
  /** Where it is kept what is done, and what jobs said. */
  readonly state: string;
  readonly transport: OpenTransport;
  /** Whether jobs are done here, too; else only by workers of a cluster. */
  readonly worksHere: boolean;
  readonly leaseSeconds: number;
  readonly replicas?: number | undefined;
  readonly idleSeconds: number;
  readonly createdAt: Date;
  readonly tell: (text: string) => void;
}

export class Session {
  readonly schedule: Schedule;
  private readonly attempts: QueueAttempt[] = [];
  private readonly changes: QueueDocument["changes"] = [];
  private readonly notes: string[] = [];
  private readonly took = new Map<string, { jobs: number; seconds: number }>();
  private readonly workers = new Set<string>();
  private coordinator: Coordinator | undefined;

  constructor(private readonly options: SessionOptions) {
    const { source, journal } = options;
    const doneBefore = (job: Job) =>
      job.output === null || existsSync(resolve(source.directory, job.output))
        ? journal.lineOf(job)
        : undefined;
    this.schedule = new Schedule(source.plan, doneBefore, source.isOpen);
  }

  /** Works until nothing can begin any more, or until `signal`; what is running then is ended. */
  async work(signal: AbortSignal): Promise<void> {
    const { source, transport, journal, state, worksHere, idleSeconds } = this.options;
    const { leaseSeconds, replicas, tell } = this.options;
    const id = createHash("sha256").update(resolve(state)).digest("hex").slice(0, 16);
    const staging = `.staging-${id}`;
    const logs = resolve(state, "logs");
    const { directory } = source;
    // A stage that comes later is added to the same list.
    const stages = source.plan.stages.map(({ name }) => ({ name, permits: null }));
    const about: JobsAbout = { kind: "jobs", version: 1, directory, logs, leaseSeconds };
    const options = {
      id,
      stages,
      leaseSeconds,
      retries: true,
      about,
      ...(replicas && { replicas }),
    };
    if (!worksHere) await endEarlier(transport, state, options, signal, tell);
    this.clear(staging);
    const dispatcher = await transport.dispatcher<JobOrder, JobEnding, unknown>(options);
    const coordinator = new Coordinator({
      ...{ schedule: this.schedule, journal, staging, directory, idleSeconds, dispatcher },
      onAttempt: (attempt, job) => this.hear(attempt, job),
      onNote: (text) => this.note(text),
    });
    this.coordinator = coordinator;
    const receiver = worksHere
      ? await transport.receiver<unknown, JobEnding, unknown>(id, "")
      : undefined;
    const worker =
      receiver === undefined ? undefined : new JobWorker(receiver, { slots: Infinity, logs });
    const unwatch = source.watch(
      () => this.change(stages, worksHere),
      (problem) => this.note(problem),
    );
    if (!worksHere) markInHands(state, true);
    try {
      const working = coordinator.work(signal);
      worker?.start(() => undefined);
      await working;
    } finally {
      unwatch();
      await worker?.stop();
      await dispatcher.stop(true);
      if (coordinator.tellInterrupted() === 0) markInHands(state, false);
      this.clear(staging);
    }
  }

  state(): QueueState {
    return {
      title: this.options.source.name,
      seconds: this.coordinator?.seconds ?? 0,
      counts: this.schedule.counts(),
      took: this.took,
      workers: this.workers.size,
    };
  }

  document(interrupted: boolean): QueueDocument {
    const { source, transport, createdAt } = this.options;
    return {
      ...begun("queue", 1, createdAt.toISOString()),
      command: ["hellfact", ...process.argv.slice(2).map(withoutSecrets)],
      environment: environmentFingerprint([]),
      source: source.name,
      place: transport.address,
      interrupted,
      seconds: this.coordinator?.seconds ?? 0,
      stages: this.schedule.counts().map(({ stage, jobs, done, doneBefore, failed }) => ({
        ...{ name: stage.name, permits: stage.permits, jobs, done, doneBefore, failed },
        after: [...stage.after, ...stage.afterAll],
      })),
      changes: this.changes,
      attempts: this.attempts,
      notes: this.notes,
    };
  }

  private hear(attempt: QueueAttempt, job: Job): void {
    this.attempts.push(attempt);
    const { how, why, again, from, to, stage, worker } = attempt;
    if (worker !== "") this.workers.add(worker);
    if (how === "done") {
      const took = this.took.get(stage) ?? { jobs: 0, seconds: 0 };
      this.took.set(stage, { jobs: took.jobs + 1, seconds: took.seconds + to - from });
    } else if (how !== "interrupted") {
      this.options.tell(`${jobName(job)} ${how} ${why ?? ""}${again ? "; it is tried again" : ""}`);
    }
  }

  private note(text: string): void {
    this.notes.push(text);
    this.options.tell(text);
  }

  /** The file has changed: permits and jobs that came and went are taken up. */
  private change(stages: { name: string; permits: null }[], canAdd: boolean): void {
    const { source } = this.options;
    const before = new Map(this.schedule.counts().map(({ stage }) => [stage.name, stage.permits]));
    const known = new Set(stages.map(({ name }) => name));
    for (const { name, permits } of source.plan.stages) {
      if (!known.has(name) && canAdd) stages.push({ name, permits: null });
      if (before.get(name) === permits) continue;
      if (known.has(name) || canAdd) {
        this.changes.push({ stage: name, permits, at: this.coordinator?.seconds ?? 0 });
        this.options.tell(`${name} has ${permits} ${permits === 1 ? "permit" : "permits"} now`);
      } else this.note(`the stage ${name} came later: it is taken up when the queue begins again.`);
    }
    const plan = canAdd
      ? source.plan
      : {
          stages: source.plan.stages.filter(({ name }) => known.has(name)),
          jobs: source.plan.jobs.filter(({ stage }) => known.has(stage)),
        };
    this.coordinator?.replace(plan, source.isOpen);
  }

  /** Takes away what was made and did not come to count. */
  private clear(staging: string): void {
    const { directory, plan } = this.options.source;
    const folders = new Set(
      plan.jobs.flatMap(({ output }) => stagingFolder({ directory, output, staging }) ?? []),
    );
    for (const folder of folders) {
      const left = takeAway(folder);
      if (left !== undefined) this.note(left);
    }
  }
}

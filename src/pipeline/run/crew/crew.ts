/** The workers of one machine: processes that make parts of the ranges that come to them. */
import { MAX_ATTEMPTS, type Failure } from "../../../core/transport.js";
import { firstLine, type HellfactError } from "../../../core/errors.js";
import type { WorkerConditions } from "../conditions.js";
import { diedAtOnce, failureOf } from "../failures.js";
import { isRange, NOTHING_DONE, type FromWorker } from "../messages.js";
import type { OwnFiles } from "../own-files.js";
import type { Range, RunPlan } from "../plan.js";
import { HandingIn, type Staging } from "./handing-in.js";
import type { RangeLease, RangeReceiver } from "./made-part.js";
import { ProbeRounds } from "./probe-rounds.js";
import { WorkerPool, type PoolEvent, type PoolWorker } from "./worker-pool.js";

export interface CrewOptions {
  readonly plan: RunPlan;
  readonly own: OwnFiles;
  readonly workers: number;
  /** What each worker keeps to. */
  readonly conditions: WorkerConditions;
  /** How this crew's workers are called, before their number. */
  readonly name: string;
  readonly staging?: Staging;
  /** Workers cannot be started, or die at once. */
  readonly onFatal: (error: HellfactError) => void;
}

/** What a worker has to do, and how far it is. */
interface Assignment {
  readonly name: string;
  readonly leases: { readonly lease: RangeLease; readonly staging: string | null }[];
  ready: boolean;
  /** What it began last. */
  begun: Range | undefined;
  /** It has no open part, and takes no further range: time is up. */
  finished: boolean;
  heardAt: number;
}

export class Crew {
  /** Where parts of the pipeline are measured now and then. */
  readonly rounds: ProbeRounds<PoolWorker> | undefined;
  private readonly pool = new WorkerPool((event) => this.hear(event));
  private readonly workers = new Map<PoolWorker, Assignment>();
  /** What came while nobody was free any more. */
  private readonly waiting: RangeLease[] = [];
  private readonly handingIn: HandingIn;
  private started = 0;
  /** Workers in a row that died before they did anything: one may have been killed, all of them never work. */
  private earlyDeaths = 0;
  private state: "working" | "finishing" | "stopped" = "working";

  constructor(
    private readonly options: CrewOptions,
    private readonly receiver: RangeReceiver,
  ) {
    this.handingIn = new HandingIn(options.staging, () => {
      this.receiver.poke();
      this.checkFinished();
    });
    if (!options.conditions.probing) return;
    this.rounds = new ProbeRounds(
      () => [...this.workers].filter(([, { ready }]) => ready).map(([worker]) => worker),
      (worker, message) => worker.tell(message),
    );
  }

  /** @param onEnded the queue is gone: there will be no more work of it */
  start(onEnded: () => void = () => undefined): void {
    for (let number = 0; number < this.options.workers; number++) this.startWorker();
    this.receiver.start({
      demand: () => this.demand(),
      onLease: (lease) => {
        if (!isRange(lease.task.body)) {
          lease.fail({ kind: "input", message: "it is no range of the run" });
          return;
        }
        this.waiting.push(lease);
        this.assign();
      },
      onFinish: () => this.finish(),
      onEnded,
    });
  }

  /** Whether nobody has anything in hand. */
  get isIdle(): boolean {
    return (
      this.waiting.length === 0 &&
      this.handingIn.underWay === 0 &&
      [...this.workers.values()].every((one) => one.leases.length === 0)
    );
  }

  /** Ends all workers at once. What they have in hand is given back. */
  async stop(): Promise<void> {
    this.state = "stopped";
    this.rounds?.stop();
    await this.pool.stop();
    for (const { leases } of this.workers.values()) this.giveBack(leases.splice(0));
    for (const lease of this.waiting.splice(0)) lease.release();
    this.handingIn.stop();
    await this.receiver.stop();
  }

  /** Ends workers that were not heard of for so long while they had something to do. */
  endSilent(seconds: number): void {
    const limit = performance.now() - seconds * 1000;
    for (const [worker, { leases, heardAt, ready }] of [...this.workers]) {
      if (!ready || leases.length === 0 || heardAt > limit) continue;
      this.fail(worker, { kind: "died", message: `(it said nothing for ${seconds} s)` });
    }
  }

  private startWorker(): void {
    const { plan, own, conditions, name } = this.options;
    const worker = this.pool.start();
    this.started += 1;
    const assignment: Assignment = {
      ...{ name: `${name}${this.started}`, leases: [], ready: false, begun: undefined },
      ...{ finished: false, heardAt: performance.now() },
    };
    this.workers.set(worker, assignment);
    worker.tell({ kind: "plan", plan, own, conditions });
  }

  private demand(): { now: number; ahead: number } {
    const { workers } = this.options;
    const isBehind = this.handingIn.underWay > workers;
    if (this.state !== "working" || isBehind) return { now: 0, ahead: 0 };
    let now = -this.waiting.length;
    let ahead = 0;
    for (const { ready, leases } of this.workers.values()) {
      if (!ready) continue;
      if (leases.length === 0) now += 1;
      else if (leases.length === 1) ahead += 1;
    }
    return { now, ahead };
  }

  /** Hands on what has come to whoever has least to do. */
  private assign(): void {
    while (this.waiting.length > 0) {
      const [free] = [...this.workers]
        .filter(([, { ready, leases }]) => ready && leases.length < 2)
        .toSorted(([, a], [, b]) => a.leases.length - b.leases.length);
      const lease = free === undefined ? undefined : this.waiting.shift();
      if (free === undefined || lease === undefined) return;
      const [worker, assignment] = free;
      let staging: string | null;
      try {
        staging = this.options.staging?.begin(lease) ?? null;
      } catch (error) {
        lease.fail({ kind: "other", message: firstLine(error) });
        continue;
      }
      assignment.leases.push({ lease, staging });
      assignment.heardAt = performance.now();
      worker.tell({ kind: "range", range: lease.task.body, staging });
    }
  }

  private hear(event: PoolEvent): void {
    if (this.state === "stopped") return;
    if (event.kind === "not started") this.options.onFatal(event.error);
    else if (event.kind === "ended") this.replace(event.worker, event.cause);
    else {
      const assignment = this.workers.get(event.worker);
      // Whoever is gone is not heard: what it did is done again.
      if (assignment === undefined) return;
      assignment.heardAt = performance.now();
      this.hearWorker(event.worker, assignment, event.message);
    }
  }

  private hearWorker(worker: PoolWorker, assignment: Assignment, message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        assignment.ready = true;
        this.earlyDeaths = 0;
        this.receiver.tell(assignment.name, { kind: "progress", progress: NOTHING_DONE });
        this.assign();
        this.receiver.poke();
        break;
      case "begun":
        assignment.begun = message.range;
        break;
      case "progress":
        this.receiver.tell(assignment.name, message);
        break;
      case "part": {
        const { part, sourceEnded, progress } = message;
        this.receiver.tell(assignment.name, { kind: "progress", progress });
        const done = assignment.leases.shift();
        if (done !== undefined) this.handingIn.claim(done, { part, sourceEnded });
        this.assign();
        this.receiver.poke();
        break;
      }
      case "finished":
        assignment.finished = true;
        this.checkFinished();
        break;
      case "paused":
      case "probed":
        this.rounds?.hear(worker, message);
        break;
      case "failed":
        this.fail(worker, { kind: message.error, message: message.message });
    }
  }

  /** A worker cannot go on: a new one takes its place. */
  private fail(worker: PoolWorker, failure: Failure): void {
    const assignment = this.workers.get(worker);
    this.workers.delete(worker);
    worker.close();
    if (assignment === undefined || assignment.leases.length === 0) {
      this.options.onFatal(failureOf(failure));
      return;
    }
    this.blame(assignment, failure);
    if (this.state === "working") this.startWorker();
    this.checkFinished();
  }

  /** A worker died: its ranges are for another one, unless they are what kills workers. */
  private replace(worker: PoolWorker, cause: string): void {
    const assignment = this.workers.get(worker);
    if (assignment === undefined) return;
    this.rounds?.giveUpRound();
    this.workers.delete(worker);
    if (!assignment.ready && ++this.earlyDeaths >= MAX_ATTEMPTS) {
      this.options.onFatal(diedAtOnce(cause));
      return;
    }
    const isIdle = assignment.leases.length === 0;
    if (isIdle) this.receiver.tell(assignment.name, { kind: "died", cause });
    this.blame(assignment, { kind: "died", message: cause });
    if (this.state === "working") this.startWorker();
    this.checkFinished();
  }

  /** What it was about has failed; what waited behind that has not. */
  private blame({ leases, begun }: Assignment, failure: Failure): void {
    const held = leases.splice(0);
    const index = held.findIndex(({ lease }) => lease.task.body.from === begun?.from);
    const [over] = held.splice(Math.max(0, index), 1);
    this.giveBack(held);
    if (over === undefined) return;
    if (over.staging !== null) this.options.staging?.discard(over.staging);
    over.lease.fail(failure);
  }

  private giveBack(held: Assignment["leases"]): void {
    for (const { lease, staging } of held.toReversed()) {
      if (staging !== null) this.options.staging?.discard(staging);
      lease.release();
    }
  }

  /** Time is up: what is open is ended where it is. */
  private finish(): void {
    if (this.state !== "working") return;
    this.state = "finishing";
    this.rounds?.stop();
    for (const worker of this.workers.keys()) worker.tell({ kind: "finish" });
    this.checkFinished();
  }

  private checkFinished(): void {
    if (this.state !== "finishing" || this.handingIn.underWay > 0) return;
    if ([...this.workers.values()].every(({ ready, finished }) => finished || !ready)) {
      this.receiver.finished();
    }
  }
}

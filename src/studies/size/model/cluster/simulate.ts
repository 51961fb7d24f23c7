/**
 * A cluster as a simulation of events: workers take ranges from a server, work on each for a while, and tell what
 * they made; the coordinator enters it. Server, shared storage and coordinator do one thing after the other, in the
 * order in which it comes; what they take for each range is measured. Workers die, and their ranges are handed
 * out again when the lease is over; some ranges take long. Where workers share processors, each gets its
 * share of them (processor sharing, by a virtual clock).
 */
import { seededUniform, type Uniform } from "../../../../stats/random.js";
import { Heap } from "./heap.js";

export interface ClusterModel {
  readonly workers: number;
  readonly ranges: number;
  /** Seconds of a range at a worker that has all that it needs: their mean, and their standard deviation by it. */
  readonly work: { readonly meanSeconds: number; readonly variation: number };
  /** What part of that is on a processor, and how many all workers share; `null`: each worker has its own. */
  readonly processors: { readonly share: number; readonly cores: number } | null;
  /** What the coordinator, and the server, take for a range. */
  readonly coordinatorSeconds: number;
  readonly serverSeconds: number;
  /** What a range takes of storage that all workers share; 0 where they share none. */
  readonly storageSeconds: number;
  readonly failures: Failures;
  /** So large a part of the ranges takes so many times as long. */
  readonly stragglers: { readonly share: number; readonly times: number };
}

interface Failures {
  /** How long a worker lives in the mean; Infinity for ever. */
  readonly meanLifeSeconds: number;
  /** After how long its range is handed out again, and another worker is there. */
  readonly lostSeconds: number;
  readonly restartSeconds: number;
}

export interface ClusterOutcome {
  /** From the first range to the end of the last. */
  readonly seconds: number;
  /** While the middle part of ranges was made, so that beginning and end are not in it. */
  readonly rangesPerSecond: number;
  /** That, by what so many workers would make that wait for nothing and never fail. */
  readonly efficiency: number;
  /** The part of the time in which each was busy. */
  readonly busy: Readonly<Record<Station, number>>;
  /** Ranges that were begun again. */
  readonly again: number;
}

export const STATIONS = ["workers", "coordinator", "server", "storage"] as const;
export type Station = (typeof STATIONS)[number];

/** The part of ranges between which the rate is taken. */
const MIDDLE = [0.2, 0.8] as const;

/** The same for the same model and seed. */
export function simulate(model: ClusterModel, seed: number): ClusterOutcome {
  return new Simulation(model, seededUniform(seed)).run();
}

type Event = "ask" | "begin" | "made" | "told" | "claimed" | "lost";

class Simulation {
  private now = 0;
  private readonly events = new Heap<Event>();
  /** What is worked on, by when it is done on the virtual clock; whether its worker dies then. */
  private readonly work = new Heap<"made" | "dies">();
  /** How much each range at work has been given so far. */
  private virtual = 0;
  private working = 0;
  private workedSeconds = 0;
  private idle = 0;
  private waiting: number;
  private done = 0;
  private again = 0;
  private readonly doneAt: number[] = [];
  private readonly server = new Queue();
  private readonly storage = new Queue();
  private readonly coordinator = new Queue();

  constructor(
    private readonly model: ClusterModel,
    private readonly uniform: Uniform,
  ) {
    this.waiting = model.ranges;
  }

  run(): ClusterOutcome {
    const { model, events, work } = this;
    for (let worker = 0; worker < model.workers; worker += 1) events.push(0, "ask");
    while (this.done < model.ranges) {
      const workedAt = this.now + (work.first - this.virtual) / this.rate;
      if (workedAt <= events.first) {
        this.advance(workedAt);
        this.virtual = Math.max(this.virtual, work.first);
        this.worked(work.pop());
      } else {
        this.advance(events.first);
        this.hear(events.pop());
      }
    }
    return this.outcome();
  }

  private advance(to: number): void {
    if (this.working > 0) this.virtual += (to - this.now) * this.rate;
    this.workedSeconds += (to - this.now) * this.working;
    this.now = to;
  }

  /** How much of a range is done in a second, where so many are at work. */
  private get rate(): number {
    const { processors } = this.model;
    if (processors === null) return 1;
    const { share, cores } = processors;
    // What is on a processor takes so many times as long as there are too many for the cores.
    return 1 / (1 - share + share * Math.max(1, (this.working * share) / cores));
  }

  private hear(event: Event | undefined): void {
    const { model, events, now } = this;
    switch (event) {
      case "ask":
        if (this.waiting === 0) {
          this.idle += 1;
          return;
        }
        this.waiting -= 1;
        events.push(this.server.take(now, model.serverSeconds / 2), "begin");
        return;
      case "begin":
        this.begin();
        return;
      case "made":
        events.push(this.server.take(now, model.serverSeconds / 2), "told");
        return;
      case "told":
        events.push(now, "ask");
        events.push(this.coordinator.take(now, model.coordinatorSeconds), "claimed");
        return;
      case "claimed":
        this.done += 1;
        this.doneAt.push(now);
        return;
      case "lost":
        this.waiting += 1;
        if (this.idle > 0) {
          this.idle -= 1;
          events.push(now, "ask");
        }
        return;
      case undefined:
        throw new Error("ranges are left, and nothing happens any more");
    }
  }

  private begin(): void {
    const { stragglers, failures } = this.model;
    const isSlow = this.uniform() < stragglers.share;
    const seconds = this.drawn() * (isSlow ? stragglers.times : 1);
    const life = -Math.log(1 - this.uniform()) * failures.meanLifeSeconds;
    this.working += 1;
    const dies = life < seconds;
    this.work.push(this.virtual + (dies ? life : seconds), dies ? "dies" : "made");
  }

  private worked(how: "made" | "dies" | undefined): void {
    const { model, events, now } = this;
    this.working -= 1;
    if (how === "made") {
      events.push(this.storage.take(now, model.storageSeconds), "made");
      return;
    }
    this.again += 1;
    events.push(now + model.failures.lostSeconds, "lost");
    events.push(now + model.failures.restartSeconds, "ask");
  }

  /** Seconds of a range: log-normal, as times of work are that are never short and sometimes long. */
  private drawn(): number {
    const { meanSeconds, variation } = this.model.work;
    if (variation === 0) return meanSeconds;
    const variance = Math.log(1 + variation ** 2);
    // Box and Muller's transform of two uniform numbers into a normal one.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const normal = radius * Math.cos(2 * Math.PI * this.uniform());
    return Math.exp(Math.log(meanSeconds) - variance / 2 + Math.sqrt(variance) * normal);
  }

  private outcome(): ClusterOutcome {
    const { model, doneAt, now: seconds } = this;
    const [from, to] = MIDDLE.map((part) => Math.floor(part * (doneAt.length - 1)));
    const middle = (doneAt[to ?? 0] ?? 0) - (doneAt[from ?? 0] ?? 0);
    const rangesPerSecond =
      middle > 0 ? ((to ?? 0) - (from ?? 0)) / middle : doneAt.length / seconds;
    return {
      seconds,
      rangesPerSecond,
      efficiency: (rangesPerSecond * model.work.meanSeconds) / model.workers,
      busy: {
        workers: this.workedSeconds / (seconds * model.workers),
        coordinator: this.coordinator.busySeconds / seconds,
        server: this.server.busySeconds / seconds,
        storage: this.storage.busySeconds / seconds,
      },
      again: this.again,
    };
  }
}

/** Does one thing after the other, in the order in which it comes. */
class Queue {
  busySeconds = 0;
  private freeAt = 0;

  /** @returns when it is done */
  take(now: number, seconds: number): number {
    this.freeAt = Math.max(now, this.freeAt) + seconds;
    this.busySeconds += seconds;
    return this.freeAt;
  }
}

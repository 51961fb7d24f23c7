import {
  MAX_ATTEMPTS,
  type Dispatcher,
  type DispatchEvent,
  type Failure,
  type Lease,
  type OpenTransport,
  type QueueOptions,
  type Receiver,
  type ReceiverHooks,
  type StageOptions,
  type Supply,
  type Task,
  type Transport,
} from "../core/transport.js";

/**
 * Tasks within one process: nothing is copied, kept or lost. Whoever drives processes as workers says
 * itself how they end, so that a lease never runs out.
 */
const transport: Transport = {
  name: "local",
  url: "local",
  open: async () => localTransport(),
};

export default transport;

function localTransport(): OpenTransport {
  const queues = new Map<string, LocalQueue>();
  const watchers = new Set<(id: string) => void>();
  return {
    address: "this process",
    dispatcher: async <Body, Made, News>(options: QueueOptions) => {
      const queue = new LocalQueue(options, () => queues.delete(options.id));
      queues.set(options.id, queue);
      for (const onQueue of watchers) onQueue(options.id);
      return queue as unknown as Dispatcher<Body, Made, News>;
    },
    receiver: async (id, worker) => queues.get(id)?.receiver(worker),
    watch: (onQueue) => {
      watchers.add(onQueue);
      for (const id of queues.keys()) onQueue(id);
      return () => watchers.delete(onQueue);
    },
    close: async () => queues.clear(),
  };
}

class LocalQueue implements Dispatcher<unknown, unknown, unknown> {
  private supply: Supply<unknown> | undefined;
  private onEvent: (event: DispatchEvent<unknown, unknown, unknown>) => void = () => undefined;
  private readonly receivers = new Map<string, ReceiverHooks<unknown, unknown>>();
  /** What was handed out and came back undone, by stage. */
  private readonly returned = new Map<string, Task<unknown>[]>();
  private readonly deliveries = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private readonly inHand = new Map<string, number>();
  private readonly permits = new Map<string, number | null>();
  private isOpen = true;
  private isServing = false;

  constructor(
    readonly options: QueueOptions,
    private readonly onStop: () => void,
  ) {
    for (const { name, permits } of options.stages) this.permits.set(name, permits);
  }

  async start(
    supply: Supply<unknown>,
    onEvent: (event: DispatchEvent<unknown, unknown, unknown>) => void,
  ): Promise<void> {
    this.supply = supply;
    this.onEvent = onEvent;
    this.refill();
  }

  refill(): void {
    if (this.isServing) return;
    this.isServing = true;
    for (const hooks of this.receivers.values()) this.serve(hooks);
    this.isServing = false;
  }

  retract(task: Task<unknown>): void {
    this.giveBack(task);
    this.refill();
  }

  async permit(stage: string, permits: number | null): Promise<void> {
    this.permits.set(stage, permits);
    this.refill();
  }

  finish(): void {
    this.isOpen = false;
    for (const { onFinish } of this.receivers.values()) onFinish();
  }

  async stop(): Promise<void> {
    this.isOpen = false;
    this.onStop();
    for (const { onEnded } of this.receivers.values()) onEnded();
  }

  receiver(worker: string): Receiver<unknown, unknown, unknown> {
    return {
      about: this.options.about,
      start: (hooks) => {
        this.receivers.set(worker, hooks);
        this.refill();
      },
      poke: () => this.refill(),
      tell: (who, news) => this.onEvent({ kind: "news", worker: who, news }),
      finished: () => this.onEvent({ kind: "finished" }),
      stop: async () => void this.receivers.delete(worker),
    };
  }

  private serve({ demand, onLease, stages }: ReceiverHooks<unknown, unknown>): void {
    const wanted = this.options.stages.filter(({ name }) => stages?.includes(name) !== false);
    while (this.isOpen && this.supply !== undefined) {
      const { now, ahead } = demand();
      if (now <= 0 && !(ahead > 0 && this.supply.mayWorkAhead)) return;
      const task = this.take(wanted);
      if (task === undefined) return;
      onLease(this.lease(task));
    }
  }

  private take(stages: readonly StageOptions[]): Task<unknown> | undefined {
    for (const { name } of stages) {
      const permits = this.permits.get(name) ?? null;
      if (permits !== null && (this.inHand.get(name) ?? 0) >= permits) continue;
      const task = this.returned.get(name)?.shift() ?? this.supply?.next(name);
      if (task !== undefined) return task;
    }
    return undefined;
  }

  private lease(task: Task<unknown>): Lease<unknown, unknown> {
    const delivery = add(this.deliveries, task.key, 1);
    add(this.inHand, task.stage, 1);
    let isOver = false;
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      add(this.inHand, task.stage, -1);
      return true;
    };
    return {
      ...{ task, delivery, age: 0, isLost: false },
      claim: async (made) => {
        if (!end()) return false;
        this.onEvent({ kind: "done", task, made, worker: "" });
        // A permit has become free.
        queueMicrotask(() => this.refill());
        return true;
      },
      fail: (failure) => {
        if (end()) this.fail(task, failure);
      },
      release: () => {
        if (!end()) return;
        this.giveBack(task);
        queueMicrotask(() => this.refill());
      },
    };
  }

  private fail(task: Task<unknown>, failure: Failure): void {
    const attempts = add(this.failures, task.key, 1);
    const again =
      attempts < MAX_ATTEMPTS && (failure.kind === "died" || this.options.retries) && this.isOpen;
    if (again) this.giveBack(task);
    this.onEvent({ kind: "failed", task, failure, attempts, most: MAX_ATTEMPTS, again });
    // Whoever failed may have more to give back, that was before this.
    queueMicrotask(() => this.refill());
  }

  /** What came back goes out again before anything else. */
  private giveBack(task: Task<unknown>): void {
    this.returned.set(task.stage, [task, ...(this.returned.get(task.stage) ?? [])]);
  }
}

function add(counts: Map<string, number>, key: string, amount: number): number {
  const count = (counts.get(key) ?? 0) + amount;
  counts.set(key, count);
  return count;
}

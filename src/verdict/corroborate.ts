import type { Corroboration, Evidence } from "./result.js";

/** What the kernel and the runtime counted while a pipeline ran, over all of its processes. */
export interface KernelCounters {
  readonly processes: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly garbageCollectionSeconds: number;
  /** Time runnable but not running; `null`, here and below, where the platform does not say. */
  readonly runQueueSeconds: number | null;
  /** Cores that others kept busy meanwhile, on average. */
  readonly othersCores: number | null;
  /** What a hypervisor or a quota stolen, of all cores together. */
  readonly stolenSeconds: number | null;
  /** How many of those there are. */
  readonly cores: number;
  /** Seconds in which some task of the machine waited for the disk. */
  readonly ioPressureSeconds: number | null;
  readonly blockWrittenBytes: number | null;
  readonly facts: number;
}

const BUSY_CPU = 0.7;
const HIGH_PRESSURE = 0.1;
const HIGH_QUEUE = 0.1;
const MOSTLY_AT_REST = 0.5;
const MANY_OTHERS = 0.3;
/** Of every core: a hypervisor takes some percent all the time, from a pipeline and from its parts alike. */
const MUCH_WITHHELD = 0.125;
/** The kernel counts the machine's time in ticks. */
export const TICK_SECONDS = 0.01;
/** One on each side of a short window says nothing. */
export const TICKS_SECONDS = 2 * TICK_SECONDS;

/**
 * Whether the machine was taken away: others ran while this pipeline waited for a processor, or a
 * hypervisor or a quota stopped it. A pipeline that only queues behind its own threads is not held up by
 * others, and its ceilings were measured in the same crowd.
 */
export function isBusy(counters: KernelCounters): boolean {
  const { wallSeconds, cpuSeconds, runQueueSeconds, stolenSeconds, othersCores } = counters;
  const most = MUCH_WITHHELD * wallSeconds * counters.cores + TICKS_SECONDS;
  if ((stolenSeconds ?? 0) > most) return true;
  if (runQueueSeconds === null || othersCores === null) return false;
  return runQueueSeconds > HIGH_QUEUE * (cpuSeconds + runQueueSeconds) && othersCores > MANY_OTHERS;
}

/**
 * What counters say beside a verdict that was found without them. They corroborate or contradict; they
 * never decide, because each is known to mislead: a blocking call looks busy, a throttled sink idle.
 */
export function corroborate(
  counted: readonly KernelCounters[],
  { storedBytesPerFact, toDisk }: Pick<Evidence, "storedBytesPerFact" | "toDisk">,
  lowest: "source" | "codec" | "write" | undefined,
): Pick<Evidence, "corroboration" | "notOffered"> {
  const total = (value: (counters: KernelCounters) => number | null) =>
    counted.some((counters) => value(counters) === null) || counted.length === 0
      ? null
      : counted.reduce((sum, counters) => sum + (value(counters) ?? 0), 0);
  const wall = total(({ wallSeconds }) => wallSeconds) ?? 0;
  const processWall = total(({ wallSeconds, processes }) => wallSeconds * processes) ?? 0;
  const cpu = total(({ cpuSeconds }) => cpuSeconds);
  const queue = total(({ runQueueSeconds }) => runQueueSeconds);
  const others = total(({ othersCores, wallSeconds }) =>
    othersCores === null ? null : othersCores * wallSeconds,
  );
  const pressure = total(({ ioPressureSeconds }) => ioPressureSeconds);
  const blocks = total(({ blockWrittenBytes }) => blockWrittenBytes);
  const stored = (total(({ facts }) => facts) ?? 0) * storedBytesPerFact;
  const byDisk = lowest === "write";

  const found: (Corroboration | string)[] = [
    share("processor time", cpu, processWall, (value) => ({
      finding: value >= BUSY_CPU === !byDisk ? "agrees" : "disagrees",
      text: `${percent(value)} of a core's time for each process`,
    })),
    share("run-queue wait", queue, (cpu ?? 0) + (queue ?? 0), (value) => ({
      finding: value > HIGH_QUEUE ? "disagrees" : "agrees",
      text: `${percent(value)} of the time that it wanted to run`,
    })),
    share("other processes", others, wall, (value) => ({
      finding: value > MANY_OTHERS ? "disagrees" : "agrees",
      text: `they kept ${value.toFixed(2)} cores busy`,
    })),
    share("I/O pressure", pressure, wall, (value) => ({
      finding: !toDisk ? "silent" : value >= HIGH_PRESSURE === byDisk ? "agrees" : "disagrees",
      text: `something waited for the disk ${percent(value)} of the time`,
    })),
    share("block layer", blocks, stored, (value) => ({
      finding: !byDisk || !toDisk ? "silent" : value >= MOSTLY_AT_REST ? "agrees" : "disagrees",
      text: `${percent(value)} of the bytes reached the disk meanwhile`,
    })),
    share(
      "garbage collection",
      total((c) => c.garbageCollectionSeconds),
      processWall,
      (value) => ({
        finding: "silent",
        text: `${percent(value)} of the time`,
      }),
    ),
  ];
  return {
    corroboration: found.filter((entry) => typeof entry !== "string"),
    notOffered: found.filter((entry) => typeof entry === "string"),
  };
}

/** What a counter says, or its name where it is not offered. */
function share(
  counter: string,
  part: number | null,
  whole: number,
  say: (value: number) => Omit<Corroboration, "counter">,
): Corroboration | string {
  return part === null || whole <= 0 ? counter : { counter, ...say(part / whole) };
}

function percent(value: number): string {
  const rounded = value * 100;
  return `${rounded < 10 ? rounded.toFixed(1) : rounded.toFixed(0)} %`;
}

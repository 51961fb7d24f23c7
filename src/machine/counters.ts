import { readdirSync, readFileSync } from "node:fs";
import { PerformanceObserver, type PerformanceEntry } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** What was counted between two moments. What the platform does not offer is `null`. */
export interface Counters {
  readonly userSeconds: number;
  readonly systemSeconds: number;
  readonly garbageCollectionSeconds: number;
  readonly garbageCollections: number;
  /** Time runnable but not running. */
  readonly runQueueSeconds: number | null;
  /** Processor time of the whole machine, over all cores; in steps of 10 ms. */
  readonly machineSeconds: number | null;
  /** Time that a hypervisor or a quota of the control group took from whoever wanted to run. */
  readonly stolenSeconds: number | null;
  /** Bytes through read and write calls, and those that reached the block layer. */
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
  readonly blockReadBytes: number | null;
  readonly blockWrittenBytes: number | null;
  /** Seconds in which some task of the machine waited for the resource. */
  readonly cpuPressureSeconds: number | null;
  readonly ioPressureSeconds: number | null;
  readonly memoryPressureSeconds: number | null;
  readonly peakMemoryBytes: number;
}

/** What the kernel and the runtime count, from a start to an end. What is not offered is `null`. */
export class CounterInterval {
  private readonly collections: PerformanceEntry[] = [];
  private readonly observer = new PerformanceObserver((list) => {
    this.collections.push(...list.getEntries());
  });
  private startedAt = 0;
  private before: Snapshot | undefined;
  private endedAt = 0;
  private after: Snapshot | undefined;

  start(): void {
    this.observer.observe({ entryTypes: ["gc"] });
    // Looking takes processor time: at the start the processor is looked at last, at the end first.
    const machine = machineCounters();
    this.before = { ...machine, ...processorSeconds() };
    this.startedAt = performance.now();
  }

  end(): void {
    this.endedAt = performance.now();
    const processor = processorSeconds();
    this.after = { ...machineCounters(), ...processor };
  }

  /** The differences. Waits for the collector's entries, which arrive after the work is done. */
  async differences(): Promise<Counters> {
    const { before, after } = this;
    if (before === undefined || after === undefined) throw new Error("the window was not closed");
    await setImmediate();
    this.collections.push(...this.observer.takeRecords());
    this.observer.disconnect();
    const collections = this.collections.filter(
      ({ startTime }) => startTime >= this.startedAt && startTime <= this.endedAt,
    );
    const difference = (counter: keyof Snapshot) => {
      const [from, to] = [before[counter], after[counter]];
      return from === null || to === null ? null : Math.max(0, to - from);
    };
    return {
      userSeconds: difference("userSeconds") ?? 0,
      systemSeconds: difference("systemSeconds") ?? 0,
      garbageCollectionSeconds: collections.reduce((sum, { duration }) => sum + duration, 0) / 1000,
      garbageCollections: collections.length,
      runQueueSeconds: difference("runQueueSeconds"),
      machineSeconds: difference("machineSeconds"),
      stolenSeconds: difference("stolenSeconds"),
      readBytes: difference("readBytes"),
      writtenBytes: difference("writtenBytes"),
      blockReadBytes: difference("blockReadBytes"),
      blockWrittenBytes: difference("blockWrittenBytes"),
      cpuPressureSeconds: difference("cpuPressureSeconds"),
      ioPressureSeconds: difference("ioPressureSeconds"),
      memoryPressureSeconds: difference("memoryPressureSeconds"),
      // The kernel keeps the peak in kilobytes, and libuv hands it on so on every platform.
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }
}

type Snapshot = ReturnType<typeof processorSeconds> & ReturnType<typeof machineCounters>;

function processorSeconds() {
  const usage = process.resourceUsage();
  return { userSeconds: usage.userCPUTime / 1e6, systemSeconds: usage.systemCPUTime / 1e6 };
}

function machineCounters() {
  const io = readOrNull("/proc/self/io");
  return {
    runQueueSeconds: runQueueSeconds(),
    ...machineTimes(),
    readBytes: field(io, /^rchar: (\d+)/m),
    writtenBytes: field(io, /^wchar: (\d+)/m),
    blockReadBytes: field(io, /^read_bytes: (\d+)/m),
    blockWrittenBytes: field(io, /^write_bytes: (\d+)/m),
    cpuPressureSeconds: pressureSeconds("cpu"),
    ioPressureSeconds: pressureSeconds("io"),
    memoryPressureSeconds: pressureSeconds("memory"),
  };
}

/** The second number of a thread's schedstat is its nanoseconds on a run queue. */
function runQueueSeconds(): number | null {
  let threads: string[];
  try {
    threads = readdirSync("/proc/self/task");
  } catch {
    return null;
  }
  const waits = threads
    .map((thread) => field(readOrNull(`/proc/self/task/${thread}/schedstat`), /^\d+ (\d+)/))
    .filter((nanoseconds) => nanoseconds !== null);
  return waits.length === 0 ? null : waits.reduce((sum, wait) => sum + wait, 0) / 1e9;
}

/** The kernel reports these in hundredths of a second, on every platform it runs on. */
const TICKS_PER_SECOND = 100;

/** What all cores did since the machine started, and what was stolen from them. */
export function machineTimes(): { machineSeconds: number | null; stolenSeconds: number | null } {
  const line = /^cpu +(.*)$/m.exec(readOrNull("/proc/stat") ?? "")?.[1];
  if (line === undefined) return { machineSeconds: null, stolenSeconds: null };
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
    .split(" ")
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const throttled = field(readOrNull("/sys/fs/cgroup/cpu.stat"), /^throttled_usec (\d+)/m) ?? 0;
  return {
    machineSeconds: user + nice + system + irq + softirq,
    stolenSeconds: steal + throttled / 1e6,
  };
}

/** Microseconds in which some task waited, since the machine started. */
function pressureSeconds(resource: "cpu" | "io" | "memory"): number | null {
  const microseconds = field(readOrNull(`/proc/pressure/${resource}`), /^some .*total=(\d+)/m);
  return microseconds === null ? null : microseconds / 1e6;
}

function field(text: string | null, pattern: RegExp): number | null {
  const digits = text === null ? undefined : pattern.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

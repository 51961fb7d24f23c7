/** What a result document says of codecs that can be sized, and why others cannot. */
import type { VerdictKind } from "../../../verdict/result.js";
import type { MedianInterval } from "../../../stats/median-interval.js";
import type { FactCost } from "./model.js";

/** What somebody chooses between. */
export interface SizedChoice {
  readonly codec: string;
  /** `none`, or with its level: `gzip:6`. */
  readonly compressor: string;
  /** Where runtimes were compared: the one that it ran under. */
  readonly runtime?: string | undefined;
}

/** The choice alone. */
export function choiceOf({ codec, compressor, runtime }: SizedChoice): SizedChoice {
  return { codec, compressor, ...(runtime !== undefined && { runtime }) };
}

/** What every other choice is compared with. */
export function isPlainJson({ codec, compressor }: SizedChoice): boolean {
  return codec === "json" && compressor === "none";
}

/** A codec with a compressor, as it was measured. */
export interface MeasuredCodec extends SizedChoice {
  /** CPU-seconds for a fact: the median over trials, with its 95 % interval. */
  readonly write: MedianInterval;
  readonly read: MedianInterval | null;
  readonly cost: FactCost;
  /** Before compression. */
  readonly encodedBytesPerFact: number | null;
  /** What was in the way when writing was measured: `codec-bound` and so on. */
  readonly verdict: VerdictKind | null;
}

export interface UnsizedCodec extends SizedChoice {
  readonly reason: string;
}

/** Why what was measured with --inject has no row. */
export const DELAYED = "delays were put into it on purpose, and are in its CPU-seconds";

export interface Measured {
  readonly cpuModel: string;
  readonly architecture: string;
  readonly node: string;
  readonly measuredAt: string;
  readonly source: string;
  readonly jsonBytesPerFact: number | null;
  /** How often each fact was told; `null` where facts were not generated, or nobody says. */
  readonly duplication: number | null;
  /** The two duplications that were measured, where figures were reckoned from those of both. */
  readonly between?: readonly [number, number];
  /**
   * Where CPU-seconds come from: the kernel's counters over a trial's window, or the time that a
   * run's workers spent in stages, which is at least as much.
   */
  readonly cpuFrom: "counters" | "worker time" | "given";
  /** Which rows went where, where a load was measured: a row stands for a fact, a method for a codec, a table for a compressor. */
  readonly rowsOf?: string;
  /** Runtimes that were compared, as they were asked for. */
  readonly runtimes: readonly string[];
  readonly codecs: readonly MeasuredCodec[];
  readonly unsized: readonly UnsizedCodec[];
  /** Where the schema that it was measured with is unsure whether keys are data, in one line. */
  readonly schemaUnsure?: string;
  /**
   * User CPU-seconds for writing a fact in the way that a calibration measures; `null` where that
   * was not measured on the facts of a calibration.
   */
  readonly referenceSeconds: number | null;
}

/** An interval of which only the middle is known. */
export function unknownInterval(median: number): MedianInterval {
  return { median, low: 0, high: Infinity };
}

/** A load whose CPU-seconds are known from elsewhere, as one row. */
export function givenCoreSeconds(perFact: number, jsonBytes: number | null): Measured {
  return {
    cpuModel: "",
    architecture: "",
    node: "",
    measuredAt: "",
    source: "the command line",
    jsonBytesPerFact: jsonBytes,
    duplication: null,
    cpuFrom: "given",
    runtimes: [],
    codecs: [
      {
        codec: "given",
        compressor: "none",
        write: { median: perFact, low: perFact, high: perFact },
        read: null,
        cost: {
          writeCpuSeconds: perFact,
          readCpuSeconds: null,
          storedBytes: null,
          jsonBytes,
          workerMemoryBytes: null,
        },
        encodedBytesPerFact: null,
        verdict: null,
      },
    ],
    unsized: [],
    referenceSeconds: null,
  };
}

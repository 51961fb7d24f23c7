/** Where the time of a fact goes, from the ceilings of a comparison's writes. */
import type { ResultDocument } from "../document.js";
import type { StackChart } from "../../../report/chart/stack.js";
import { choiceName } from "../../../report/names.js";
import { significant } from "../../../report/numbers.js";
import { judgedWrites, type Judged } from "./verdict.js";

/** More bars than this make a chart that nobody reads. */
const MAX_BARS = 36;

/** Microseconds that a fact takes in each stage alone, and in all of them together. */
export interface WriteTimes {
  readonly name: string;
  readonly codec: string;
  readonly encode: number;
  readonly compress: number;
  readonly write: number;
  readonly together: number | null;
  /** Shares of the trials' time. */
  readonly garbageCollection: number;
  readonly waitingForCpu: number | null;
}

/** The stages of every write whose ceilings were measured. */
export function writeTimes(document: ResultDocument): WriteTimes[] {
  return judgedWrites(document).flatMap((judged) => {
    const { codec, encode, write, pipeline } = judged.verdict.evidence;
    if (codec === null) return [];
    const whole = 1e6 / codec.median;
    const encoding = encode === null ? whole : Math.min(whole, 1e6 / encode.median);
    return [
      {
        name: choiceName(judged),
        codec: judged.codec,
        encode: encoding,
        compress: whole - encoding,
        write: write === null ? 0 : 1e6 / write.median,
        together: pipeline === null ? null : 1e6 / pipeline.median,
        ...sharesOf(judged),
      },
    ];
  });
}

function sharesOf({ trials }: Judged) {
  const total = (value: (trial: Judged["trials"][number]) => number) =>
    trials.reduce((sum, trial) => sum + value(trial), 0);
  const wall = total(({ wallSeconds }) => wallSeconds) || 1;
  const isCounted = trials.some(({ counters }) => counters.runQueueSeconds !== null);
  return {
    garbageCollection: total(({ counters }) => counters.garbageCollectionSeconds) / wall,
    waitingForCpu: isCounted ? total(({ counters }) => counters.runQueueSeconds ?? 0) / wall : null,
  };
}

/** The same as bars; `undefined` where nothing was judged. */
export function writeStages(document: ResultDocument): StackChart | undefined {
  const found = writeTimes(document);
  if (found.length === 0) return undefined;
  const all = found.slice(0, MAX_BARS);
  const which = found.length > all.length ? `, the first ${MAX_BARS} of ${found.length}` : "";
  return {
    title: `Where the time of a write goes: each stage alone, and all together${which}`,
    label: "µs for a fact",
    parts: ["encode", "compress", "write"],
    markLabel: "together, as measured",
    bars: all.map(({ name, codec, encode, compress, write, together }) => ({
      name,
      codec,
      values: [encode, compress, write],
      mark: together,
      hover:
        `${name}, µs for a fact: encode ${significant(encode)}, compress ${significant(compress)}, ` +
        `write ${significant(write)}` +
        (together === null ? "" : `; together ${significant(together)}`),
    })),
  };
}

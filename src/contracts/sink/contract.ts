/**
 * The contract that a user's own sink keeps. Nothing is left where it puts things: every part that it is tried
 * with is discarded.
 */
import type { PartSink, SinkPlugin } from "../../core/sink.js";
import {
  firstBreach,
  isFunction,
  missingFunction,
  wrongFieldOf,
  type FieldRule,
  type Rule,
} from "../breach.js";

export interface SinkCandidate {
  readonly plugin: SinkPlugin;
  /** What its file is called, without the ending. */
  readonly name: string;
  readonly place: string;
}

const FIELDS: readonly FieldRule<SinkPlugin>[] = [["open", "a function", isFunction]];
const BATCHES = [1, 100, 65_536, 1_000_003].map((length) => Buffer.alloc(length, 0x7b));

/** What a sink must do, in the order in which it is looked at. */
const CONTRACT: readonly Rule<SinkCandidate>[] = [
  {
    rule: "is called as its file is, and opens",
    breach: async ({ plugin, name, place }) => {
      const wrong = wrongFieldOf(plugin, name, FIELDS);
      if (wrong !== undefined) return wrong;
      const sink = await plugin.open({ place, part: partName(0) });
      const missing = missingFunction(sink, ["write", "close", "discard"]);
      if (missing === undefined) sink.discard();
      return missing;
    },
  },
  {
    rule: "has taken a batch when write returns",
    breach: (candidate) =>
      withParts(candidate, 1, ([sink]) => {
        for (const batch of BATCHES) {
          const before = Buffer.from(batch);
          const given = sink?.write(batch) as unknown;
          if (given !== undefined) {
            return "write returns something, and nobody waits for it: what takes time belongs into flush()";
          }
          if (!batch.equals(before)) return "it changes the batches it is given";
        }
        return undefined;
      }),
  },
  {
    rule: "takes a part while the one before it is on the way to its place",
    breach: (candidate) =>
      withParts(candidate, 2, async ([first, second]) => {
        first?.write(Buffer.from("first"));
        const flushed = first?.flush?.();
        second?.write(Buffer.from("second"));
        await flushed;
        return undefined;
      }),
  },
  {
    rule: "gives a part up",
    breach: async ({ plugin, place }) => {
      const sink = await plugin.open({ place, part: partName(2) });
      sink.write(Buffer.from("gone"));
      return (sink.discard() as unknown) === undefined
        ? undefined
        : "discard returns something, and nobody waits for it";
    },
  },
];

/** What a sink breaks first, in one line; `undefined` if it keeps the contract. */
export function sinkBreach(candidate: SinkCandidate): Promise<string | undefined> {
  return firstBreach("a sink", CONTRACT, candidate);
}

async function withParts(
  { plugin, place }: SinkCandidate,
  count: number,
  work: (sinks: readonly PartSink[]) => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  const sinks: PartSink[] = [];
  try {
    for (let part = 0; part < count; part++) {
      sinks.push(await plugin.open({ place, part: partName(part) }));
    }
    return await work(sinks);
  } finally {
    for (const sink of sinks) sink.discard();
  }
}

function partName(part: number): string {
  return `contract-${process.pid}-${part}.ndjson`;
}

/** What binds a pipeline, in words. */
import type { Verdict, VerdictKind } from "../verdict/result.js";
import { borderless } from "./layout.js";
import { bytes, interval, percent, significant } from "./numbers.js";

/** A verdict in the words that people ask in. */
export const WORDS: Record<VerdictKind, string> = {
  "source-bound": "source-bound",
  "codec-bound": "CPU-bound",
  "sink-bandwidth-bound": "IO-bound, bandwidth",
  "sink-latency-bound": "IO-bound, latency",
  balanced: "balanced",
  inconclusive: "inconclusive",
};

/** A verdict in sentences: what binds, how that is known, what would change it. */
export function verdictSentences(verdict: Verdict, subject: string): string[] {
  return [
    `${WORDS[verdict.kind]}: ${becauseOf(verdict, subject)}`,
    ...changesOf(verdict),
    ...agreement(verdict),
    ...verdict.caveats.map((caveat) => `But ${caveat}.`),
  ];
}

function becauseOf(verdict: Verdict, subject: string): string {
  const { codec, write, source, pipeline } = verdict.evidence;
  const rate = pipeline === null ? "" : `${significant(pipeline.median)} facts/s`;
  const alone = (found: typeof codec, what: string) =>
    found === null ? [] : [`${what} ${significant(found.median)}`];
  const ceilings = [
    ...alone(source, "the source alone does"),
    ...alone(codec, "the codec alone does"),
    ...alone(write, "writing alone does"),
  ].join(", ");
  switch (verdict.kind) {
    case "source-bound":
      return `${subject} waits for its source: ${rate}, while ${ceilings}. As a measurement of the rest it is invalid.`;
    case "codec-bound":
      return `${subject} does ${rate}${sharesText(verdict.shares)}; ${ceilings}.`;
    case "sink-bandwidth-bound":
      return `${subject} does ${rate}; ${ceilings}: the sink carries ${bytes(verdict.bytesPerSecond)}/s and no more.`;
    case "sink-latency-bound":
      return (
        `${subject} does ${rate}; ${ceilings}: every batch waits ` +
        `${significant(verdict.secondsPerBatch * 1000)} ms, whatever its size.`
      );
    case "balanced":
      return `${subject} does ${rate}, and ${verdict.between.join(" and ")} are within 10 % of each other: ${ceilings}.`;
    case "inconclusive":
      return `what binds ${subject} cannot be told: ${verdict.detail}.`;
  }
}

function sharesText(shares: Extract<Verdict, { kind: "codec-bound" }>["shares"]): string {
  const parts = [
    ["encoding", shares.encode],
    ["compressing", shares.compress],
    ["collecting garbage", shares.garbageCollection],
  ] as const;
  const known = parts.flatMap(([name, share]) =>
    share === null ? [] : [`${name} ${percent(Math.min(1, share))} %`],
  );
  return known.length === 0 ? "" : ` (${known.join(", ")} of the time)`;
}

/** What more cores, another disk or larger batches would do. */
function changesOf(verdict: Verdict): string[] {
  const { whatIf, kind, evidence } = verdict;
  if (whatIf === null) return [];
  const { headroom, crossoverBytesPerSecond, twiceTheCores, halfTheDisk } = whatIf;
  if (kind === "source-bound") return [];
  const sink = evidence.toDisk ? "disk" : "sink";
  const inTurn = evidence.overlap !== null && evidence.overlap < MOSTLY_AT_ONCE;
  const cross = `below ${bytes(crossoverBytesPerSecond)}/s of ${sink} it is IO-bound, above it CPU-bound`;
  const slack =
    headroom === null || kind === "balanced"
      ? []
      : [slackText(kind.startsWith("sink") ? "codec" : sink, headroom, inTurn, cross)];
  const other = (what: string, { factsPerSecond, binds }: typeof twiceTheCores) =>
    `with ${what} about ${significant(factsPerSecond)} facts/s (${BINDS[binds] ?? binds})`;
  const hardware = [
    other("twice the cores and workers", twiceTheCores),
    ...(halfTheDisk === null ? [] : [other(`half the ${sink}`, halfTheDisk)]),
  ];
  const batches =
    kind === "sink-latency-bound" && evidence.sinkLatency !== null
      ? ["Larger batches, or more of them at once, would raise it."]
      : [];
  return [...slack, `By the model: ${hardware.join("; ")}.`, ...batches];
}

/** What the stage that does not bind has to spare; where stages take turns, nothing is free. */
function slackText(stage: string, headroom: number, inTurn: boolean, cross: string): string {
  return inTurn
    ? `The ${stage} alone is ${significant(headroom)} × as fast, but they take turns: ${cross}.`
    : `The ${stage} could be ${significant(headroom)} × slower before it mattered: ${cross}.`;
}

/** Stages that hide this much of each other's time are as good as at once. */
const MOSTLY_AT_ONCE = 0.9;

/** What binds, by the part that does. */
export const BINDS: Record<string, string> = {
  balanced: "balanced",
  codec: "CPU-bound",
  write: "IO-bound",
  source: "source-bound",
};

/** Whether kernel counters say the same. */
function agreement({ kind, evidence }: Verdict): string[] {
  if (kind === "inconclusive") return [];
  const { corroboration, notOffered } = evidence;
  const said = (finding: "agrees" | "disagrees") =>
    corroboration
      .filter((entry) => entry.finding === finding)
      .map(({ counter, text }) => `${counter} (${text})`);
  const agrees = said("agrees");
  const disagrees = said("disagrees");
  const judged = kind !== "balanced";
  return [
    ...(judged && agrees.length > 0 ? [`The kernel's counters agree: ${agrees.join(", ")}.`] : []),
    ...(judged && disagrees.length > 0 ? [`Counters that disagree: ${disagrees.join(", ")}.`] : []),
    ...(notOffered.length > 0 ? [`Counters not offered here: ${notOffered.join(", ")}.`] : []),
  ];
}

/** Ceilings of a run, a line for each with its interval. */
export function ceilingLines({ evidence }: Verdict): string[] {
  const table = borderless({ colAligns: ["left", "right", "left"] });
  const rows = [
    ["source alone", evidence.source],
    ["encode alone", evidence.encode],
    ["codec alone", evidence.codec],
    ["write alone", evidence.write],
    ["together", evidence.pipeline],
  ] as const;
  for (const [name, found] of rows) {
    if (found === null) continue;
    table.push([
      name,
      `${significant(found.median)} facts/s`,
      interval({ low: found.low, high: found.high ?? Infinity }),
    ]);
  }
  return table.toString().split("\n");
}

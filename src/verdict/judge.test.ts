import { describe, expect, test } from "vitest";
import { seededUniform } from "../stats/random.js";
import type { Verdict } from "./result.js";
import type { KernelCounters } from "./corroborate.js";
import type { Case, Round } from "./evidence.js";
import { judge } from "./judge.js";
import { predictedRate } from "./model.js";

const QUIET: KernelCounters = {
  processes: 1,
  wallSeconds: 1,
  cpuSeconds: 0.9,
  garbageCollectionSeconds: 0.02,
  runQueueSeconds: 0.01,
  othersCores: 0.05,
  stolenSeconds: 0,
  cores: 2,
  ioPressureSeconds: 0,
  blockWrittenBytes: null,
  facts: 1000,
};

interface Truth {
  /** Facts per second. */
  readonly codec: number;
  readonly write: number;
  readonly overlap: number;
  readonly source?: number;
  /** Every round's rates differ by up to this, each for itself. */
  readonly noise: number;
  /** What a batch waits whatever its size, as a share of what the sink takes for it. */
  readonly latencyShare?: number;
  readonly rounds?: number;
}

/** Rounds as they would be measured, on a machine that also changes its speed from round to round. */
function roundsOf(
  truth: Truth,
  seed: number,
  change: (round: Round, index: number) => Round,
): Round[] {
  const uniform = seededUniform(seed);
  const { codec, write, overlap, source, noise, latencyShare = 0, rounds = 8 } = truth;
  return Array.from({ length: rounds }, (_, index) => {
    const speed = uniform() < 0.5 ? 1 : 0.7;
    const near = (rate: number) => rate * (1 + noise * (2 * uniform() - 1));
    const times = [1 / (codec * speed), 1 / (write * speed), ...(source ? [1 / source] : [])];
    const round: Round = {
      source: source === undefined ? null : near(source),
      encode: null,
      codec: near(codec * speed),
      write: near(write * speed),
      // Four lengths at a time pay the latency once.
      wideWrite: near((write * speed) / (1 - latencyShare + latencyShare / 4)),
      pipeline: near(predictedRate(times, overlap)),
      counters: QUIET,
    };
    return change(round, index);
  });
}

function verdictOf(
  truth: Truth,
  options: { seed?: number; change?: (round: Round, index: number) => Round } & Partial<Case> = {},
): Verdict {
  const { seed = 1, change = (round: Round) => round, ...given } = options;
  return judge({
    rounds: roundsOf(truth, seed, change),
    workers: 1,
    toDisk: true,
    oneReader: false,
    syncsAtClose: false,
    storedBytesPerFact: 40_000,
    factsPerBatch: 13,
    clockSeconds: 1e-6,
    shortestSeconds: 0.03,
    caveats: [],
    ...given,
  });
}

const typical: Truth = { codec: 2500, write: 10_000, overlap: 1, noise: 0.02 };

describe("against known truth", () => {
  /** Sinks from a tenth to ten times the codec, in turn and at once, over many seeds. */
  const RATIOS = [
    0.1, 0.2, 0.4, 0.6, 0.8, 0.85, 0.92, 0.94, 0.98, 1, 1.02, 1.06, 1.08, 1.18, 1.25, 1.6, 3, 10,
  ];
  const cells = RATIOS.flatMap((ratio) =>
    [0, 0.5, 1].flatMap((overlap) =>
      Array.from({ length: 40 }, (_, seed) => ({
        ratio,
        kind: verdictOf(
          { codec: 2500, write: 2500 * ratio, overlap, noise: 0.02 },
          { seed: seed + 1 },
        ).kind,
      })),
    ),
  );
  const distance = ({ ratio }: { ratio: number }) => Math.max(ratio, 1 / ratio) - 1;
  const truth = ({ ratio }: { ratio: number }) =>
    ratio < 1 ? "sink-bandwidth-bound" : "codec-bound";
  const share = (all: typeof cells, right: (cell: (typeof cells)[number]) => boolean) =>
    all.filter(right).length / all.length;

  test("where ceilings differ by far, the lower one is named", () => {
    const far = cells.filter((cell) => distance(cell) > 0.15);
    expect(share(far, (cell) => cell.kind === truth(cell))).toBeGreaterThanOrEqual(0.99);
  });

  test("where they are within 10 %, they are balanced, or the lower one is named", () => {
    const near = cells.filter((cell) => distance(cell) > 0.05 && distance(cell) <= 0.1);
    const right = share(
      near,
      ({ kind, ratio }) => kind === "balanced" || kind === truth({ ratio }),
    );
    expect(right).toBeGreaterThanOrEqual(0.95);
  });

  test("where they are as good as equal, neither is ever named", () => {
    const equal = cells.filter((cell) => distance(cell) < 0.05);
    expect(equal.filter(({ kind }) => kind.endsWith("-bound"))).toEqual([]);
  });
});

test("a source that is slower than everything makes the measurement invalid", () => {
  expect(verdictOf({ ...typical, source: 800 }).kind).toBe("source-bound");
});

test("a sink that waits with every batch is bound by latency, not by bandwidth", () => {
  const slow = { ...typical, write: 500, overlap: 0 };
  const latency = verdictOf({ ...slow, latencyShare: 0.9 });
  expect(latency).toMatchObject({ kind: "sink-latency-bound" });
  if (latency.kind !== "sink-latency-bound") return;
  // A batch of 13 facts takes 26 ms (at one speed of the machine), nine tenths of it waiting.
  expect(latency.secondsPerBatch).toBeGreaterThan(0.02);
  expect(verdictOf({ ...slow, latencyShare: 0.1 }).kind).toBe("sink-bandwidth-bound");
});

test("nowhere to write to leaves only the codec to bind", () => {
  const verdict = verdictOf(typical, {
    change: (round) => ({ ...round, write: null, wideWrite: null }),
  });
  expect(verdict).toMatchObject({
    kind: "codec-bound",
    whatIf: { headroom: null, halfTheDisk: null },
  });
});

test("shares of encoding and compressing are told apart", () => {
  const verdict = verdictOf(
    { ...typical, noise: 0 },
    { change: (round) => ({ ...round, encode: round.codec * 4 }) },
  );
  expect(verdict).toMatchObject({ kind: "codec-bound" });
  if (verdict.kind !== "codec-bound") return;
  expect(verdict.shares.encode).toBeCloseTo(0.25, 2);
  expect(verdict.shares.compress).toBeCloseTo(0.75, 2);
});

describe("nothing is forced", () => {
  const others = { ...QUIET, runQueueSeconds: 0.5, othersCores: 0.9 };
  const because = (why: string) => ({ kind: "inconclusive", why });

  test("a process that takes a core in the middle is named", () => {
    const verdict = verdictOf(typical, {
      change: (round, index) => (index > 3 ? { ...round, counters: others } : round),
    });
    expect(verdict).toMatchObject(because("busy"));
    expect(verdict).toMatchObject({ detail: expect.stringContaining("4 of 8") as string });
  });

  test("one busy round is left out, and said", () => {
    const verdict = verdictOf(typical, {
      change: (round, index) =>
        index === 2 ? { ...round, codec: 1, pipeline: 1, counters: others } : round,
    });
    expect(verdict.kind).toBe("codec-bound");
    expect(verdict.evidence).toMatchObject({ rounds: 7, roundsLeftOut: 1 });
    expect(verdict.caveats.join()).toContain(
      "1 rounds in which the machine was busy were left out",
    );
  });

  test("where rounds are few, a busy one counts, and that is said", () => {
    const verdict = verdictOf(
      { ...typical, rounds: 5 },
      { change: (round, index) => (index === 2 ? { ...round, counters: others } : round) },
    );
    expect(verdict).toMatchObject({ kind: "codec-bound", evidence: { rounds: 5 } });
    expect(verdict.caveats.join()).toContain("1 rounds in which the machine was busy are among");
  });

  test("a pipeline that only queues behind its own threads is judged", () => {
    const own = { ...QUIET, runQueueSeconds: 0.5, othersCores: 0.1 };
    const verdict = verdictOf(typical, { change: (round) => ({ ...round, counters: own }) });
    expect(verdict.kind).toBe("codec-bound");
  });

  test.each([
    ["too few rounds", { ...typical, rounds: 4 }, {}, "too-few-rounds"],
    ["rounds that do not agree", { ...typical, write: 2800, noise: 0.5 }, {}, "noisy"],
    ["a clock that is too coarse", typical, { clockSeconds: 0.001 }, "coarse-clock"],
    [
      "a pipeline faster than its parts",
      typical,
      { change: (round: Round) => ({ ...round, pipeline: round.pipeline * 1.5 }) },
      "contradiction",
    ],
  ])("%s", (_, truth, options, why) => {
    expect(verdictOf(truth, options)).toMatchObject(because(why));
  });

  test("counters that the platform lacks are named, and hold nothing up", () => {
    const none = {
      ...QUIET,
      runQueueSeconds: null,
      othersCores: null,
      stolenSeconds: null,
      ioPressureSeconds: null,
    };
    const verdict = verdictOf(typical, { change: (round) => ({ ...round, counters: none }) });
    expect(verdict.kind).toBe("codec-bound");
    expect(verdict.evidence.notOffered).toEqual([
      "run-queue wait",
      "other processes",
      "I/O pressure",
      "block layer",
    ]);
  });
});

test("twice the cores and half the disk move a verdict where they should", () => {
  const { whatIf } = verdictOf({ codec: 2500, write: 4000, overlap: 1, noise: 0 });
  expect(whatIf).toMatchObject({
    twiceTheCores: { binds: "write" },
    halfTheDisk: { binds: "write" },
  });
  expect(whatIf?.headroom).toBeCloseTo(1.6, 5);
});

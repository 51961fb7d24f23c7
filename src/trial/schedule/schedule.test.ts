import { DEFAULT_PROFILE } from "../../../generators/profile.js";
import { describe, expect, test } from "vitest";
import { NO_DELAYS } from "../../pipeline/injection.js";
import { NOT_SLOWED } from "../../sinks/slowed.js";
import { NO_COUNTERS } from "../../testing/document.js";
import { runSchedule } from "./schedule.js";
import type { ScheduleOptions, ScenarioPlan } from "./options.js";
import type { TrialMeasure, TrialOutcome, TrialPlan } from "../trial.js";

function measured(factsPerSecond: number): TrialOutcome {
  const measure: TrialMeasure = {
    factsPerSecond,
    medianSampleFactsPerSecond: factsPerSecond,
    slowSampleFactsPerSecond: factsPerSecond,
    coldFactsPerSecond: factsPerSecond,
    steady: true,
    facts: 1,
    wallSeconds: 1,
    setupSeconds: 0,
    checkSeconds: 0,
    warmUpSeconds: 0,
    encodedBytesPerFact: 1,
    storedBytesPerFact: 1,
    allocatedBytesPerFact: null,
    counters: NO_COUNTERS,
    samples: [],
  };
  return { status: "ok", measure, digest: `bytes ${factsPerSecond}` };
}

function plan(codec: string, direction: "write" | "read"): ScenarioPlan {
  return {
    scenario: { codec, compressor: "none", engine: null, direction, sink: "file", sync: null },
    payload: { kind: "generator", seed: 1, profile: DEFAULT_PROFILE },
    codecFiles: {},
    poolSize: { facts: 1, jsonBytes: 1 },
    fields: [],
    slowing: NOT_SLOWED,
    delays: NO_DELAYS,
    study: "none",
    readsAsChecked: true,
    file: `${codec}.data`,
  };
}

const nameOf = ({ scenario }: Pick<TrialPlan, "scenario">) =>
  `${scenario.codec} ${scenario.direction}`;

/** A scheduler over imagined trials, whose clock moves by what each of them takes. */
async function run(
  outcome: (plan: TrialPlan, call: number) => TrialOutcome,
  changes: Partial<ScheduleOptions> = {},
) {
  const calls: TrialPlan[] = [];
  const processes: string[][] = [];
  let seconds = 0;
  const interruption = new AbortController();
  const result = await runSchedule({
    plans: ["a", "b", "c"].flatMap((codec) => [plan(codec, "write"), plan(codec, "read")]),
    preparations: [],
    rounds: 5,
    budgetSeconds: 30,
    precision: 0.02,
    seed: 1,
    now: () => seconds,
    signal: interruption.signal,
    onProgress: () => undefined,
    beginTrials: (trials) => {
      return {
        ready: Promise.resolve(),
        step: async () => {
          processes.push(trials.map(nameOf));
          return trials.map((trial) => {
            calls.push(trial);
            seconds += trial.allowanceSeconds;
            return outcome(trial, calls.length);
          });
        },
      };
    },
    ...changes,
  });
  return { calls, processes, result, seconds: () => seconds, interruption };
}

const rounds = (calls: readonly TrialPlan[], size: number) =>
  Array.from({ length: Math.floor(calls.length / size) }, (_, round) =>
    calls.slice(round * size, (round + 1) * size).map(nameOf),
  );

describe("rounds", () => {
  test("go over every scenario, each round in another order, writes first in the first", async () => {
    const { calls } = await run(() => measured(100));
    const all = rounds(calls, 6);
    for (const round of all) expect(new Set(round).size).toBe(6);
    expect(new Set(all.map((round) => round.join())).size).toBeGreaterThan(3);
    expect(all[0]?.slice(0, 3).every((name) => name.endsWith("write"))).toBe(true);
  });

  test("use up the budget evenly and stop once every interval is narrow", async () => {
    const { calls, seconds } = await run(() => measured(100));
    expect(calls).toHaveLength(30);
    expect(seconds()).toBeCloseTo(30, 6);
    for (const { allowanceSeconds } of calls) expect(allowanceSeconds).toBeCloseTo(1, 6);
  });

  test("go on for the scenario whose interval is wide, and for no other", async () => {
    let reads = 0;
    const { calls } = await run(
      (trial) => measured(nameOf(trial) === "b read" ? 100 + 60 * (reads++ % 2) : 100),
      { budgetSeconds: 90 },
    );
    const extra = calls.slice(30).map(nameOf);
    expect(extra.length).toBeGreaterThan(3);
    expect(new Set(extra)).toEqual(new Set(["b read"]));
  });

  test("end with the budget, but for the first, which is whole", async () => {
    const { calls, result, seconds } = await run(() => measured(100), { budgetSeconds: 3 });
    expect(calls.length % 6).toBeLessThan(6);
    expect(seconds()).toBeLessThanOrEqual(3);
    expect(result.scenarios.every(({ trials }) => trials.length >= 1)).toBe(true);
    expect(result.stopped).toBeUndefined();
    const tiny = await run(() => measured(100), { budgetSeconds: 0.1 });
    expect(tiny.result.scenarios.map(({ trials }) => trials.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("overdraw the budget by 15 % at most, where that ends the round which intervals take", async () => {
    const rates = (call: number) => measured(100 + 20 * (call % 7));
    // Six trials of 0.2 s: five rounds take 6 s.
    const near = await run((_, call) => rates(call), { rounds: 9, budgetSeconds: 5.6 });
    expect(near.result.scenarios.map(({ trials }) => trials.length)).toEqual(Array(6).fill(5));
    expect(near.seconds()).toBeCloseTo(6);
    const far = await run((_, call) => rates(call), { rounds: 9, budgetSeconds: 5.2 });
    expect(far.seconds()).toBeLessThanOrEqual(5.2 + 1e-9);
    expect(Math.min(...far.result.scenarios.map(({ trials }) => trials.length))).toBe(4);
  });

  test("keep the budget where they may, json first, and say what was left out", async () => {
    const { result, seconds } = await run(() => measured(100), {
      plans: ["a", "json", "c"].flatMap((codec) => [plan(codec, "write"), plan(codec, "read")]),
      ...{ budgetSeconds: 0.5, leavesOut: true },
    });
    expect(seconds()).toBeLessThanOrEqual(0.5 * 1.15);
    const made = result.scenarios.filter(({ status }) => status === "ok");
    expect(made.map(({ codec }) => codec)).toContain("json");
    expect(made.length).toBeLessThan(6);
    const left = result.scenarios.find(({ status }) => status !== "ok");
    expect(left?.reason).toBe("not measured: the budget ended before its first trial");
  });

  test("end before those that were wanted once everything is precise", async () => {
    const { calls } = await run(() => measured(100), { rounds: 9, budgetSeconds: 90 });
    const trials = calls.length / 6;
    expect(trials).toBeGreaterThanOrEqual(5);
    expect(trials).toBeLessThan(9);
  });

  test("make no more trials of what is settled than an interval takes", async () => {
    const { result } = await run((_, call) => measured(100 + 60 * (call % 2)), {
      rounds: 9,
      budgetSeconds: 90,
      isSettled: (soFar) => soFar.map(({ codec }) => codec === "b"),
    });
    const trials = result.scenarios.map((scenario) => scenario.trials.length);
    expect(trials.slice(2, 4)).toEqual([5, 5]);
    expect(Math.min(...trials.slice(0, 2), ...trials.slice(4))).toBeGreaterThanOrEqual(9);
  });

  test("read single fields after whole facts, in their process", async () => {
    const project = plan("a", "read");
    const { processes } = await run(() => measured(100), {
      plans: [
        { ...project, scenario: { ...project.scenario, direction: "project" } },
        plan("a", "write"),
        project,
      ],
    });
    expect(new Set(processes.map(String))).toEqual(new Set(["a write", "a read,a project"]));
  });

  test("put what differs in its compressor only into one process", async () => {
    const plans = ["a", "b"].flatMap((codec) =>
      ["none", "gzip:6"].map((compressor) => {
        const one = plan(codec, "write");
        return {
          ...one,
          scenario: { ...one.scenario, compressor },
          file: `${codec} ${compressor}`,
        };
      }),
    );
    const { processes } = await run(() => measured(100), { plans });
    expect(processes).toHaveLength(10);
    for (const names of processes) expect(new Set(names).size).toBe(1);
    expect(processes.every(({ length }) => length === 2)).toBe(true);
  });

  test("get several processes ready before the first of them measures, readers after their writers", async () => {
    const events: string[] = [];
    await run(() => measured(100), {
      processes: 2,
      rounds: 1,
      beginTrials: (trials) => {
        const names = trials.map(nameOf).join();
        events.push(`begin ${names}`);
        return {
          ready: Promise.resolve(),
          step: async () => {
            events.push(`measure ${names}`);
            return trials.map(() => measured(100));
          },
        };
      },
    });
    const round = events.slice(0, 12).map((event) => event.split(" ")[0]);
    expect(round.join(" ")).toMatch(/^begin begin measure measure/);
    for (const codec of ["a", "b", "c"]) {
      const written = events.indexOf(`measure ${codec} write`);
      expect(events.indexOf(`begin ${codec} read`)).toBeGreaterThan(written);
    }
  });

  test("make trials by turns, those of one kind after each other", async () => {
    const events: string[] = [];
    const plans = ["a", "b", "c"].flatMap((codec) =>
      ["none", "gzip:6"].map((compressor) => {
        const one = plan(codec, "write");
        const scenario = { ...one.scenario, compressor };
        return { ...one, scenario, file: `${codec} ${compressor}` };
      }),
    );
    const { result } = await run(() => measured(100), {
      ...{ plans, rounds: 1, processes: 2, turns: 3, budgetSeconds: 100 },
      beginTrials: (trials) => {
        const steps = [...trials.map(({ scenario }) => scenario.compressor), "check"];
        return {
          ready: Promise.resolve(),
          step: async () => {
            events.push(steps.shift() ?? "too much");
            return steps.length > 0 ? undefined : trials.map(() => measured(100));
          },
        };
      },
    });
    const kinds = events.slice(0, 9).filter((_, index) => index % 3 === 0);
    expect(kinds.toSorted()).toEqual(["check", "gzip:6", "none"]);
    expect(kinds[2]).toBe("check");
    expect(events.slice(0, 9)).toEqual(kinds.flatMap((kind) => [kind, kind, kind]));
    expect(result.scenarios.every(({ trials }) => trials.length > 0)).toBe(true);
  });

  test("read a file in several processes side by side, unless one writes it", async () => {
    const begun: string[][] = [];
    const one = plan("a", "read");
    const plans = ["a", "b", "c"].map((codec) => ({
      ...one,
      scenario: { ...one.scenario, codec },
    }));
    const starts = async (all: ScenarioPlan[]) => {
      begun.length = 0;
      let ready: string[] = [];
      await run(() => measured(100), {
        ...{ plans: all, rounds: 1, processes: 3, turns: 3, budgetSeconds: 100 },
        beginTrials: (trials) => {
          ready.push(trials.map(nameOf).join());
          return {
            ready: Promise.resolve(),
            step: async () => {
              if (ready.length > 0) begun.push(ready);
              ready = [];
              return trials.map(() => measured(100));
            },
          };
        },
      });
      return begun[0]?.length;
    };
    expect(await starts(plans)).toBe(3);
    const writes = plans.map((each) => ({
      ...each,
      scenario: { ...each.scenario, direction: "write" as const },
    }));
    expect(await starts(writes)).toBe(1);
  });

  test("check a reader by another engine than that of the check of what was written", async () => {
    const read = (engine: string, readsAsChecked: boolean): ScenarioPlan => {
      const one = plan("a", "read");
      return { ...one, scenario: { ...one.scenario, engine }, readsAsChecked };
    };
    const plans = [plan("a", "write"), read("its own", true), read("another", false)];
    const { calls } = await run(() => measured(100), { plans });
    const digestOf = (engine: string) =>
      calls.find(({ scenario }) => scenario.engine === engine)?.verifiedDigest;
    expect(digestOf("its own")).toBe("bytes 100");
    expect(digestOf("another")).toBeNull();
  });

  test("hand on what was verified, so that the same bytes are not decoded again", async () => {
    const { calls } = await run(() => measured(100));
    // What a write left was decoded there: its reader has nothing to learn of the same bytes.
    const first = calls.slice(0, 6).map((call) => [nameOf(call), call.verifiedDigest]);
    for (const [name = "", digest] of first) {
      expect(digest).toBe(name?.endsWith("write") ? null : "bytes 100");
    }
    expect(calls.slice(6).every(({ verifiedDigest }) => verifiedDigest === "bytes 100")).toBe(true);
  });

  test("come in the same order again for the same seed", async () => {
    const first = await run(() => measured(100));
    const second = await run(() => measured(100));
    const other = await run(() => measured(100), { seed: 2 });
    expect(first.calls.map(nameOf)).toEqual(second.calls.map(nameOf));
    expect(first.calls.map(nameOf)).not.toEqual(other.calls.map(nameOf));
  });
});

describe("what goes wrong", () => {
  test("with one codec stays with it, and its file is not read", async () => {
    const { calls, result } = await run((trial) =>
      nameOf(trial) === "a write" ? { status: "failed", reason: "fact 3 differs" } : measured(100),
    );
    expect(calls.map(nameOf).filter((name) => name.startsWith("a"))).toEqual(["a write"]);
    const [write, read, ...others] = result.scenarios;
    expect(write).toMatchObject({
      status: "failed",
      reason: "fact 3 differs",
      factsPerSecond: null,
    });
    expect(read).toMatchObject({ status: "failed", reason: "nothing to read: fact 3 differs" });
    expect(others.every(({ status }) => status === "ok")).toBe(true);
  });

  test("with the disk ends everything, and what was measured is kept", async () => {
    const { result, calls } = await run((_, call) =>
      call === 14 ? { status: "fatal", reason: "disk full" } : measured(100),
    );
    expect(calls).toHaveLength(14);
    expect(result.stopped).toMatchObject({ message: "disk full", exitCode: 1 });
    expect(result.scenarios.reduce((sum, { trials }) => sum + trials.length, 0)).toBe(13);
  });

  test("an interruption ends everything, and scenarios without a trial say so", async () => {
    const interruption = new AbortController();
    const { result } = await run(
      (_, call) => {
        if (call === 4) interruption.abort();
        return measured(100);
      },
      { signal: interruption.signal },
    );
    expect(result.stopped).toBe("interrupted");
    const untouched = result.scenarios.filter(({ status }) => status === "failed");
    expect(untouched).toHaveLength(3);
    expect(untouched[0]?.reason).toContain("not measured");
  });

  test("a file that nobody writes is written beforehand, without being measured", async () => {
    const { calls, result } = await run(
      (trial) => (trial.prepareOnly ? { status: "prepared" } : measured(100)),
      { plans: [plan("a", "read")], preparations: [plan("a", "write")] },
    );
    expect(calls[0]).toMatchObject({ prepareOnly: true, file: "a.data" });
    expect(calls.slice(1).every(({ prepareOnly }) => !prepareOnly)).toBe(true);
    expect(result.scenarios).toHaveLength(1);
  });
});

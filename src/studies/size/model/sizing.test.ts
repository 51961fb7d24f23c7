import { describe, expect, test } from "vitest";
import { DEFAULT_PROFILE } from "../../../../generators/profile.js";
import type { ResultDocument } from "../../compare/document.js";
import type { ScenarioResult } from "../../../trial/result.js";
import { imaginedDocument, underRuntimes } from "../../../testing/document.js";
import { GENERATOR_BOUND } from "../../../testing/verdict.js";
import { PLAIN_TERMS, ROUND_LOAD, ROUND_MACHINE } from "../../../testing/machine.js";
import { cheapestWays, filtered } from "./cheapest.js";
import { coreSpeed, type Reference } from "./core-speed.js";
import { fromComparison } from "./from-comparison.js";
import type { Machine } from "./machine.js";
import { sizeCodecs, type SizingTerms } from "./sizing.js";

const document = await imaginedDocument({
  rate: ({ codec }) => (codec === "protobuf" ? 2000 : 1000),
  noise: 0.02,
});

const TERMS: SizingTerms = {
  ...PLAIN_TERMS,
  load: ROUND_LOAD,
  speed: { speed: 1, basis: { kind: "uncalibrated" } },
  storage: null,
};

/** The document with one scenario changed. */
function withScenario(codec: string, change: Partial<ScenarioResult>): ResultDocument {
  return {
    ...document,
    scenarios: document.scenarios.map((scenario) =>
      scenario.codec === codec && scenario.direction === "write"
        ? { ...scenario, ...change }
        : scenario,
    ),
  };
}

function rowOf(from: ResultDocument, codec: string, machine = ROUND_MACHINE, terms = TERMS) {
  const { machines, unsized } = sizeCodecs(fromComparison(from), [machine], terms);
  const row = machines[0]?.rows.find((one) => one.codec === codec && one.compressor === "none");
  return { row, unsized: unsized.find((one) => one.codec === codec) };
}

function kinds(from: ResultDocument, codec: string, machine?: Machine, terms?: SizingTerms) {
  return rowOf(from, codec, machine, terms).row?.warnings.map(({ kind }) => kind);
}

describe("core-seconds", () => {
  test("are the CPU-seconds that trials counted, not one over the rate", () => {
    // Trials that waited for something: a millisecond of CPU a fact, but a fact a second.
    const waiting = withScenario("json", {
      trials: document.scenarios
        .filter(({ codec, direction }) => codec === "json" && direction === "write")
        .flatMap(({ trials }) => trials.map((trial) => ({ ...trial, factsPerSecond: 1 })))
        .slice(0, 5),
    });
    const perDay = rowOf(waiting, "json").row?.coreSecondsPerDay;
    expect(perDay?.median).toBeGreaterThan(86_400 * 0.98);
    expect(perDay?.median).toBeLessThan(86_400 * 1.02);
    expect(perDay?.low).toBeLessThan(perDay?.median ?? 0);
    expect(perDay?.high).toBeGreaterThan(perDay?.median ?? Infinity);
  });

  test("twice the speed takes half of them, and a read takes its own", () => {
    const plain = rowOf(document, "json").row?.coreSecondsPerDay.median ?? NaN;
    const speed = { speed: 2, basis: { kind: "given" } } as const;
    const fast = rowOf(document, "json", ROUND_MACHINE, { ...TERMS, speed }).row;
    expect(fast?.coreSecondsPerDay.median).toBeCloseTo(plain / 2, 6);
    const load = { ...ROUND_LOAD, readsPerWrite: 1 };
    const read = rowOf(document, "json", ROUND_MACHINE, { ...TERMS, load }).row;
    expect((read?.coreSecondsPerDay.median ?? 0) / plain).toBeCloseTo(2, 1);
  });

  test("a codec that reads as another one has that one's reading", () => {
    const load = { ...ROUND_LOAD, readsPerWrite: 1 };
    expect(
      rowOf(document, "fast-json-stringify", ROUND_MACHINE, { ...TERMS, load }).row,
    ).toBeDefined();
  });

  test("what a codec saves beside json", () => {
    const { row } = rowOf(document, "protobuf");
    expect(row?.againstJson?.coreSecondsPerDay).toBeCloseTo(-43_200, -3);
    expect(row?.againstJson?.shareUsdPerMonth).toBeLessThan(0);
    expect(rowOf(document, "json").row?.againstJson).toBeNull();
  });
});

test.each<[string, Partial<ScenarioResult>, string]>([
  ["that failed", { status: "failed", reason: "its process died", trials: [] }, "its process died"],
  ["that was source-bound", { verdict: GENERATOR_BOUND }, "source-bound"],
  ["that is only ratios", { trials: [], cpuSecondsPerMillionFacts: null }, "only ratios"],
  ["that counted nothing", { trials: [], cpuSecondsPerMillionFacts: 0 }, "counted no CPU-seconds"],
])("a result %s is not sized, and says why", (_, change, reason) => {
  const { row, unsized } = rowOf(withScenario("protobuf", change), "protobuf");
  expect(row).toBeUndefined();
  expect(unsized?.reason).toContain(reason);
});

describe("warnings stand with the row they touch", () => {
  test("none where there is nothing to say", () => {
    const amd = { ...document, environment: { ...document.environment, cpuModel: "AMD Imagined" } };
    expect(kinds(amd, "protobuf")).toEqual([]);
  });

  test.each<[string, Machine]>([
    ["hyperthread", { ...ROUND_MACHINE, threadsPerCore: 2 }],
    ["burstable", { ...ROUND_MACHINE, burstable: true }],
    ["other-cpu", { ...ROUND_MACHINE, arch: "arm64", cpuVendor: "AWS" }],
    ["not-counted", { ...ROUND_MACHINE, diskBytesPerSecond: null }],
    ["does-not-fit", { ...ROUND_MACHINE, memoryBytes: 1e6 }],
    ["baseline", { ...ROUND_MACHINE, diskBytesPerSecond: 1e6 }],
  ])("%s", (kind, machine) => {
    expect(kinds(document, "json", machine)).toContain(kind);
    expect(kinds(document, "json")?.filter((other) => other === kind)).toEqual(
      kind === "other-cpu" ? [kind] : [],
    );
  });

  test("a verdict that is not codec-bound", () => {
    const slow = withScenario("json", {
      verdict: { ...GENERATOR_BOUND, kind: "sink-bandwidth-bound", bytesPerSecond: 1e6 },
    });
    expect(kinds(slow, "json")).toContain("verdict");
    expect(kinds(slow, "protobuf")).not.toContain("verdict");
    const good = withScenario("json", {
      verdict: {
        ...GENERATOR_BOUND,
        kind: "codec-bound",
        shares: { encode: 1, compress: null, garbageCollection: null },
      },
    });
    expect(kinds(good, "json")).not.toContain("verdict");
  });

  test("an interval that leaves the number of machines open", () => {
    const load = { ...ROUND_LOAD, factsPerDay: 4 * 86.4e6 };
    expect(kinds(document, "json", ROUND_MACHINE, { ...TERMS, load })).toContain("uncertain");
    expect(kinds(document, "protobuf", ROUND_MACHINE, { ...TERMS, load })).not.toContain(
      "uncertain",
    );
  });

  test("fewer than five trials", () => {
    const trials =
      document.scenarios.find(({ codec }) => codec === "json")?.trials.slice(0, 3) ?? [];
    expect(kinds(withScenario("json", { trials }), "json")).toContain("few-trials");
  });

  test("gzip of small facts that were told less often than the load tells them", () => {
    const profile = { ...DEFAULT_PROFILE, duplication: 1 };
    const told = { ...document, configuration: { ...document.configuration, profile } };
    const scenarios = told.scenarios.map((one) => ({ ...one, encodedBytesPerFact: 39_000 }));
    const load = { ...ROUND_LOAD, duplication: 10 };
    const { machines } = sizeCodecs(fromComparison({ ...told, scenarios }), [ROUND_MACHINE], {
      ...TERMS,
      load,
    });
    for (const { compressor, warnings } of machines[0]?.rows ?? []) {
      const touched = warnings.some(({ kind }) => kind === "duplication");
      expect(touched).toBe(compressor !== "none");
    }
  });

  test("facts of another size than the load's", () => {
    const load = { ...ROUND_LOAD, jsonBytesPerFact: 267 };
    expect(kinds(document, "json", ROUND_MACHINE, { ...TERMS, load })).toContain("fact-size");
  });
});

describe("the cheapest way", () => {
  const machines: Machine[] = [
    ROUND_MACHINE,
    { ...ROUND_MACHINE, name: "small", vcpus: 1, usdPerHour: 0.3 },
    { ...ROUND_MACHINE, name: "tiny", memoryBytes: 1e6, usdPerHour: 0.01 },
    { ...ROUND_MACHINE, name: "burst", burstable: true, usdPerHour: 0.2 },
    { ...ROUND_MACHINE, name: "old", currentGeneration: false, usdPerHour: 0.1 },
    { ...ROUND_MACHINE, name: "arm", arch: "arm64", localDiskBytes: 1e12, usdPerHour: 0.25 },
  ];
  const all = { arch: null, currentGeneration: false, noBurstable: false, localDisk: false };
  const best = (filters: Partial<typeof all>) =>
    cheapestWays(fromComparison(document), filtered(machines, { ...all, ...filters }), TERMS)
      .ways[0]?.machine.name;

  test("is the one of least cost that a worker fits on, within the filters", () => {
    expect(best({})).toBe("old");
    expect(best({ currentGeneration: true })).toBe("burst");
    expect(best({ currentGeneration: true, noBurstable: true })).toBe("arm");
    expect(best({ localDisk: true })).toBe("arm");
  });

  test("counts machines: four small ones cost more than one", () => {
    const few = machines.slice(0, 2);
    const load = { ...ROUND_LOAD, factsPerDay: 3.5 * 86.4e6 };
    const { ways } = cheapestWays(fromComparison(document), few, { ...TERMS, load });
    expect(ways.find(({ row }) => row.codec === "json")?.machine.name).toBe("round.4");
    expect(ways.find(({ row }) => row.codec === "protobuf")?.machine.name).toBe("small");
  });

  test("codecs that fit nowhere are said", () => {
    const { ways, unsized } = cheapestWays(fromComparison(document), machines.slice(2, 3), TERMS);
    expect(ways).toEqual([]);
    expect(unsized.at(-1)?.reason).toContain("memory");
  });
});

test("under several runtimes a codec has its own reading, and json of the same beside it", () => {
  const load = { ...ROUND_LOAD, readsPerWrite: 1 };
  const measured = fromComparison(underRuntimes(document, { "node@20": 1, "node@24": 0.5 }));
  const { machines } = sizeCodecs(measured, [ROUND_MACHINE], { ...TERMS, load });
  const find = (codec: string, runtime: string) =>
    machines[0]?.rows.find(
      (row) => row.codec === codec && row.compressor === "none" && row.runtime === runtime,
    );
  const before = find("protobuf", "node@20");
  const after = find("protobuf", "node@24");
  const ratio = (after?.coreSecondsPerDay.median ?? NaN) / (before?.coreSecondsPerDay.median ?? 0);
  expect(ratio).toBeCloseTo(0.5, 6);
  const saved = (before?.againstJson?.coreSecondsPerDay ?? NaN) / 2;
  expect(after?.againstJson?.coreSecondsPerDay).toBeCloseTo(saved, 6);
  expect(find("json", "node@24")?.againstJson).toBeNull();
});

describe("core speed", () => {
  const measured = fromComparison(document);
  const reference: Reference = {
    measuredAt: "2026-11-22T09:15:00.000Z",
    cpuModel: "Another",
    node: document.environment.node,
    secondsPerFact: (measured.referenceSeconds ?? NaN) / 2,
  };

  test("half the time for the reference encode is twice the speed", () => {
    expect(coreSpeed(measured, reference, null)).toMatchObject({
      speed: 2,
      basis: { kind: "calibrated", calibratedAt: reference.measuredAt },
    });
  });

  test.each([
    ["same-cpu", { ...reference, cpuModel: document.environment.cpuModel }, null, 1],
    ["given", reference, 0.8, 0.8],
    ["uncalibrated", null, null, 1],
  ] as const)("%s", (kind, known, given, speed) => {
    expect(coreSpeed(measured, known, given)).toMatchObject({ speed, basis: { kind } });
  });

  test("facts of one's own have nothing that a calibration could be held against", () => {
    const own = { ...document, configuration: { ...document.configuration, input: "mine.json" } };
    expect(coreSpeed(fromComparison(own), reference, null).basis.kind).toBe("not-comparable");
  });
});

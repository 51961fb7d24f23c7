import { expect, test } from "vitest";
import { seededUniform } from "../stats/random.js";
import type { ByteWriter } from "../core/byte-writer.js";
import { Slab } from "../core/slab.js";
import { Election, fasterOf, fasterWriter, isDecided } from "./choice.js";

const BYTES = new Uint8Array(50_000);

/** Which way is read by after so many facts, where a fact takes one way or the other so long. */
function chosenOf(costs: Record<"first" | "second", () => number>, facts: number): string {
  let time = 0;
  let last = "";
  const way = (name: "first" | "second") => () => {
    last = name;
    time += costs[name]();
    return name;
  };
  const read = fasterOf(way("first"), way("second"), new Election(true), () => time);
  for (let fact = 0; fact < facts; fact++) read(BYTES);
  return last;
}

test("finds the faster way, also where one fact in fifty is disturbed for far longer", () => {
  const uniform = seededUniform(5);
  const disturbed = (cost: number) => () =>
    cost * (1 + uniform() / 10) + (uniform() < 0.02 ? cost * 500 * uniform() : 0);
  let right = 0;
  for (let trial = 0; trial < 200; trial++) {
    const firstIsFaster = trial % 2 === 0;
    const costs = {
      first: disturbed(firstIsFaster ? 100 : 115),
      second: disturbed(firstIsFaster ? 115 : 100),
    };
    if (chosenOf(costs, 3_900) === (firstIsFaster ? "first" : "second")) right++;
  }
  expect(right).toBeGreaterThanOrEqual(196);
});

test("a few lucky blocks do not decide, and even ones hardly ever", () => {
  expect(isDecided(0, 0)).toBe(false);
  expect(isDecided(12, 12)).toBe(false);
  expect(isDecided(13, 13)).toBe(true);
  expect(isDecided(13, 0)).toBe(true);
  expect(isDecided(80, 50)).toBe(false);
});

test("finds the faster way by a clock that stands still for many facts", () => {
  const TICK = 4_000;
  for (const faster of ["first", "second"] as const) {
    let time = 0;
    let last = "";
    const way = (name: "first" | "second") => () => {
      last = name;
      time += name === faster ? 17 : 37;
      return name;
    };
    const read = fasterOf(
      way("first"),
      way("second"),
      new Election(true),
      () => Math.floor(time / TICK) * TICK,
    );
    for (let fact = 0; fact < 60_000; fact++) read(BYTES);
    expect(last).toBe(faster);
  }
});

test("judges anew: what became slower is left", () => {
  let calls = 0;
  const costs = { first: () => (calls++ < 5_000 ? 1 : 9), second: () => 5 };
  expect(chosenOf(costs, 4_000)).toBe("first");
  calls = 0;
  expect(chosenOf(costs, 20_000)).toBe("second");
});

test("is settled when it has chosen, and as long as it is not used", () => {
  let time = 0;
  const election = new Election(true);
  const read = fasterOf(
    () => (time += 1),
    () => (time += 2),
    election,
    () => time,
  );
  expect(election.isSettled).toBe(true);
  let facts = 0;
  do read(BYTES);
  while (!election.isSettled && ++facts < 100_000);
  expect(facts).toBeGreaterThan(128_000_000 / BYTES.length);
  expect(facts).toBeLessThan(140_000_000 / BYTES.length);
});

/**
 * What a choice costs once it is made, as a share of the time that all would take the faster way. A fact takes one way
 * so many times as long as the other; every hundredth is disturbed.
 */
function lossOf(ratio: number, kind: "read" | "write"): number {
  const FACTS = 60_000;
  const uniform = seededUniform(7);
  let time = 0;
  let disturbed = 0;
  const taking = (cost: number) => () => {
    const more = uniform() < 0.01 ? 50 * cost : 0;
    disturbed += more;
    time += cost * (0.8 + 0.4 * uniform()) + more;
  };
  const [faster, slower] = [taking(1), taking(ratio)];
  const writing = (take: () => void) => (_: unknown, out: ByteWriter) => {
    take();
    out.bytes(BYTES);
  };
  const election = new Election(kind === "read");
  const slab = new Slab(BYTES.length);
  const read = fasterOf(slower, faster, election, () => time);
  const write = fasterWriter(writing(slower), writing(faster), election, () => time);
  const work = () => {
    slab.position = 0;
    if (kind === "read") read(BYTES);
    else write({}, slab);
  };
  do work();
  while (!election.isSettled);
  time = disturbed = 0;
  for (let fact = 0; fact < FACTS; fact++) work();
  return (time - disturbed) / FACTS - 1;
}

test.each([1, 1.1, 1.5, 3, 10, 100])(
  "finding out costs less than 2 %% of the time where a way takes %d times as long",
  (ratio) => {
    for (const kind of ["read", "write"] as const) expect(lossOf(ratio, kind)).toBeLessThan(0.02);
  },
);

test("what no way can read is refused in every state", () => {
  const refuse = () => {
    throw new SyntaxError("no JSON");
  };
  const read = fasterOf(refuse, refuse);
  for (let fact = 0; fact < 200; fact++) expect(() => read(BYTES)).toThrow(SyntaxError);
});

test("of two writers the faster one stays, and each fact is written once", () => {
  let time = 0;
  const taken = { first: 0, second: 0 };
  const writer = (name: "first" | "second", cost: number) => (_: unknown, out: ByteWriter) => {
    taken[name]++;
    time += cost;
    out.bytes(BYTES);
  };
  const write = fasterWriter(writer("first", 3), writer("second", 2), new Election(), () => time);
  const slab = new Slab(BYTES.length);
  for (let fact = 0; fact < 20_000; fact++) {
    slab.position = 0;
    write({}, slab);
    expect(slab.position).toBe(BYTES.length);
  }
  expect(taken.first + taken.second).toBe(20_000);
  expect(taken.second).toBeGreaterThan(16_000);
});

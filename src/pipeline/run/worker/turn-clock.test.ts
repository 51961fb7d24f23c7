import { expect, test } from "vitest";
import { StageClock } from "./stages.js";
import { TurnClock } from "./turn-clock.js";

/** A turn of facts that take so long, in milliseconds, by a clock that only this test moves. */
function turn(clock: TurnClock, facts: readonly { source: number; encode: number }[]): number {
  let now = 0;
  let timed = 0;
  let untimed = 0;
  clock.begin(now);
  for (const { source, encode } of facts) {
    if (untimed-- <= 0) {
      clock.sample(now, now + source, now + source + encode, 0);
      untimed = clock.stride();
      timed += 1;
    }
    now += source + encode;
  }
  clock.end(now, facts.length);
  return timed;
}

test("of slow facts every one is timed, and the stages have exactly their times", () => {
  const stages = new StageClock();
  const facts = Array.from({ length: 100 }, (_, n) => ({ source: 0.1, encode: n / 10 }));
  expect(turn(new TurnClock(stages), facts)).toBe(100);
  expect(stages.seconds.source).toBeCloseTo(0.01);
  expect(stages.seconds.encode).toBeCloseTo(0.495);
});

test("of fast facts one in eight is timed, and a rhythm of the data does not show", () => {
  const stages = new StageClock();
  const clock = new TurnClock(stages);
  // Every eighth fact is ten times as long in encoding as the others.
  const facts = Array.from({ length: 100_000 }, (_, n) => ({
    source: 0.001,
    encode: n % 8 === 0 ? 0.01 : 0.001,
  }));
  turn(clock, facts);
  const before = { ...stages.seconds };
  const timed = turn(clock, facts);
  expect(timed).toBeGreaterThan(11_000);
  expect(timed).toBeLessThan(14_000);
  const source = stages.seconds.source - before.source;
  const encode = stages.seconds.encode - before.encode;
  expect(source + encode).toBeCloseTo(0.1 + 0.2125);
  expect(encode / source).toBeGreaterThan(2);
  expect(encode / source).toBeLessThan(2.25);
});

test("what was timed call by call is in its own stage only", () => {
  const stages = new StageClock();
  const clock = new TurnClock(stages);
  clock.begin(0);
  stages.timedSeconds += 0.3;
  clock.sample(0, 100, 500, 0.3);
  clock.end(500, 1);
  expect(stages.seconds.source).toBeCloseTo(0.1);
  expect(stages.seconds.encode).toBeCloseTo(0.1);
});

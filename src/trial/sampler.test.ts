import { expect, test } from "vitest";
import { Sampler, sustainedRate } from "./sampler.js";

/** A clock that a test moves. */
function fakeClock() {
  const clock = { seconds: 0, now: () => clock.seconds };
  return clock;
}

test("cuts samples at the first step past their length", () => {
  const clock = fakeClock();
  const sampler = new Sampler(0.02, clock.now);
  sampler.resume();
  for (let step = 0; step < 10; step++) {
    clock.seconds += 0.015;
    sampler.count(3);
  }
  sampler.finish();
  expect(sampler.samples).toHaveLength(5);
  for (const { facts, seconds } of sampler.samples) {
    expect(facts).toBe(6);
    expect(seconds).toBeCloseTo(0.03, 12);
  }
});

test("loses no fact and no second, and counts none twice", () => {
  const clock = fakeClock();
  const sampler = new Sampler(0.02, clock.now);
  let busy = 0;
  let facts = 0;
  for (let repetition = 0; repetition < 7; repetition++) {
    sampler.resume();
    for (let step = 0; step < 5 + repetition; step++) {
      clock.seconds += 0.003;
      busy += 0.003;
      facts += 2;
      sampler.count(2);
    }
    sampler.pause();
    clock.seconds += 5; // not to be measured
  }
  sampler.finish();
  const total = (key: "facts" | "seconds") =>
    sampler.samples.reduce((sum, sample) => sum + sample[key], 0);
  expect(total("facts")).toBe(facts);
  expect(total("seconds")).toBeCloseTo(busy, 9);
  expect(sustainedRate(sampler.samples)).toBeCloseTo(facts / busy, 6);
});

test("time without facts, such as closing a file, is kept with its neighbours", () => {
  const clock = fakeClock();
  const sampler = new Sampler(0.02, clock.now);
  sampler.resume();
  clock.seconds += 0.025;
  sampler.count(10);
  clock.seconds += 0.05;
  sampler.count(0);
  sampler.finish();
  expect(sampler.samples).toHaveLength(1);
  expect(sampler.samples[0]?.facts).toBe(10);
  expect(sampler.samples[0]?.seconds).toBeCloseTo(0.075, 12);
});

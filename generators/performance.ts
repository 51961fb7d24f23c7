/** What the client measured of itself while it was played. */
import type { HellFact } from "../schemas/hell-fact.js";
import type { Random } from "./random.js";
import * as words from "./words.js";

const SMALL_STEPS = [-1, 0, 0, 1, -1, 0, 0, 1] as const;
const STEPS = [-3, -2, -1, 0, 0, 1, 2, 3] as const;
const FRAMES_PER_SECOND = 60;
/** How many of a thousand frames take up to 4 ms, 8 ms, and so on. */
const FRAMES_IN_THOUSAND = [0, 2, 18, 160, 640, 110, 30, 14, 9, 6, 4, 3, 2, 1, 1, 0] as const;

/** @param volume times as many samples as the mean fact has */
export function performance(
  random: Random,
  volume: number,
  milliseconds: number,
): HellFact["performance"] {
  const samples = random.around(56 * volume * (0.6 + 0.8 * random.share()));
  const frameHistogram = histogram(random, (milliseconds / 1_000_000) * FRAMES_PER_SECOND);
  return {
    frames: frameHistogram.reduce((sum, count) => sum + count, 0),
    frameHistogram,
    frameMilliseconds: frameSeries(random, samples * 3),
    memoryMegabytes: drift(random, samples, random.between(300, 600), SMALL_STEPS),
    batteryPercent: battery(random, samples >> 3),
    charging: random.chance(20),
    roundTripMilliseconds: drift(random, samples, random.between(30, 120), STEPS),
    lostPackets: lostPackets(random),
  };
}

/** @param thousands how many frames there were */
function histogram(random: Random, thousands: number): number[] {
  return FRAMES_IN_THOUSAND.map((share) =>
    Math.floor(thousands * share * (0.75 + random.share() / 2)),
  );
}

/**
 * Series are collected in this and copied out of it: an array that grows as it is filled costs
 * three times its size. It is filled from the front, so that V8 keeps it, and every copy, without
 * holes.
 */
const scratch: number[] = [];

/** Mostly 60 frames a second, with stutters. */
const FRAME_MILLISECONDS = [
  17, 16, 17, 17, 16, 17, 17, 16, 17, 17, 16, 17, 17, 18, 17, 33,
] as const;

function frameSeries(random: Random, length: number): number[] {
  let bits = 0;
  for (let index = 0; index < length; index++) {
    bits = index % 8 === 0 ? random.bits() : bits >>> 4;
    scratch[index] = FRAME_MILLISECONDS[bits & 15] as number;
  }
  return scratch.slice(0, length);
}

/** A series that moves by one of eight `steps` from each value to the next and stays above zero. */
function drift(random: Random, length: number, start: number, steps: readonly number[]): number[] {
  let value = start;
  let bits = 0;
  for (let index = 0; index < length; index++) {
    scratch[index] = value;
    bits = index % 8 === 0 ? random.bits() : bits >>> 3;
    value = Math.max(1, value + (steps[bits & 7] as number));
  }
  return scratch.slice(0, length);
}

/** Falls by some tenths of a percent from one sample to the next, and is charged in time. */
function battery(random: Random, length: number): number[] {
  const percents: number[] = [];
  let tenths = random.between(200, 1_000);
  for (let left = length; left > 0; left--) {
    percents.push(tenths / 10);
    tenths -= random.between(0, 3);
    if (tenths < 20) tenths = 1_000;
  }
  return percents;
}

function lostPackets(random: Random): Record<string, number> {
  const lost: Record<string, number> = {};
  for (const region of words.REGIONS) if (random.chance(40)) lost[region] = random.between(1, 99);
  return lost;
}

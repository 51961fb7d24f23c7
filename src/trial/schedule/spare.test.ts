import { expect, test } from "vitest";
import type { Scenario } from "../scenario.js";
import { toLeaveOut } from "./spare.js";

const trial = { wallSeconds: 1, warmUpSeconds: 2, checkSeconds: 4 };
const trials = ["none", "gzip:6", "zstd:3"].flatMap((compressor) =>
  ["a", "b"].map((codec) => ({
    scenario: { codec, compressor, engine: null, direction: "write", sink: "file", sync: null },
    trial,
  })),
) satisfies { scenario: Scenario }[];
const spareOf = (compressor: string) => ({
  name: compressor,
  isOne: (scenario: Scenario) => scenario.compressor === compressor,
});
const SPARE = [spareOf("zstd:3"), spareOf("gzip:6")];
// Checks take 24 s of processor time, 12 side by side: further rounds take 20 s, and 4 less without a compressor.
const LAST = { seconds: 32, processes: 2, trials };
const namesFor = (most: number) =>
  toLeaveOut(SPARE, LAST, (seconds) => seconds <= most).map(({ name }) => name);

test("nothing goes where rounds without checks fit", () => {
  expect(namesFor(20)).toEqual([]);
});

test("as much goes as makes rounds fit, in its order", () => {
  expect(namesFor(19)).toEqual(["zstd:3"]);
  expect(namesFor(16)).toEqual(["zstd:3"]);
  expect(namesFor(15)).toEqual(["zstd:3", "gzip:6"]);
});

test("nothing goes where all that is to spare would not be enough", () => {
  expect(namesFor(11)).toEqual([]);
});

test("all goes where that is enough if need be", () => {
  const gone = toLeaveOut(
    SPARE,
    LAST,
    () => false,
    (seconds) => seconds <= 12,
  );
  expect(gone).toEqual(SPARE);
});

test("what is in two sets is counted once", () => {
  const twice = [spareOf("zstd:3"), spareOf("zstd:3"), spareOf("gzip:6")];
  const gone = toLeaveOut(twice, LAST, (seconds) => seconds <= 15);
  expect(gone).toHaveLength(3);
});

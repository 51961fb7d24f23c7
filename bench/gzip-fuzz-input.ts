/** Inputs for a fuzzer of compressors: each a function of its seed alone. */
import { Random } from "../generators/random.js";

const MOST_BYTES = 4_000_000;
const MOST_SMALL_BYTES = 20_000;
/** Sizes at which a longest match, a window, a stored block, a table's turn or a step ends. */
const EDGES = [3, 8, 32, 258, 32_768, 65_535, 65_536, 98_304, 1 << 20, (1 << 20) + 65_536];

const NOISE = Buffer.alloc(1 << 16);
{
  const random = new Random(42, 0, 0);
  for (let at = 0; at < NOISE.length; at += 4) NOISE.writeInt32LE(random.bits(), at);
}

export function fuzzInput(seed: number): Buffer {
  const random = new Random(seed, 1, 2);
  const bytes = Buffer.allocUnsafe(sizeOf(random));
  const fill = random.pick([noise, fewSymbols, period, copies, copies, skewed, mixture]);
  fill(bytes, random);
  if (random.chance(30)) mutate(bytes, random);
  return bytes;
}

/** Small ones mostly; one in a hundred of up to 4 MB; and those around an edge. */
function sizeOf(random: Random): number {
  if (random.chance(3)) return Math.max(0, random.pick(EDGES) + random.between(-5, 5));
  if (random.chance(1)) return random.belowWide(MOST_BYTES + 1);
  return Math.floor(Math.exp(random.share() * Math.log(MOST_SMALL_BYTES))) - 1;
}

type Fill = (bytes: Buffer, random: Random) => void;

const noise: Fill = (bytes, random) => {
  let at = 0;
  while (at < bytes.length) {
    at += NOISE.copy(bytes, at, random.below(NOISE.length - 1), NOISE.length);
  }
};

const fewSymbols: Fill = (bytes, random) => {
  const symbols = 1 + random.below(random.pick([2, 4, 16, 64]));
  noise(bytes, random);
  for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] as number) % symbols;
};

const period: Fill = (bytes, random) => {
  bytes.fill(NOISE.subarray(0, 1 + random.below(random.pick([4, 300, 40_000]))));
};

/** What LZ77 undoes: new bytes, and copies of earlier ones from all distances. */
const copies: Fill = (bytes, random) => {
  const mostNew = random.pick([1, 4, 40]);
  const mostCopied = random.pick([6, 20, 300, 3000]);
  const furthest = random.pick([4, 300, 5000, 32_768, 40_000]);
  for (let at = 0; at < bytes.length;) {
    const begin = random.below(60_000);
    at += NOISE.copy(bytes, at, begin, begin + 1 + random.below(mostNew));
    const from = Math.max(0, at - 1 - random.below(furthest));
    const end = Math.min(bytes.length, at + random.below(mostCopied));
    if (end - at <= at - from) at += bytes.copy(bytes, at, from, from + end - at);
    else for (let i = from; at < end; at++, i++) bytes[at] = bytes[i] as number;
  }
};

/** Each symbol half as often as the one before it: the longest codes that there are. */
const skewed: Fill = (bytes, random) => {
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = (Math.clz32(random.bits()) * 7 + random.below(random.pick([1, 1, 3]))) & 255;
  }
};

const mixture: Fill = (bytes, random) => {
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 1 + random.belowWide(200_000));
    random.pick([noise, fewSymbols, period, copies, skewed])(bytes.subarray(at, end), random);
    at = end;
  }
};

const mutate: Fill = (bytes, random) => {
  if (bytes.length === 0) return;
  for (let times = random.below(200); times > 0; times--) {
    bytes[random.belowWide(bytes.length)] = random.below(256);
  }
};

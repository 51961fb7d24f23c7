import type { Tally } from "./tally.js";

/** What the counts say for and against the keys of some objects being data. */
export interface Evidence {
  readonly keys: number;
  readonly objects: number;
  /** The share of all keys that an object has on average; empty objects do not count. */
  readonly fill: number;
  /** Whether new keys keep coming to the end of what was seen; a record's do not. */
  readonly grows: boolean;
  /** Whether the keys come in all orders; a record's do not. */
  readonly isUnordered: boolean;
  /** Whether two or more keys are in every object: a record's are. */
  readonly isAnchored: boolean;
}

/** From so few objects nobody can tell whether keys keep coming. */
export const FEW_OBJECTS = 30;
/** In fewer of them, keys of a map are everywhere by chance. */
const ANCHORED_OBJECTS = 6;

export function evidenceOf(tally: Tally): Evidence {
  const { keys, children, objects, empty, order } = tally;
  const present = children.reduce((sum, { values }) => sum + values, 0);
  const always = children.filter(({ values }) => values === objects - empty).length;
  return {
    keys: keys.length,
    objects,
    fill: present / Math.max(1, objects - empty) / keys.length,
    grows: keysKeepComing(tally),
    isUnordered: order.reversedPairs() >= Math.max(REVERSED_PAIRS, keys.length / 100),
    isAnchored: objects >= ANCHORED_OBJECTS && always >= 2,
  };
}

/** One or two may be of two programs that write the same record. */
const REVERSED_PAIRS = 4;
const SPANS = 8;
const LATE_SHARE = 0.15;
const MIN_LATE = 4;

/**
 * Whether keys were first seen all over the second half of the sample: at least 15 % of them, and four, and in
 * three of its four quarters, since a newer version of a record brings its new fields all at once.
 */
function keysKeepComing({ keys, firstSeen, firstMoment, lastMoment, objects }: Tally): boolean {
  if (objects < SPANS) return false;
  const span = (lastMoment - firstMoment + 1) / SPANS;
  const late = firstSeen
    .map((moment) => Math.floor((moment - firstMoment) / span))
    .filter((place) => place >= SPANS / 2);
  const quarters = new Set(late).size;
  return late.length >= Math.max(MIN_LATE, keys.length * LATE_SHARE) && quarters >= 3;
}

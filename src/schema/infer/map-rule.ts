import { commonLooks, looksLikeData, neverField, oddness } from "./data-keys.js";
import { evidenceOf, FEW_OBJECTS, type Evidence } from "./evidence.js";
import { likenessOf } from "./likeness.js";
import { MAX_KEYS } from "./limits.js";
import type { Judgement } from "./judgement.js";
import type { Tally } from "./tally.js";

/** Fewer keys than this are a record: little depends on it. */
const SOME_KEYS = 8;
/** With so many keys, of which an object has so few, a map is also the quicker and smaller way. */
const MANY_KEYS = 32;
const SPARSE = 0.1;
/** The same for values that are only similar. */
const VERY_MANY_KEYS = 64;
const VERY_SPARSE = 0.05;
/** Objects that have nearly all keys are records, in whatever order they come. */
const FULL = 0.9;
/** An object with so many keys that is the only one there is. */
const MANY_KEYS_OF_ONE = 100;

/**
 * Whether the keys of these objects are data, so that they are a map, or fields of a record. They are data
 * - if there are more than a thousand of them, or one is no name for a field (`__proto__`, or longer
 *   than 200 characters);
 * - if all of them look like data: numbers, dates, UUIDs, hexadecimal;
 * - if there are 8 or more, all that is behind them is of one type, one union or one shape, an object has
 *   fewer than half of them, and besides: they have a look in common (`de`, `pt-BR`; `exp_1`, `exp_2`);
 *   or new ones keep coming to the end of the sample; or there are 32 and more of which an object
 *   has less than a tenth; or they come in all orders, which of 32 and more also tells where an object
 *   has most of them.
 * Everything else is a record. A record taken for a map costs bytes and time, never content; a map
 * taken for a record, too.
 */
export function judgeKeys(tally: Tally): Judgement {
  const { keys, children, decided } = tally;
  if (decided?.as !== undefined) {
    return {
      as: decided.as,
      because: `${decided.as}, as --${decided.as} says`,
      sure: true,
      byPerson: true,
    };
  }
  if (tally.entries !== undefined) return map(tally.reason);
  if (keys.length === 0) return RECORD;
  if (keys.length > MAX_KEYS) return map(`map: over ${MAX_KEYS} different keys`);
  const odd = keys.find(neverField);
  if (odd !== undefined) return map(`map: a key is ${oddness(odd)}`);
  if (keys.every(looksLikeData)) return map(`map: keys look like data, such as ${keys[0]}`);
  if (keys.length < SOME_KEYS) return RECORD;
  const likeness = likenessOf(children, isMap);
  if (likeness === "different") return RECORD;
  const evidence = evidenceOf(tally);
  if (tally.objects === 1) return judgeOne(evidence, likeness === "same");
  if (evidence.fill >= 0.5) return likeness === "same" ? judgeFull(evidence) : RECORD;
  return likeness === "same" ? judgeSame(evidence, keys) : judgeSimilar(evidence);
}

/** Alike values behind keys of which an object has more than half: as fields are, in one order. */
function judgeFull(evidence: Evidence): Judgement {
  const isData = evidence.keys >= MANY_KEYS && evidence.fill < FULL && evidence.isUnordered;
  return isData ? map(`map: ${seenIn(evidence)}, all alike; in any order`) : RECORD;
}

/** Values of one type, one union or one shape behind keys of which an object has less than half. */
function judgeSame(evidence: Evidence, keys: readonly string[]): Judgement {
  const looks = commonLooks(keys);
  if (looks !== undefined) return map(`map: keys are ${looks}`);
  const seen = `map: ${seenIn(evidence)}, all alike`;
  if (evidence.grows) return map(`${seen}; new ones keep coming`);
  if (evidence.isUnordered) return map(`${seen}; in any order`);
  if (evidence.objects < FEW_OBJECTS) {
    return evidence.isAnchored
      ? unsure(`record: ${seenIn(evidence)}`)
      : { ...map(seen), sure: false };
  }
  const isSparse = evidence.keys >= MANY_KEYS && evidence.fill <= SPARSE;
  if (evidence.isAnchored) {
    return isSparse ? unsure(`record: some keys are always there; ${seenIn(evidence)}`) : RECORD;
  }
  if (isSparse) return map(seen);
  return evidence.keys >= MANY_KEYS
    ? unsure(`record: always the same ${evidence.keys} keys`)
    : RECORD;
}

/** Values of a few simple types, each key with its own: only much says that they are a map. */
function judgeSimilar(evidence: Evidence): Judgement {
  const seen = `${seenIn(evidence)}, of a few types`;
  const isSparse = evidence.keys >= MANY_KEYS && evidence.fill <= SPARSE;
  const isVerySparse = evidence.keys >= VERY_MANY_KEYS && evidence.fill <= VERY_SPARSE;
  if (!isSparse) return RECORD;
  if (evidence.isAnchored && !evidence.grows) return unsure(`record: ${seen}`);
  if (evidence.grows && evidence.objects >= FEW_OBJECTS)
    return map(`map: ${seen}; new ones keep coming`);
  if (evidence.isUnordered || isVerySparse) {
    return { ...map(`map: ${seen}`), sure: evidence.isUnordered && isVerySparse };
  }
  return unsure(`record: ${seen}`);
}

/** One object alone says nothing of what others have. */
function judgeOne({ keys }: Evidence, areSame: boolean): Judgement {
  if (keys < MANY_KEYS_OF_ONE || !areSame) {
    return keys < MANY_KEYS || !areSame ? RECORD : unsure(`record, by 1 object of ${keys} keys`);
  }
  return { ...map(`map: ${keys} keys, all alike, in 1 object`), sure: false };
}

const RECORD: Judgement = { as: "record", because: "", sure: true, byPerson: false };
const map = (because: string): Judgement => ({ ...RECORD, as: "map", because });
const unsure = (because: string): Judgement => ({ ...RECORD, because, sure: false });

function isMap(tally: Tally): boolean {
  return judgeKeys(tally).as === "map";
}

function seenIn({ keys, objects }: Evidence): string {
  return `${keys} different keys in ${objects} objects`;
}

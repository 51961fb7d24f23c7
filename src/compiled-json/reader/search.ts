import { collect, forEachKey, type Branch, type Found } from "./branches.js";
import * as at from "./layout.js";
import { Tag } from "./layout.js";
import { UNFIT, type Parser } from "./parser.js";
import { TAPE_START, type Tape } from "./tape.js";

/**
 * Adds what a fact has at the paths that are looked for.
 *
 * @param isKnown whether it is known to be JSON whose keys come once: then what is behind the last value may stay unread
 */
export type Search = (fact: Uint8Array, context: number, found: Found, isKnown: boolean) => void;

/** A branch, and what is known of it by the parser's nodes. */
interface Sought {
  readonly branch: Branch;
  /** Whether values are made and gone through: where one is wanted itself, or under any key. */
  readonly isWhole: boolean;
  /** The only path that ends here, if nothing else is wanted. */
  readonly leaf: number | undefined;
  /** Whether all that is wanted here is there once the value was walked. */
  readonly isLast: boolean;
  /** Whether only its being there is wanted. */
  readonly isCounted: boolean;
  /** Paths that end here and want only its being there, where others go on into it. */
  readonly marks: readonly number[];
  readonly keys: ReadonlyMap<string, Sought>;
  readonly items: Sought | undefined;
  /** What is wanted under the key of a node, as far as it is known. */
  readonly byNode: Map<number, Sought | undefined>;
  /** What is wanted of each value of an object, by the node that is its list of keys. */
  readonly byKeys: Map<number, readonly (Sought | undefined)[]>;
  /** The object in which it was seen last. */
  seenIn: number;
}

/** In the place of a position: all is found. */
const DONE = -1;
/** A fact of up to so many bytes is small. */
const SMALL_BYTES = 1024;
const COMMA = 44;
const [OPEN_OBJECT, CLOSE_OBJECT] = [123, 125];

/**
 * Looks for values without making any others. The outermost objects are walked byte by byte, and what is not
 * wanted of them is only checked; lists go to the tape, which is walked without making objects of it, and so do small
 * facts, in which finding a key takes longer than reading its value.
 */
export function createSearch(
  parser: Parser,
  tape: Tape,
  wanted: Branch,
  counted: ReadonlySet<number>,
): Search {
  const { bytes, words, doubles, check, read, key, root, keysOf } = parser;
  const all = soughtOf(wanted, counted);
  const lasts = countLasts(all);
  let objects = 0;
  /** Values that are still looked for; never none where all of a fact has to be read. */
  let left = 0;

  function walk(p: number, context: number, sought: Sought, found: Found): number {
    const { isLast, isWhole } = sought;
    const isObject = !isWhole && bytes[p] === OPEN_OBJECT;
    if (isObject) mark(sought, true, found);
    if (isObject && !isLast) return object(p, root(context), sought, found);
    const end = isObject ? check(p, context) : read(p, context);
    if (!isObject) take(TAPE_START, sought, found);
    return isLast && --left === 0 ? DONE : end;
  }

  /** All of a fact on the tape, and what is wanted taken from there. */
  function whole(context: number, found: Found): number {
    const end = read(at.INPUT, context);
    take(TAPE_START, all, found);
    return end;
  }

  function object(p: number, first: number, sought: Sought, found: Found): number {
    if (bytes[p + 1] === CLOSE_OBJECT) return p + 2;
    const serial = ++objects;
    let node = first;
    do {
      node = key(p + 1, node);
      p += 1 + (words[(node + at.KEY_BYTES) >> 2] as number);
      const inner = under(sought, node);
      if (inner === undefined) p = check(p, node);
      else {
        // Of a key that comes twice the last counts, and values of the first are there already.
        if (inner.seenIn === serial) throw UNFIT;
        inner.seenIn = serial;
        p = walk(p, node, inner, found);
        if (p === DONE) return DONE;
      }
    } while (bytes[p] === COMMA);
    if (bytes[p] !== CLOSE_OBJECT) throw UNFIT;
    return p + 1;
  }

  /** What is wanted of the value under a node's key. */
  function under(sought: Sought, node: number): Sought | undefined {
    const known = sought.byNode.get(node);
    if (known !== undefined || sought.byNode.has(node)) return known;
    const inner = sought.keys.get(keysOf(node).at(-1) ?? "");
    sought.byNode.set(node, inner);
    return inner;
  }

  /** What is wanted of each value of an object: of a key that comes twice, only of the last. */
  function perValue(sought: Sought, node: number): readonly (Sought | undefined)[] {
    const known = sought.byKeys.get(node);
    if (known !== undefined) return known;
    const each = forEachKey(keysOf(node), sought.keys);
    sought.byKeys.set(node, each);
    return each;
  }

  /** Takes what is wanted of the value at a place of the tape; returns the place behind it. */
  function take(place: number, sought: Sought, found: Found): number {
    const upper = words[place * 2 + 1] as number;
    const { leaf } = sought;
    if (leaf !== undefined) {
      const values = found[leaf] as unknown[];
      if (sought.isCounted) {
        values.push(upper === Tag.other && words[place * 2] === 0 ? null : true);
        return skip(place);
      }
      if (upper === Tag.integer) values.push(words[place * 2]);
      else if (upper >>> 0 < Tag.text >>> 0) values.push(doubles[place]);
      else {
        values.push(tape.value(place));
        return tape.next();
      }
      return place + 1;
    }
    mark(sought, upper === Tag.other && words[place * 2] === 0 ? null : true, found);
    if (sought.isWhole) {
      collect(tape.value(place), sought.branch, found);
      return tape.next();
    }
    if (upper === Tag.array) {
      const count = words[place * 2] as number;
      const { items } = sought;
      let next = place + 1;
      for (let index = 0; index < count; index++) {
        next = items === undefined ? skip(next) : take(next, items, found);
      }
      return next;
    }
    if (upper === Tag.object) {
      let next = place + 1;
      for (const inner of perValue(sought, words[place * 2] as number)) {
        next = inner === undefined ? skip(next) : take(next, inner, found);
      }
      return next;
    }
    return skip(place);
  }

  /** The place behind the value at a place. */
  function skip(place: number): number {
    const upper = words[place * 2 + 1] as number;
    const lower = words[place * 2] as number;
    let values = 0;
    if (upper === Tag.array) values = lower;
    else if (upper === Tag.object) values = words[(lower + at.KEYS) >> 2] as number;
    // A string that the parser will know by its number from now on has to be known here, too.
    else if (upper === Tag.other && lower >= at.FIRST_NEW) tape.value(place);
    let next = place + 1;
    for (; values > 0; values--) next = skip(next);
    return next;
  }

  return (fact, context, found, isKnown) => {
    const end = parser.load(fact);
    left = isKnown ? lasts : Infinity;
    const isSmall = fact.length <= SMALL_BYTES;
    const reached = isSmall ? whole(context, found) : walk(at.INPUT, context, all, found);
    if (reached !== end && reached !== DONE) throw UNFIT;
  };
}

function countLasts({ isLast, keys }: Sought): number {
  return isLast ? 1 : [...keys.values()].reduce((sum, inner) => sum + countLasts(inner), 0);
}

function mark({ marks }: Sought, presence: true | null, found: Found): void {
  for (const place of marks) found[place]?.push(presence);
}

function soughtOf(branch: Branch, counted: ReadonlySet<number>): Sought {
  const { places, keys, items, values } = branch;
  const isEnd = keys.size === 0 && items === undefined && values === undefined;
  const isMarked = !isEnd && values === undefined && places.every((place) => counted.has(place));
  const isWhole = (places.length > 0 && !isMarked) || values !== undefined;
  const isLeaf = places.length === 1 && isEnd;
  const leaf = isLeaf ? places[0] : undefined;
  return {
    branch,
    isWhole,
    leaf,
    isLast: isWhole || keys.size === 0,
    isCounted: leaf !== undefined && counted.has(leaf),
    marks: isMarked ? places : [],
    keys: new Map([...keys].map(([name, inner]) => [name, soughtOf(inner, counted)])),
    items: items === undefined ? undefined : soughtOf(items, counted),
    byNode: new Map(),
    byKeys: new Map(),
    seenIn: 0,
  };
}

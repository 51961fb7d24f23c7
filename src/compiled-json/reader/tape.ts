import { Tag } from "./layout.js";
import * as at from "./layout.js";
import type { Parser } from "./parser.js";
import { literal } from "../words.js";

/** Makes values of what the parser put on its tape. Call `value(TAPE_START)`. */
export interface Tape {
  /** The value at a place of the tape, counted in eight bytes. */
  readonly value: (place: number) => unknown;
  /** The place behind the value that was made last. */
  readonly next: () => number;
  /** Forgets how objects are made, with the parser's keys. */
  readonly forget: () => void;
}

/** Where the tape begins, in its own places. */
export const TAPE_START = at.TAPE / 8;

/** Makes the object whose values begin at a place. */
type Make = (place: number) => object;

/** An object with these keys is made by a function of its own when it comes for the so manieth time. */
const OFTEN = 6;
/** Keys of objects that a function is made for. */
const MAX_KEYS = 120;

/** What compiled code works with; the fields are the names that it uses. */
interface Names {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly kept: readonly string[];
  readonly state: { next: number };
  readonly value: (place: number) => unknown;
  readonly scalar: (place: number) => unknown;
}

/** `Array.from` takes a millisecond for as many. */
const filled = <Value>(length: number, value: Value): Value[] =>
  // oxlint-disable-next-line unicorn/no-new-array
  new Array<Value>(length).fill(value);

export function createTape({ bytes, words, doubles, keysOf }: Parser): Tape {
  const kept: string[] = filled(at.STRING_ENTRIES, "");
  const makers = filled<Make | undefined>(at.MAX_NODES, undefined);
  const seen = new Uint8Array(at.MAX_NODES);
  const lists = filled<readonly string[] | undefined>(at.MAX_NODES, undefined);
  /** Where the tape goes on behind the value that was made last. */
  const state = { next: 0 };

  function where(place: number): [number, number] {
    const lower = words[place * 2] as number;
    const upper = words[place * 2 + 1] as number;
    const from = at.textFrom(lower);
    return [from, from + at.textLength(lower, upper)];
  }

  /** What is no container; `undefined` for one. */
  function scalar(place: number): unknown {
    const upper = words[place * 2 + 1] as number;
    const lower = words[place * 2] as number;
    if (upper === Tag.integer) return lower;
    if (upper === Tag.known) return kept[lower >> 5];
    if (upper >>> 0 < Tag.text >>> 0) return doubles[place];
    switch (upper & 0xffff_0000) {
      case Tag.other:
        return other(lower);
      case Tag.ascii: {
        const [from, to] = where(place);
        return bytes.toString("latin1", from, to);
      }
      case Tag.special: {
        const [from, to] = where(place);
        const text = bytes.toString("utf8", from, to);
        return text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
      }
      case Tag.text: {
        const [from, to] = where(place);
        return Number(bytes.toString("latin1", from, to));
      }
      default:
        return undefined;
    }
  }

  function other(lower: number): unknown {
    if (lower < at.FIRST_NEW) return lower === 0 ? null : lower === 2;
    const entry = lower - at.FIRST_NEW;
    const from = at.STRINGS + entry;
    const length = (words[(from + at.LENGTH) >> 2] as number) - 1;
    const text = bytes.toString("latin1", from, from + length);
    kept[entry >> 5] = text;
    return text;
  }

  function value(place: number): unknown {
    const upper = words[place * 2 + 1] as number;
    if (upper === Tag.object) {
      const number = ((words[place * 2] as number) - at.NODES) >> 7;
      const make = makers[number];
      return make === undefined ? slowObject(place + 1, number) : make(place + 1);
    }
    if (upper === Tag.array) return array(place + 1, words[place * 2] as number);
    state.next = place + 1;
    return scalar(place);
  }

  function array(place: number, count: number): unknown[] {
    const found: unknown[] = [];
    for (let index = 0; index < count; index++) {
      const upper = words[place * 2 + 1] as number;
      if (upper === Tag.integer) found.push(words[place++ * 2]);
      else if (upper >>> 0 < Tag.text >>> 0) found.push(doubles[place++]);
      else {
        found.push(value(place));
        place = state.next;
      }
    }
    state.next = place;
    return found;
  }

  /** An object with keys that did not come often. */
  function slowObject(place: number, number: number): object {
    const keys = lists[number] ?? keysAt(number);
    if (keys.length <= MAX_KEYS && (seen[number] as number) < OFTEN) {
      seen[number] = (seen[number] as number) + 1;
      if (seen[number] === OFTEN && !keys.some(isIndex)) {
        const make = compile(keys, place);
        if (make !== undefined) return (makers[number] = make)(place);
      }
    }
    return objectOf(keys, place);
  }

  function keysAt(number: number): readonly string[] {
    const keys = keysOf(at.NODES + at.NODE_BYTES * number);
    if (keys.length <= MAX_KEYS) lists[number] = keys;
    return keys;
  }

  function objectOf(keys: readonly string[], place: number): object {
    const found: Record<string, unknown> = {};
    let next = place;
    for (const key of keys) {
      const one = value(next);
      next = state.next;
      if (key in found) define(found, key, one);
      else found[key] = one;
    }
    state.next = next;
    return found;
  }

  const names: Names = { words, doubles, kept, state, value, scalar };
  let forbidden = false;

  /** A function for objects with these keys, of which one begins at `place`. */
  function compile(keys: readonly string[], place: number): Make | undefined {
    if (forbidden) return undefined;
    const tags = keys.map(() => {
      const upper = words[place * 2 + 1] as number;
      value(place);
      place = state.next;
      return upper;
    });
    try {
      // Numbers and escaped literals.
      // oxlint-disable-next-line typescript/no-implied-eval
      const make = new Function("names", "again", makerSource(keys, tags)) as (
        names: Names,
        again: Make,
      ) => Make;
      return make(names, (from) => objectOf(keys, from));
    } catch {
      forbidden = true; // where code must not be made of strings
      return undefined;
    }
  }

  return {
    value,
    next: () => state.next,
    forget: () => {
      makers.fill(undefined);
      lists.fill(undefined);
      seen.fill(0);
    },
  };
}

/** Objects with such keys are maps, and engines keep what is under them elsewhere than what a literal has. */
const isIndex = (key: string) => /^\d+$/.test(key);

function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

const isContainer = (tag: number) => tag === Tag.object || tag === Tag.array;

/**
 * An object literal, its values read by what they were in the object that was seen. Where a container
 * stands in the place of something else, or the other way round, the values behind it are elsewhere,
 * and the object is made once more, key by key.
 */
function makerSource(keys: readonly string[], tags: readonly number[]): string {
  let offset = 0;
  const container = `${Tag.object} || upper === ${Tag.array}`;
  const lines = tags.map((tag, index) => {
    const name = `v${index}`;
    if (isContainer(tag)) {
      const line = `const ${name} = value(place${offset === 0 ? "" : ` + ${offset}`}); place = state.next;`;
      offset = 0;
      return line;
    }
    const own = `place + ${offset}`;
    const word = offset * 2;
    offset++;
    const cases = [
      [tag === Tag.integer, `upper === ${Tag.integer}`, `words[base + ${word}]`],
      [tag === Tag.known, `upper === ${Tag.known}`, `kept[words[base + ${word}] >> 5]`],
      [true, `upper >>> 0 < ${Tag.text >>> 0}`, `doubles[${own}]`],
      [tag !== Tag.integer, `upper === ${Tag.integer}`, `words[base + ${word}]`],
      [tag !== Tag.known, `upper === ${Tag.known}`, `kept[words[base + ${word}] >> 5]`],
    ] as const;
    const tests = cases
      .filter(([wanted]) => wanted)
      .map(([, test, read]) => `if (${test}) ${name} = ${read}; else `)
      .join("");
    return (
      `let ${name}; upper = words[base + ${word + 1}]; ${tests}` +
      `if (upper === ${container}) return again(start); else ${name} = scalar(${own});`
    );
  });
  // The base of the words changes with the place.
  const body: string[] = [];
  lines.forEach((line, index) => {
    body.push(line);
    if (isContainer(tags[index] as number)) body.push("base = place * 2;");
  });
  const literals = keys.map(
    (key, index) => `${key === "__proto__" ? `["__proto__"]` : literal(key)}: v${index}`,
  );
  return `"use strict";
const { words, doubles, kept, state, value, scalar } = names;
return (start) => {
let place = start, base = start * 2, upper;
${body.join("\n")}
state.next = place${offset === 0 ? "" : ` + ${offset}`};
return { ${literals.join(", ")} };
};`;
}

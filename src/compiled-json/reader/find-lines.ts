import { Attempts } from "./attempts.js";
import { branchOf, forEachKey, type Branch, type FindPath } from "./branches.js";
import * as at from "./layout.js";
import { Tag } from "./layout.js";
import { UNFIT, type Parser } from "./parser.js";
import { PlacedValues, Places } from "./places.js";
import { TAPE_START, type Tape } from "./tape.js";

/** Is handed what some facts have: for each path the places of its values, in their order. Both last until it returns. */
type Take = (values: PlacedValues, places: readonly Places[], facts: number) => void;

export interface LineFinder {
  /**
   * Finds values in lines, each of which ends with a newline, until one is no compact JSON object: how far that is says
   * what it returns, which lasts until the next call.
   */
  readonly inLines: (lines: Uint8Array) => Taken;
  /** Whether lines seem to be nothing for it. */
  readonly isOver: () => boolean;
}

export interface Taken {
  readonly facts: number;
  readonly bytes: number;
}

/** What is wanted of a value. */
interface Step {
  readonly places: readonly Places[];
  readonly keys: ReadonlyMap<string, Step>;
  readonly items: Step | undefined;
  /** What is wanted of each value of an object, by the node that is its list of keys; and of the last object. */
  readonly byKeys: Map<number, readonly (Step | undefined)[]>;
  lastKeys: number;
  last: readonly (Step | undefined)[];
}

/**
 * Finds all values at some paths in lines of small facts, many at once, without making them. `undefined` where a path
 * goes under any key: the order of such values is that of an object.
 *
 * @param take is handed what all facts of a call have, or with `byFact` what each has
 */
export function createLineFinder(
  paths: readonly FindPath[],
  byFact: boolean,
  take: Take,
): LineFinder | undefined {
  if (paths.some((path) => path.some(({ kind }) => kind === "values"))) return undefined;
  const attempts = new Attempts();
  const branch = branchOf(paths);
  const places = paths.map(() => new Places());
  const taken = { facts: 0, bytes: 0 };
  let walk: ((facts: number) => void) | undefined;
  let madeFor = -1;
  return {
    isOver: () => attempts.areOver,
    inLines: (lines) => {
      taken.facts = 0;
      taken.bytes = 0;
      try {
        attempts.attempt(({ parser, tape }, context, generation) => {
          // Nodes of the parser's keys are void when it forgot them.
          if (walk === undefined || madeFor !== generation) {
            walk = createWalk(parser, tape, { branch, places, byFact, take });
            madeFor = generation;
          }
          taken.facts = parser.readLines(lines, context);
          taken.bytes = (parser.words[at.BEHIND >> 2] as number) - at.INPUT;
          walk(taken.facts);
          if (taken.bytes < lines.length) throw UNFIT;
        });
      } catch (error) {
        if (error !== UNFIT) throw error;
      }
      attempts.count(taken.facts);
      return taken;
    },
  };
}

interface Wanted {
  readonly branch: Branch;
  readonly places: readonly Places[];
  readonly byFact: boolean;
  readonly take: Take;
}

/** Walks through so many facts on the tape. */
function createWalk(
  parser: Parser,
  tape: Tape,
  { branch, places, byFact, take }: Wanted,
): (facts: number) => void {
  const { words, keysOf } = parser;
  const root = stepOf(branch, places);
  const values = new PlacedValues(parser, tape);

  function handOver(facts: number): void {
    take(values, places, facts);
    for (const one of places) one.length = 0;
  }

  /** Notes what is wanted of the value at a place; returns the place behind it. */
  function walk(place: number, step: Step | undefined): number {
    const upper = words[place * 2 + 1] as number;
    const lower = words[place * 2] as number;
    if (step !== undefined) note(place, step);
    let next = place + 1;
    if (upper === Tag.object) {
      const each = step === undefined ? NOTHING : eachOf(step, lower);
      const count = words[(lower + at.KEYS) >> 2] as number;
      for (let index = 0; index < count; index++) {
        const inner = each[index];
        if (isContainer(words[next * 2 + 1] as number)) next = walk(next, inner);
        else {
          if (inner !== undefined) note(next, inner);
          next += 1;
        }
      }
    } else if (upper === Tag.array) {
      const items = step?.items;
      for (let index = 0; index < lower; index++) next = walk(next, items);
    }
    return next;
  }

  function note(place: number, { places: wanting }: Step): void {
    for (let index = 0; index < wanting.length; index++) wanting[index]?.push(place);
  }

  function eachOf(step: Step, node: number): readonly (Step | undefined)[] {
    if (step.lastKeys === node) return step.last;
    let each = step.byKeys.get(node);
    if (each === undefined) step.byKeys.set(node, (each = forEachKey(keysOf(node), step.keys)));
    step.lastKeys = node;
    step.last = each;
    return each;
  }

  return (facts) => {
    let place = TAPE_START;
    for (let fact = 0; fact < facts; fact++) {
      place = walk(place, root);
      if (byFact) handOver(1);
    }
    if (!byFact) handOver(facts);
  };
}

const NOTHING: readonly undefined[] = [];

const isContainer = (upper: number) => upper === Tag.object || upper === Tag.array;

function stepOf({ places, keys, items }: Branch, all: readonly Places[]): Step {
  return {
    places: places.flatMap((path) => all[path] ?? []),
    keys: new Map([...keys].map(([name, inner]) => [name, stepOf(inner, all)])),
    items: items === undefined ? undefined : stepOf(items, all),
    byKeys: new Map(),
    lastKeys: -1,
    last: NOTHING,
  };
}

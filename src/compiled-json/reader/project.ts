import type { Path } from "../../core/fact.js";
import * as at from "./layout.js";
import { UNFIT, type Parser } from "./parser.js";
import { TAPE_START, type Tape } from "./tape.js";

/** Which values of a fact are wanted: those at numbered places of the answer, and those below them. */
interface Wanted {
  readonly places: number[];
  readonly below: Map<string | number, Wanted>;
  /** What is wanted under a node's key, as far as it is known; a node that is not here may be. */
  readonly byNode: Map<number, Wanted | undefined>;
}

/** Answers what is at a fact's paths. */
export type Project = (fact: Uint8Array, context: number, answer: unknown[]) => void;

/** What is the same step whether it comes as a number or as a string. */
const INDEX = /^(?:0|[1-9]\d{0,8})$/;

const COMMA = 44;
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** Walks only where something is wanted; all else the parser checks without making anything of it. */
export function createProject(parser: Parser, tape: Tape, paths: readonly Path[]): Project {
  const { bytes, words, check, read, key, root, keysOf } = parser;
  const all = newWanted();
  paths.forEach((path, number) => {
    let one = all;
    for (const given of path) {
      const step = INDEX.test(String(given)) ? Number(given) : given;
      let next = one.below.get(step);
      if (next === undefined) one.below.set(step, (next = newWanted()));
      one = next;
    }
    one.places.push(number);
  });

  function walk(p: number, context: number, wanted: Wanted, answer: unknown[]): number {
    clear(wanted, answer);
    if (wanted.places.length === 0) {
      if (bytes[p] === OPEN_OBJECT) return object(p, root(context), wanted, answer);
      if (bytes[p] === OPEN_ARRAY && wanted.below.size > 0 && !hasNames(wanted)) {
        return array(p, context, wanted, answer);
      }
    }
    const end = read(p, context);
    place(tape.value(TAPE_START), wanted, answer);
    return end;
  }

  function object(p: number, first: number, wanted: Wanted, answer: unknown[]): number {
    if (bytes[p + 1] === CLOSE_OBJECT) return p + 2;
    let node = first;
    do {
      node = key(p + 1, node);
      p += 1 + (words[(node + at.KEY_BYTES) >> 2] as number);
      const inner = below(wanted, node);
      p = inner === undefined ? check(p, node) : walk(p, node, inner, answer);
    } while (bytes[p] === COMMA);
    if (bytes[p] !== CLOSE_OBJECT) throw UNFIT;
    return p + 1;
  }

  function array(p: number, context: number, wanted: Wanted, answer: unknown[]): number {
    if (bytes[p + 1] === CLOSE_ARRAY) return p + 2;
    let index = 0;
    do {
      const inner = wanted.below.get(index++);
      p = inner === undefined ? check(p + 1, context) : walk(p + 1, context, inner, answer);
    } while (bytes[p] === COMMA);
    if (bytes[p] !== CLOSE_ARRAY) throw UNFIT;
    return p + 1;
  }

  function below(wanted: Wanted, node: number): Wanted | undefined {
    const known = wanted.byNode.get(node);
    if (known !== undefined || wanted.byNode.has(node)) return known;
    const name = keysOf(node).at(-1) ?? "";
    const found = wanted.below.get(INDEX.test(name) ? Number(name) : name);
    wanted.byNode.set(node, found);
    return found;
  }

  return (fact, context, answer) => {
    const end = parser.load(fact);
    if (walk(at.INPUT, context, all, answer) !== end) throw UNFIT;
  };
}

const newWanted = (): Wanted => ({ places: [], below: new Map(), byNode: new Map() });

const hasNames = (wanted: Wanted) =>
  [...wanted.below.keys()].some((step) => typeof step === "string");

/** Of a key that comes twice, the last counts. */
function clear(wanted: Wanted, answer: unknown[]): void {
  for (const number of wanted.places) answer[number] = undefined;
  for (const inner of wanted.below.values()) clear(inner, answer);
}

/** Steps from a value into what is wanted of it. */
function place(value: unknown, wanted: Wanted, answer: unknown[]): void {
  for (const number of wanted.places) answer[number] = value;
  for (const [step, inner] of wanted.below) place(stepInto(value, step), inner, answer);
}

/** `undefined` where there is no such step. */
export function stepInto(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

import * as at from "./layout.js";
import { MACHINE } from "../assembled.js";
import { instantiate, webAssembly } from "../wasm.js";

/** Not JSON, or nothing for this parser. Made once: a stack trace takes longer than reading a fact. */
export const UNFIT = new Error("not what this parser is for");

/** Takes the value at `p` that stands under a node's key; returns the position behind it. Throws. */
type Take = (p: number, node: number) => number;

export interface Parser {
  /** The whole memory: its bytes, its 32-bit words, its doubles. */
  readonly bytes: Buffer;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  /** Puts a value on the tape, from its beginning on. */
  readonly read: Take;
  /**
   * Puts the objects of lines on the tape, one after the other, as far as all is as it should be: each line is an object
   * under a node, and ends with a newline. Returns how many; `BEHIND` is where the next one begins.
   */
  readonly readLines: (lines: Uint8Array, node: number) => number;
  /** Only checks that a value is JSON. */
  readonly check: Take;
  /** Takes bytes in; returns the position behind them. The first is at `INPUT`. */
  readonly load: (fact: Uint8Array) => number;
  /** The node of the key at `p` behind those of `node`. Throws. */
  readonly key: (p: number, node: number) => number;
  /** The node without keys for objects under the key of `node`. */
  readonly root: (node: number) => number;
  /** A node that stands under no key. Its number changes when all are forgotten. */
  readonly newNode: () => number;
  /** The keys up to a node, in their order. */
  readonly keysOf: (node: number) => string[];
  /** Forgets all strings, because some of the last fact's may not have been taken from the tape. */
  readonly forgetStrings: () => void;
  /** Forgets all keys. Every node is void. */
  readonly forgetKeys: () => void;
  readonly isFull: () => boolean;
}

const PAGE_BYTES = 65_536;
/** So many other keys are looked at in one place. */
const MAX_SIBLINGS = 96;
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const OPEN_OBJECT = 123;

export function createParser(): Parser {
  const pages = Math.ceil(at.END / PAGE_BYTES);
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  const bytes = Buffer.from(memory.buffer);
  const words = new Int32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  const view = new DataView(memory.buffer);
  let nodes = 0;

  bytes.fill(0xff, at.MASK, at.MASK + 32);
  for (let power = 0; power < 16; power++) {
    bytes.writeBigInt64LE(10n ** BigInt(power), at.POWERS + 8 * power);
    doubles[at.DOUBLE_POWERS / 8 + power] = 10 ** power;
  }

  function newNode(): number {
    if (nodes === at.MAX_NODES) throw UNFIT;
    return at.NODES + at.NODE_BYTES * nodes++;
  }

  const field = (node: number, offset: number) => words[(node + offset) >> 2] as number;
  const setField = (node: number, offset: number, value: number) => {
    words[(node + offset) >> 2] = value;
  };

  function root(node: number): number {
    const known = field(node, at.ROOT);
    if (known !== 0) return known;
    const made = newNode();
    setField(node, at.ROOT, made);
    return made;
  }

  /** Adds the key at `p` behind all that were seen in its place. */
  function newKey(p: number, node: number): number {
    if (bytes[p] !== QUOTE) throw UNFIT;
    let end = p + 1;
    for (; bytes[end] !== QUOTE; end++) {
      const byte = bytes[end] as number;
      if (byte < 32 || byte === BACKSLASH) throw UNFIT;
    }
    end += 2;
    const length = end - p;
    if (bytes[end - 1] !== COLON || length > at.MAX_KEY_BYTES) throw UNFIT;
    let siblings = 0;
    let last = 0;
    for (let one = field(node, at.CHILD); one !== 0; one = field(one, at.SIBLING)) {
      last = one;
      if (++siblings === MAX_SIBLINGS) throw UNFIT;
    }
    const made = newNode();
    setField(made, at.PARENT, node);
    setField(made, at.KEYS, field(node, at.KEYS) + 1);
    setField(made, at.KEY_BYTES, length);
    bytes.copyWithin(made + at.KEY, p, end);
    if (last === 0) setField(node, at.CHILD, made);
    else setField(last, at.SIBLING, made);
    return made;
  }

  function key(p: number, node: number): number {
    for (let one = field(node, at.CHILD); one !== 0; one = field(one, at.SIBLING)) {
      const length = field(one, at.KEY_BYTES);
      let index = 0;
      while (index < length && bytes[one + at.KEY + index] === bytes[p + index]) index++;
      if (index === length) return one;
    }
    return newKey(p, node);
  }

  function load(fact: Uint8Array): number {
    const end = at.INPUT + fact.length;
    if (fact.length > at.MAX_BYTES) throw UNFIT;
    bytes.set(fact, at.INPUT);
    // A third of the time that filling takes.
    for (let p = end; p < end + at.SLACK; p += 8) view.setFloat64(p, 0);
    words[at.EPOCH >> 2] = ((words[at.EPOCH >> 2] as number) + 1) | 0;
    return end;
  }

  const functions = instantiate(memory, MACHINE, [newKey, (node) => root(node)]);
  const take = functions["read"] as (p: number, node: number, end: number) => number;

  function readLines(lines: Uint8Array, node: number): number {
    const end = load(lines);
    words[at.LINES >> 2] = 0;
    words[at.BEHIND >> 2] = at.INPUT;
    if (bytes[at.INPUT] !== OPEN_OBJECT) return 0;
    try {
      take(at.INPUT, node, end);
    } catch {
      // Whoever asked sees that there are lines left.
    }
    return words[at.LINES >> 2] as number;
  }

  return {
    ...{ bytes, words, doubles, key, root, newNode, load, readLines },
    read: (p, node) => take(p, node, 0),
    check: functions["check"] as Take,
    keysOf: (node) => {
      const keys: string[] = [];
      for (let one = node; field(one, at.PARENT) !== 0; one = field(one, at.PARENT)) {
        const from = one + at.KEY + 1;
        keys.push(bytes.toString("utf8", from, from + field(one, at.KEY_BYTES) - 3));
      }
      return keys.toReversed();
    },
    forgetStrings: () => bytes.fill(0, at.STRINGS, at.INPUT),
    forgetKeys: () => {
      bytes.fill(0, at.NODES, at.STRINGS);
      nodes = 0;
    },
    isFull: () => nodes === at.MAX_NODES,
  };
}

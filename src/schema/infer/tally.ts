import type { Decided } from "./decisions.js";
import type { Judgement } from "./judgement.js";
import { KeyOrder } from "./key-order.js";

/** What all tallies of an inference have in common. */
export interface TallyContext {
  /** How many tallies there are, so that their memory can be bounded. */
  used: number;
  /** Objects that were seen so far, anywhere: the clock by which keys are first seen. */
  moment: number;
}

/** The order of keys is looked at in so many objects; it costs time. */
const ORDERED_OBJECTS = 300;

/** What was seen at one path of the facts, counted; the children are what was seen below it. */
export class Tally {
  /** Facts with a value here, and the values. */
  facts = 0;
  values = 0;
  nulls = 0;
  booleans = 0;
  /** Whole numbers that a double tells apart from their neighbours; not −0. */
  integers = 0;
  /** All other numbers. */
  decimals = 0;
  /** Those of the others that are whole, and too large for a double to tell from its neighbours. */
  unsafe = 0;
  strings = 0;
  arrays = 0;
  objects = 0;
  /** Objects without a key. */
  empty = 0;
  /** When the first and the last object was seen. */
  firstMoment = Infinity;
  lastMoment = -Infinity;
  /** Values too deep to look into. */
  unseen = 0;
  /** Of the integers. */
  least = Infinity;
  greatest = -Infinity;
  /** What is in the arrays. */
  items: Tally | undefined = undefined;
  /** The keys of the objects in the order in which they were first seen, and what is behind each. */
  readonly keys: string[] = [];
  readonly children: Tally[] = [];
  /** When each key was first seen. */
  readonly firstSeen: number[] = [];
  readonly order = new KeyOrder();
  private readonly places = new Map<string, number>();
  /** What is behind any key, where keys were found to be data while counting; and why. */
  entries: Tally | undefined = undefined;
  reason = "";
  /** What the keys were taken for in the end. */
  judgement: Judgement | undefined = undefined;
  private lastFact = -1;

  constructor(
    private readonly context: TallyContext = { used: 0, moment: 0 },
    /** What a person decided about the objects here and below. */
    readonly decided?: Decided,
  ) {
    context.used += 1;
  }

  /** Whether the order of this object's keys is looked at. */
  get looksAtOrder(): boolean {
    return this.objects <= ORDERED_OBJECTS;
  }

  /** What is in the arrays; made if there is nothing yet. */
  itemsOrNew(): Tally {
    this.items ??= new Tally(this.context, this.decided?.items);
    return this.items;
  }

  /** Where the child behind a key stands in `children`; made if there is none. */
  placeOf(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.keys.push(key) - 1;
    this.places.set(key, place);
    this.children.push(new Tally(this.context, this.decided?.keys.get(key)));
    this.firstSeen.push(this.context.moment);
    return place;
  }

  /** Counts one value of a fact, and not what is inside it. */
  count(value: unknown, fact: number): void {
    this.values += 1;
    if (this.lastFact !== fact) {
      this.lastFact = fact;
      this.facts += 1;
    }
    switch (typeof value) {
      case "number":
        if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
          this.decimals += 1;
          if (Number.isInteger(value) && value !== 0) this.unsafe += 1;
        } else {
          this.integers += 1;
          if (value < this.least) this.least = value;
          if (value > this.greatest) this.greatest = value;
        }
        break;
      case "string":
        this.strings += 1;
        break;
      case "boolean":
        this.booleans += 1;
        break;
      default:
        if (value === null) this.nulls += 1;
        else if (Array.isArray(value)) this.arrays += 1;
        else this.countObject();
    }
  }

  private countObject(): void {
    this.objects += 1;
    const moment = ++this.context.moment;
    if (this.objects === 1) {
      this.firstMoment = moment;
      if (this.decided !== undefined) this.decided.met = true;
      if (this.decided?.as === "map") this.fold("map, as --map says");
    }
    this.lastMoment = moment;
  }

  /** Adds what another tally has counted; that one is not used any more. */
  absorb(other: Tally): void {
    this.facts += other.facts; // an upper bound: which facts they were is not kept
    this.values += other.values;
    this.nulls += other.nulls;
    this.booleans += other.booleans;
    this.integers += other.integers;
    this.decimals += other.decimals;
    if (this.decided !== undefined && other.objects > 0) this.decided.met = true;
    this.unsafe += other.unsafe;
    this.strings += other.strings;
    this.arrays += other.arrays;
    this.objects += other.objects;
    this.empty += other.empty;
    this.firstMoment = Math.min(this.firstMoment, other.firstMoment);
    this.lastMoment = Math.max(this.lastMoment, other.lastMoment);
    this.unseen += other.unseen;
    this.least = Math.min(this.least, other.least);
    this.greatest = Math.max(this.greatest, other.greatest);
    this.lastFact = Math.max(this.lastFact, other.lastFact);
    if (other.items !== undefined) this.itemsOrNew().absorb(other.items);
    if (this.entries !== undefined || other.entries !== undefined) {
      const reason = this.entries === undefined ? other.reason : this.reason;
      this.entries = this.allEntries();
      this.entries.absorb(other.allEntries());
      this.fold(reason);
    } else {
      const places = other.keys.map((key, place) => {
        const own = this.placeOf(key);
        (this.children[own] as Tally).absorb(other.children[place] as Tally);
        const moments = [this.firstSeen[own] ?? Infinity, other.firstSeen[place] ?? Infinity];
        this.firstSeen[own] = Math.min(...moments);
        return own;
      });
      this.order.absorb(other.order, (place) => places[place] ?? 0);
    }
  }

  /** Takes the keys for data from now on: what is behind them is counted together. */
  fold(reason: string): void {
    this.entries = this.allEntries();
    this.reason = reason;
    this.keys.length = 0;
    this.children.length = 0;
    this.firstSeen.length = 0;
    this.order.clear();
    this.places.clear();
  }

  /** What is behind all keys together. */
  private allEntries(): Tally {
    const together = this.entries ?? new Tally(this.context, this.decided?.entries);
    for (const child of this.children) together.absorb(child);
    together.facts = Math.min(together.facts, this.facts);
    return together;
  }

  /** A copy that shares nothing with this one. */
  copy(): Tally {
    const copy = Object.assign(new Tally(), this);
    Object.assign(copy, {
      context: { ...this.context, used: 0 },
      items: this.items?.copy(),
      entries: this.entries?.copy(),
      keys: [...this.keys],
      children: this.children.map((child) => child.copy()),
      firstSeen: [...this.firstSeen],
      order: this.order.copy(),
      places: new Map(this.places),
    });
    return copy;
  }
}

/** The kinds of values in a tally, other than null: `number`, `array object`. */
export function kindsOf(tally: Tally): string[] {
  const kinds: string[] = [];
  if (tally.booleans > 0) kinds.push("boolean");
  if (tally.integers + tally.decimals > 0) kinds.push("number");
  if (tally.strings > 0) kinds.push("string");
  if (tally.arrays > 0) kinds.push("array");
  if (tally.objects > 0) kinds.push("object");
  return kinds;
}

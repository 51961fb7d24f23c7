/** How many tallies there are, so that their memory can be bounded. */
export interface TallyBudget {
  used: number;
}

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
  strings = 0;
  arrays = 0;
  objects = 0;
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
  private readonly places = new Map<string, number>();
  /** What is behind any key, where keys were found to be data while counting; and why. */
  entries: Tally | undefined = undefined;
  reason = "";
  private lastFact = -1;

  constructor(private readonly budget: TallyBudget = { used: 0 }) {
    budget.used += 1;
  }

  /** What is in the arrays; made if there is nothing yet. */
  itemsOrNew(): Tally {
    this.items ??= new Tally(this.budget);
    return this.items;
  }

  /** The child behind a key; made if there is none. */
  child(key: string): Tally {
    return this.children[this.placeOf(key)] as Tally;
  }

  /** Where the child behind a key stands in `children`; made if there is none. */
  placeOf(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.keys.push(key) - 1;
    this.places.set(key, place);
    this.children.push(new Tally(this.budget));
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
        if (!Number.isSafeInteger(value) || Object.is(value, -0)) this.decimals += 1;
        else {
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
        else this.objects += 1;
    }
  }

  /** Adds what another tally has counted; that one is not used any more. */
  absorb(other: Tally): void {
    this.facts += other.facts; // an upper bound: which facts they were is not kept
    this.values += other.values;
    this.nulls += other.nulls;
    this.booleans += other.booleans;
    this.integers += other.integers;
    this.decimals += other.decimals;
    this.strings += other.strings;
    this.arrays += other.arrays;
    this.objects += other.objects;
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
      for (const [place, key] of other.keys.entries()) {
        this.child(key).absorb(other.children[place] as Tally);
      }
    }
  }

  /** Takes the keys for data from now on: what is behind them is counted together. */
  fold(reason: string): void {
    this.entries = this.allEntries();
    this.reason = reason;
    this.keys.length = 0;
    this.children.length = 0;
    this.places.clear();
  }

  /** What is behind all keys together. */
  private allEntries(): Tally {
    const together = this.entries ?? new Tally(this.budget);
    for (const child of this.children) together.absorb(child);
    together.facts = Math.min(together.facts, this.facts);
    return together;
  }

  /** A copy that shares nothing with this one. */
  copy(): Tally {
    const copy = Object.assign(new Tally(), this);
    Object.assign(copy, {
      budget: { used: 0 },
      items: this.items?.copy(),
      entries: this.entries?.copy(),
      keys: [...this.keys],
      children: this.children.map((child) => child.copy()),
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

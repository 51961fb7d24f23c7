import type { ObjectPlan, Plan, PropertyPlan } from "../plan.js";

/** Lists of keys that objects of a place have had, the most frequent first. */
export type Shapes = ReadonlyMap<ObjectPlan, readonly (readonly string[])[]>;

/** So many objects' values are looked at, in so many facts at least, and in so many bytes at most. */
const MAX_VALUES = 30_000;
const MIN_FACTS = 16;
const MAX_BYTES = 1_000_000;
/** Objects with other keys are none of a list's, so that a function for each would not pay. */
const MAX_KEYS = 40;
/** A list that is as rare among all objects that were seen gets no function. */
const MIN_SHARE = 1 / 500;
const MAX_SHAPES = 64;
/** Lists that are looked at in one place: when there are more, keys are data. */
const MAX_LISTS = 200;

interface Seen {
  readonly plan: ObjectPlan;
  readonly keys: readonly string[];
  times: number;
}

/** Where open keys are inside an object: under which of its properties, and whether under others. */
interface Routes {
  readonly isOpen: boolean;
  readonly properties: readonly PropertyPlan[];
  readonly others: boolean;
}

/** Learns from facts which keys objects have whose schema does not say it; goes only where such are. */
export class ShapeLearner {
  readonly #lists = new Map<ObjectPlan, Map<string, Seen>>();
  readonly #routes = new Map<ObjectPlan, Routes>();
  readonly #isNeeded: boolean;
  #values = 0;
  #objects = 0;
  #facts = 0;
  #bytes = 0;

  /** @param isOpen whether a schema leaves the keys of an object open */
  constructor(
    readonly plan: Plan,
    readonly isOpen: (plan: ObjectPlan) => boolean,
  ) {
    this.#isNeeded = this.#find(plan);
  }

  /** Whether there are objects with open keys in a value. */
  #find({ object, items }: Plan): boolean {
    const inItems = items !== undefined && this.#find(items);
    if (object === undefined) return inItems;
    const isOpen = this.isOpen(object);
    const properties = object.properties.filter(({ plan }) => this.#find(plan));
    const others = this.#find(object.others);
    if (!isOpen && !others && properties.length === 0) return inItems;
    this.#routes.set(object, { isOpen, properties, others });
    return true;
  }

  /** Whether enough was seen. */
  get done(): boolean {
    return this.#bytes >= MAX_BYTES || (this.#facts >= MIN_FACTS && this.#values >= MAX_VALUES);
  }

  /** Looks at the JSON of a fact, as it was written: not at the fact, whose getters are to be asked only once. */
  observe(json: Buffer): void {
    this.#facts++;
    this.#bytes += json.length;
    if (this.#isNeeded) this.#value(this.plan, JSON.parse(json.toString()));
  }

  shapes(): Shapes {
    const found = [...this.#lists.values()]
      .flatMap((lists) => [...lists.values()])
      .filter(({ times }) => times >= this.#objects * MIN_SHARE)
      .toSorted((a, b) => b.times - a.times)
      .slice(0, MAX_SHAPES);
    const shapes = new Map<ObjectPlan, (readonly string[])[]>();
    for (const { plan, keys } of found) shapes.set(plan, [...(shapes.get(plan) ?? []), keys]);
    return shapes;
  }

  #value(plan: Plan, value: unknown): void {
    if (typeof value !== "object" || value === null || ++this.#values > MAX_VALUES * 2) return;
    if (Array.isArray(value)) {
      if (plan.items !== undefined) for (const item of value) this.#value(plan.items, item);
    } else if (plan.object !== undefined && value.constructor === Object) {
      const routes = this.#routes.get(plan.object);
      if (routes === undefined) return;
      this.#object(plan.object, routes, value as Readonly<Record<string, unknown>>);
    }
  }

  #object(
    plan: ObjectPlan,
    { isOpen, properties, others }: Routes,
    object: Readonly<Record<string, unknown>>,
  ): void {
    this.#objects++;
    if (isOpen) this.#note(plan, Object.keys(object));
    for (const { key, plan: inner } of properties) {
      if (Object.hasOwn(object, key)) this.#value(inner, object[key]);
    }
    if (!others) return;
    const named = new Set(plan.properties.map(({ key }) => key));
    for (const key of Object.keys(object)) {
      if (!named.has(key)) this.#value(plan.others, object[key]);
    }
  }

  #note(plan: ObjectPlan, keys: readonly string[]): void {
    this.#values += keys.length;
    if (keys.length === 0 || keys.length > MAX_KEYS) return;
    let lists = this.#lists.get(plan);
    if (lists === undefined) this.#lists.set(plan, (lists = new Map<string, Seen>()));
    const name = JSON.stringify(keys);
    const seen = lists.get(name);
    if (seen !== undefined) seen.times++;
    else if (lists.size < MAX_LISTS) lists.set(name, { plan, keys, times: 1 });
  }
}

import type { ObjectPlan, Plan } from "../plan.js";

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

/** Learns from facts which keys objects have whose schema does not say it. */
export class ShapeLearner {
  readonly #lists = new Map<ObjectPlan, Map<string, Seen>>();
  readonly #isOpen: (plan: ObjectPlan) => boolean;
  #values = 0;
  #objects = 0;
  #facts = 0;
  #bytes = 0;

  /** @param isOpen whether a schema leaves the keys of an object open */
  constructor(isOpen: (plan: ObjectPlan) => boolean) {
    this.#isOpen = isOpen;
  }

  /** Whether enough was seen. */
  get done(): boolean {
    return this.#bytes >= MAX_BYTES || (this.#facts >= MIN_FACTS && this.#values >= MAX_VALUES);
  }

  /** @param json a fact as it was written */
  observe(plan: Plan, json: string): void {
    this.#facts++;
    this.#bytes += json.length;
    this.#value(plan, JSON.parse(json));
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
      this.#object(plan.object, value as Readonly<Record<string, unknown>>);
    }
  }

  #object(plan: ObjectPlan, object: Readonly<Record<string, unknown>>): void {
    this.#objects++;
    const keys = Object.keys(object);
    this.#values += keys.length;
    if (this.#isOpen(plan) && keys.length > 0 && keys.length <= MAX_KEYS) {
      let lists = this.#lists.get(plan);
      if (lists === undefined) this.#lists.set(plan, (lists = new Map<string, Seen>()));
      const name = JSON.stringify(keys);
      const seen = lists.get(name);
      if (seen !== undefined) seen.times++;
      else if (lists.size < MAX_LISTS) lists.set(name, { plan, keys, times: 1 });
    }
    for (const property of plan.properties) {
      if (Object.hasOwn(object, property.key)) this.#value(property.plan, object[property.key]);
    }
    if (plan.others.kinds.size > 0) {
      const named = new Set(plan.properties.map(({ key }) => key));
      for (const key of keys) if (!named.has(key)) this.#value(plan.others, object[key]);
    }
  }
}

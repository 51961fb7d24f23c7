import type { PlacedValues, Places } from "../compiled-json/reader/places.js";
import { InputError } from "../core/errors.js";
import type { Scalar } from "../sketches/index.js";
import { unwrapped, wrapped } from "../sketches/envelope.js";
import { Numbering } from "../sketches/numbering.js";
import { byValue } from "../sketches/tops/top.js";
import { readScalar, writeScalar } from "../sketches/tops/scalars.js";
import { Aggregate, AGGREGATES } from "./aggregate.js";
import { questionFromText, type Question } from "./question.js";

/** Each group has sketches of its own: more of them would be no summary, and take memory. */
export const MAX_GROUPS = 1000;

/** The facts of one value of the field that they are grouped by; of `null` without such a field. */
export interface Group {
  readonly key: Scalar;
  readonly facts: number;
  /** In the order of the question's. */
  readonly aggregates: readonly Aggregate[];
}

interface OpenGroup extends Group {
  facts: number;
}

/**
 * What facts have at some paths, in bounded memory: one a part, and merged in any order they say what one
 * of all facts would.
 */
export class Summary {
  private readonly groups = new Map<Scalar, OpenGroup>();
  /** Numbers of keys that came as bytes, and their groups; none but those above. */
  private readonly keys = new Numbering();
  private readonly byKey: OpenGroup[] = [];
  /** A group of all facts that has been cleared. */
  private spare: OpenGroup | undefined;

  constructor(readonly question: Question) {}

  /**
   * Adds a fact that has these values: a list for each aggregate, and one of what facts are grouped by behind them.
   * Throws an `InputError` where there are too many groups.
   */
  addFound(found: readonly (readonly unknown[])[]): void {
    const { by, aggregates } = this.question;
    const group = this.groupOf(by === undefined ? null : keyOf(found[aggregates.length]?.at(-1)));
    group.facts += 1;
    for (let at = 0; at < aggregates.length; at++) {
      group.aggregates[at]?.addAll(found[at] ?? []);
    }
  }

  /** Adds facts of one group whose values stand at such places, in the same order. Throws as `addFound` does. */
  addPlaced(values: PlacedValues, places: readonly Places[], facts: number): void {
    const { by, aggregates } = this.question;
    const group = this.groupAt(values, by === undefined ? undefined : places[aggregates.length]);
    group.facts += facts;
    for (let at = 0; at < aggregates.length; at++) {
      const found = places[at];
      if (found !== undefined) group.aggregates[at]?.addPlaced(values, found);
    }
  }

  /** Forgets all facts. Without groups it keeps the memory for others. */
  clear(): void {
    const group = this.groups.get(null);
    this.groups.clear();
    this.keys.clear();
    this.byKey.length = 0;
    if (this.question.by !== undefined || group === undefined) return;
    group.facts = 0;
    for (const aggregate of group.aggregates) aggregate.clear();
    this.spare = group;
  }

  /** Adds what another one has seen. Throws a `RangeError` if it is of another question. */
  merge(other: Summary): void {
    if (other.question.text !== this.question.text) {
      throw new RangeError("summaries of different questions do not merge");
    }
    for (const { key, facts, aggregates } of [...other.groups.values()]) {
      const group = this.groupOf(key);
      group.facts += facts;
      for (const [at, aggregate] of aggregates.entries()) group.aggregates[at]?.merge(aggregate);
    }
  }

  get facts(): number {
    return [...this.groups.values()].reduce((sum, { facts }) => sum + facts, 0);
  }

  /** Groups in the order of their keys. */
  all(): readonly Group[] {
    return [...this.groups.values()].toSorted((a, b) => byValue(a.key, b.key));
  }

  toBytes(): Uint8Array {
    return wrapped("summary", (sink) => {
      sink.text(this.question.text);
      sink.whole(this.groups.size);
      for (const { key, facts, aggregates } of this.all()) {
        writeScalar(key, sink);
        sink.whole(facts);
        for (const aggregate of aggregates) aggregate.write(sink);
      }
    });
  }

  /** Throws a `DataError` where bytes are none that `toBytes` made. */
  static fromBytes(bytes: Uint8Array): Summary {
    return unwrapped("summary", bytes, (source) => {
      const text = source.text();
      const question = questionIn(text);
      if (question === undefined) throw source.wrong("a summary has no question");
      const summary = new Summary(question);
      const groups = source.whole();
      if (groups > MAX_GROUPS) throw source.wrong("a summary has too many groups");
      for (let done = 0; done < groups; done++) {
        const key = readScalar(source);
        const facts = source.whole();
        const aggregates = question.aggregates.map(({ kind }) => Aggregate.read(kind, source));
        summary.groups.set(key, { key, facts, aggregates });
      }
      return summary;
    });
  }

  /** The group of facts whose key is the last of some places. */
  private groupAt(values: PlacedValues, keys: Places | undefined): OpenGroup {
    if (keys === undefined || keys.length === 0) return this.groupOf(null);
    const place = keys.get(keys.length - 1);
    if (!values.isAscii(place)) return this.groupOf(keyOf(values.value(place)));
    const known = this.byKey[this.keys.findAscii(values.bytes, values.from, values.to)];
    if (known !== undefined) return known;
    const key = values.value(place) as string;
    const group = this.groupOf(key);
    this.byKey[this.keys.add(key)] = group;
    return group;
  }

  private groupOf(key: Scalar): OpenGroup {
    return this.groups.get(key) ?? this.begin(key);
  }

  private begin(key: Scalar): OpenGroup {
    if (this.groups.size >= MAX_GROUPS) {
      throw new InputError(
        `There are more than ${MAX_GROUPS} groups; group by a field with fewer values, or ask for its top.`,
      );
    }
    const group = this.spare ?? {
      ...{ key, facts: 0 },
      aggregates: this.question.aggregates.map(({ kind }) => Aggregate.of(kind)),
    };
    this.spare = undefined;
    this.groups.set(key, group);
    return group;
  }
}

function keyOf(value: unknown): Scalar {
  if (typeof value === "string" || typeof value === "boolean") return value;
  // −0 is no group of its own.
  return typeof value === "number" ? value + 0 : null;
}

function questionIn(text: string): Question | undefined {
  try {
    const question = questionFromText(text);
    const known = question.aggregates.every(({ kind }) => AGGREGATES.includes(kind));
    return known && question.text === text ? question : undefined;
  } catch {
    return undefined;
  }
}

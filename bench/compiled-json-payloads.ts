import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Fact } from "../src/core/fact.js";
import type { JsonSchema } from "../src/core/json-schema.js";
import { DEFAULT_PROFILE } from "../generators/profile.js";
import { seededUniform } from "../src/stats/random.js";
import { generatorSource } from "../src/sources/generator.js";
import { schemaOf } from "./schema-of.js";

export interface Payload {
  readonly facts: readonly Fact[];
  readonly schema: JsonSchema;
}

/** Enough that no second-level cache holds them. */
const POOL_BYTES = 10_000_000;
const uniform = seededUniform(9);
const list = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, i) => make(i));

/** What is written and read, by name. Each makes its facts when it is called, always the same. */
export const PAYLOADS: Readonly<Record<string, () => Payload>> = {
  "hell facts": () => hell(40_000),
  "hell facts, parsed": () => mapped(hell(40_000), (fact) => fact),
  "hell facts, doubles": () => {
    const { facts } = mapped(hell(40_000), (fact) => withDoubles(fact) as Fact);
    return { facts, schema: schemaOf(facts.slice(0, 20)) };
  },
  "hell facts of 4 kB": () => hell(4_000),
  "hell facts of 1 MB": () => hell(1_000_000),
  integers: () =>
    alike(() => ({ values: list(2000, () => Math.floor(uniform() * 10 ** (uniform() * 10))) })),
  "two decimals": () =>
    alike(() => ({ values: list(2000, () => Math.round(uniform() * 1e5) / 100) })),
  doubles: () => alike(() => ({ values: list(2000, () => uniform() * 100) })),
  "ASCII, 12 units": () => alike(() => ({ values: list(1500, () => text(12, 97, 26)) })),
  "ASCII, 200 units": () => alike(() => ({ values: list(150, () => text(200, 97, 26)) })),
  "CJK, 12 units": () => alike(() => ({ values: list(1000, () => text(12, 0x4e00, 5000)) })),
  "CJK, 200 units": () => alike(() => ({ values: list(80, () => text(200, 0x4e00, 5000)) })),
  "to be escaped": () => alike(() => ({ values: list(1500, () => text(12, 8, 90)) })),
  deep: () => alike(() => ({ root: nested(60) })),
  wide: () =>
    alike(() =>
      Object.fromEntries(list(110, (i) => [`field_${i}`, uniform() < 0.5 ? i : `v${i}`])),
    ),
};

/** What is projected of a hell fact. */
export const FIELDS = [
  ["player", "country"],
  ["wallet", "closing"],
  ["runs", 0, "score"],
] as const;

/** Real documents, repeated: caches hold them, which flatters all alike. */
export function documentPayload(path: string): Payload {
  const content = readFileSync(path, "utf8");
  const document = JSON.parse(content) as Fact | Fact[];
  const schema = schemaOf(Array.isArray(document) ? document : [document]);
  const copies = Math.max(1, Math.ceil(POOL_BYTES / 5 / content.length));
  return { facts: list(copies, () => JSON.parse(content) as Fact | Fact[]).flat(), schema };
}

export const nameOf = (path: string): string => basename(path, ".json");

function hell(factBytes: number): Payload {
  const source = generatorSource({ seed: 42, from: 0, profile: { ...DEFAULT_PROFILE, factBytes } });
  const facts: Fact[] = [];
  for (const fact of source.facts() as Iterable<Fact>) {
    facts.push(fact);
    if (facts.length * factBytes >= POOL_BYTES) break;
  }
  return { facts, schema: source.schema ?? {} };
}

function mapped({ facts, schema }: Payload, change: (fact: Fact) => Fact): Payload {
  return { facts: facts.map((fact) => JSON.parse(JSON.stringify(change(fact))) as Fact), schema };
}

function withDoubles(value: unknown): unknown {
  if (typeof value === "number") return uniform() * 100;
  if (Array.isArray(value)) return value.map(withDoubles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDoubles(inner)]));
}

function alike(make: () => Fact): Payload {
  const facts: Fact[] = [];
  for (let bytes = 0; bytes < POOL_BYTES / 2; bytes += JSON.stringify(facts.at(-1)).length) {
    facts.push(make());
  }
  return { facts, schema: schemaOf(facts.slice(0, 20)) };
}

function text(units: number, first: number, count: number): string {
  return String.fromCharCode(...list(units, () => first + Math.floor(uniform() * count)));
}

function nested(levels: number): Fact {
  return levels === 0 ? { value: 1 } : { level: levels, name: "level", inner: nested(levels - 1) };
}

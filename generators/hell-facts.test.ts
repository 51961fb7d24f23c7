import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import schema from "../schemas/hell-fact.schema.json" with { type: "json" };
import { HELL_FACT_FIELDS, hellFact } from "./hell-facts.js";

const anySeed = fc.maxSafeNat();
const anyIndex = fc.maxSafeNat();
const thousand = Array.from({ length: 1000 }, (_, index) => hellFact(42, index));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

test("a fact is the same whenever and in whatever order it is made", () => {
  fc.assert(
    fc.property(anySeed, anyIndex, anyIndex, (seed, index, other) => {
      const first = JSON.stringify(hellFact(seed, index));
      hellFact(seed, other);
      expect(JSON.stringify(hellFact(seed, index))).toBe(first);
    }),
  );
});

test("other seeds and other indexes give other facts", () => {
  const ids = new Set(thousand.map(({ factId }) => factId));
  expect(ids.size).toBe(1000);
  expect(hellFact(43, 0).factId).not.toBe(hellFact(42, 0).factId);
  expect(hellFact(42, 2 ** 40).factId).not.toBe(hellFact(42, 0).factId);
  expect(hellFact(2 ** 40 + 42, 0).factId).not.toBe(hellFact(42, 0).factId);
});

test("every fact is valid against the JSON Schema", () => {
  fc.assert(
    fc.property(anySeed, anyIndex, (seed, index) => {
      validate(hellFact(seed, index));
      expect(validate.errors).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("a fact takes about 40 KB of JSON, and no two take the same", () => {
  const sizes = thousand.map((fact) => Buffer.byteLength(JSON.stringify(fact)));
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeGreaterThan(38_000);
  expect(mean).toBeLessThan(42_000);
  expect(new Set(sizes).size).toBeGreaterThan(900);
});

test("a fact survives JSON unchanged: nothing in it is beyond what JSON can say", () => {
  for (const fact of thousand.slice(0, 100)) {
    expect(JSON.parse(JSON.stringify(fact))).toStrictEqual(fact);
  }
});

test("the fields to read alone are there in every fact", () => {
  for (const fact of thousand) {
    for (const path of HELL_FACT_FIELDS) {
      const value = path.reduce<unknown>(
        (inner, step) => (inner as Record<string | number, unknown>)[step],
        fact,
      );
      expect(value).toBeDefined();
    }
  }
});

describe("the economy balances", () => {
  test("each balance is the one before and the amount, from opening to closing", () => {
    for (const { wallet } of thousand) {
      let balance = wallet.opening;
      for (const entry of wallet.journal) {
        balance += entry.amount;
        expect(entry.balance).toBe(balance);
      }
      expect(wallet.closing).toBe(balance);
    }
  });

  test("amounts by reason add up to what was earned and spent", () => {
    for (const { wallet } of thousand) {
      const total = Object.values(wallet.byReason).reduce((sum, amount) => sum + amount, 0);
      expect(total).toBe(wallet.closing - wallet.opening);
    }
  });

  test("what was filled and what remains make the order's volume", () => {
    for (const { orders } of thousand) {
      for (const { volume, remaining, fills } of orders) {
        const filled = fills.reduce((sum, fill) => sum + fill.volume, 0);
        expect(filled + remaining).toBe(volume);
        expect(remaining).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

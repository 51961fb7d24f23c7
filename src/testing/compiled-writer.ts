/** What a compiled writer wrote, and whether that is what `JSON.stringify` writes. */
import { expect } from "vitest";
import { compiledWriter } from "../compiled-json/writer/compile.js";
import type { WriteFact } from "../compiled-json/writer/runtime.js";
import type { JsonSchema } from "../core/json-schema.js";
import { Slab } from "../core/slab.js";

export function written(write: WriteFact, fact: unknown): string {
  const slab = new Slab(16);
  write(fact, slab);
  return slab.buffer.toString("utf8", 0, slab.position);
}

/** Compares long texts, and shows only where they part. */
export function expectText(actual: string, expected: string): void {
  let from = 0;
  if (actual !== expected) while (actual[from] === expected[from]) from++;
  const part = (text: string) => `${from}: ${text.slice(Math.max(0, from - 30), from + 30)}`;
  expect(part(actual)).toBe(part(expected));
  expect(actual.length).toBe(expected.length);
}

export function expectSame(schema: JsonSchema, fact: unknown): void {
  expectText(written(compiledWriter(schema), fact), JSON.stringify(fact));
}

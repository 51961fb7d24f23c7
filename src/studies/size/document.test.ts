import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { documentOf } from "../../testing/document-of.js";
import { loadDocument } from "../../results/load.js";
import { sizingType, type SizingDocument } from "./document.js";

const folder = mkdtempSync(join(tmpdir(), "hellfact-sizing-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("kinds that nobody knows are refused with their place, and not printed", () => {
  const some = documentOf(sizingType.schema, fc.constant("json"));
  const [whole] = fc.sample(some, { numRuns: 1, seed: 1 }) as [SizingDocument];
  const read = (document: object) => {
    const path = join(folder, "size.json");
    writeFileSync(path, JSON.stringify(document));
    return loadDocument(path, [sizingType]);
  };
  expect(() => read(whole)).not.toThrow();
  const speed = { speed: 1, basis: { kind: "guessed" } };
  expect(() => read({ ...whole, terms: { ...whole.terms, speed } })).toThrow(
    /size\.json.*terms\.speed\.basis/,
  );
});

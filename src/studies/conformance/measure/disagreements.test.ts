import { expect, test } from "vitest";
import type { Outcome } from "../document.js";
import { disagreements, type Declared } from "./disagreements.js";
import { VALUES } from "./values.js";

const NOTHING: Declared = { losses: [] };

/** Everything exact but one value. */
function found(declared: Declared, name: string, outcome: Outcome): string[] {
  const cells = VALUES.map((value) => ({
    outcome: value.name === name ? outcome : ("exact" as const),
    detail: null,
  }));
  return disagreements([declared], VALUES, cells);
}

test.each<[string, Declared, string, Outcome, string]>([
  ["a loss that is not declared", NOTHING, "−0", "changed", "is not among its losses"],
  ["a loss that does not happen", { losses: ["negative-zero"] }, "−0", "exact", "its losses say"],
  [
    "a refusal that is not declared",
    NOTHING,
    "integer 1e20 (over 2^64)",
    "refused",
    "nothing declares",
  ],
  [
    "a refusal that does not happen",
    { losses: [], refuses: ["lone-surrogate"] },
    "lone surrogate",
    "exact",
    "declares to refuse",
  ],
])("%s is told", (_, declared, name, outcome, expected) => {
  expect(found(declared, name, outcome)).toEqual([expect.stringContaining(expected)]);
});

test("what is declared and found is no disagreement", () => {
  expect(found({ losses: ["negative-zero"] }, "−0", "changed")).toEqual([]);
  expect(found(NOTHING, "−0", "exact")).toEqual([]);
});

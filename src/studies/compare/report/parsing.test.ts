import { expect, test } from "vitest";
import { imaginedDocument } from "../../../testing/document.js";
import type { ResultDocument } from "../document.js";
import { parsingSentence } from "./parsing.js";
import { rowsOf } from "./rows.js";

const RATES: Readonly<Record<string, number>> = { json: 100, protobuf: 400, msgpackr: 200 };
const document = await imaginedDocument({
  rate: ({ codec }) => RATES[codec] ?? 50,
  noise: 0,
  matrix: { directions: ["write"] },
});
const still = (median: number) => ({ median, low: median, high: median });

function sentence(reading: ResultDocument["payload"]["reading"]): string | undefined {
  const payload = { ...document.payload, ...(reading !== undefined && { reading }) };
  return parsingSentence({ ...document, payload }, rowsOf(document));
}

test("what is left of a gain is what Amdahl's law leaves, with the check where one is made", () => {
  const reading = {
    formats: ["json"],
    readPerJsonWrite: still(2),
    checkPerJsonWrite: still(0.5),
    checkedCodecs: ["protobuf"],
  };
  // (2 + 1) / (2 + 0.5 + 1/4) and (2 + 1) / (2 + 1/2)
  expect(sentence(reading)).toContain("protobuf 4.00 → 1.09 × json");
  expect(sentence(reading)).toContain("(parsing JSON) takes 2.00 times as long");
});

test("generated facts are not read", () => {
  expect(sentence(undefined)).toBeUndefined();
});

import { expect, test } from "vitest";
import { fromComparison } from "../model/from-comparison.js";
import { sizeCodecs } from "../model/sizing.js";
import { imaginedDocument, underRuntimes } from "../../../testing/document.js";
import { PLAIN_TERMS, ROUND_LOAD, ROUND_MACHINE } from "../../../testing/machine.js";
import { broken } from "../../../report/layout.js";
import { sizingConclusion } from "./conclusion.js";

test("what an upgrade is worth is said in money", async () => {
  const document = await imaginedDocument({ rate: () => 1000, noise: 0.02 });
  const measured = fromComparison(underRuntimes(document, { "node@24": 1, "node@20": 0.5 }));
  const { machines } = sizeCodecs(measured, [ROUND_MACHINE], {
    ...PLAIN_TERMS,
    load: ROUND_LOAD,
    speed: { speed: 1, basis: { kind: "uncalibrated" } },
    storage: null,
  });
  const told = machines.flatMap((sizing) => sizingConclusion(sizing, { measured })).at(-1);
  expect(broken(told ?? "")).toMatch(
    /^From node@24 to node@20, \$ a month as a fraction of machines: (.* less \(50 %\), ){4}\d more in the table\.$/,
  );
});

import { expect, test } from "vitest";
import { fromComparison } from "../model/from-comparison.js";
import { cheapestWays } from "../model/cheapest.js";
import { sizeCodecs } from "../model/sizing.js";
import { imaginedDocument, underRuntimes } from "../../../testing/document.js";
import { PLAIN_TERMS, ROUND_LOAD, ROUND_MACHINE } from "../../../testing/machine.js";
import { choiceName } from "../../../report/names.js";
import { broken } from "../../../report/layout.js";
import { cheapestText } from "./cheapest.js";
import { sizingConclusion } from "./conclusion.js";

test("where whole machines cost the same, none is called the cheapest, and the one with most room is named", async () => {
  // In whole machines of a load this small nothing is cheaper than anything else.
  const rate = ({ codec }: { readonly codec: string }) => (codec === "protobuf" ? 2000 : 1000);
  const measured = fromComparison(await imaginedDocument({ rate, noise: 0.02 }));
  const terms = {
    ...PLAIN_TERMS,
    load: { ...ROUND_LOAD, factsPerDay: 1000 },
    ...{ speed: { speed: 1, basis: { kind: "uncalibrated" } } as const, storage: null },
  };
  const found = cheapestWays(measured, [ROUND_MACHINE], terms);
  expect(found.ways.length).toBeGreaterThan(1);
  const share = ({ row }: (typeof found.ways)[number]) => row.share.usdPerMonth;
  const [roomiest] = found.ways.toSorted((a, b) => share(a) - share(b));
  expect(cheapestText(found)).toBe(
    `${found.ways.length} ways cost the same; ${roomiest && choiceName(roomiest.row)} on 1 × round.4 leaves the most room`,
  );
  const [alone] = found.ways;
  expect(cheapestText({ ...found, ways: alone === undefined ? [] : [alone] })).toMatch(
    / on 1 × round\.4 is the cheapest$/,
  );
});

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

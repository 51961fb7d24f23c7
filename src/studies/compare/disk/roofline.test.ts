import { expect, test } from "vitest";
import { gather, type Case } from "../../../verdict/evidence.js";
import { rateAt } from "../../../verdict/model.js";
import { roofsOfWrites } from "./roofline.js";

const ROUND = {
  ...{ source: null, encode: null, codec: 1000, write: 4000, wideWrite: null, pipeline: 800 },
  ...{ counters: {}, writeCpuSecondsPerFact: 0 },
};

/** Facts/s of 1,000 a second, of 10 kB each, on a rented disk of 10 MB/s, which carries 1,000 of them. */
function rateOn10MegabytesPerSecond(
  given: Pick<Case, "workers" | "syncsAtClose">,
  round: { wideWrite: number | null } = ROUND,
): number {
  const rounds = Array.from({ length: 5 }, () => ({ ...ROUND, ...round }));
  const evidence = gather(
    {
      ...{ rounds, storedBytesPerFact: 10_000, factsPerBatch: 10, toDisk: true, oneReader: false },
      ...{ clockSeconds: 1e-9, shortestSeconds: 1, caveats: [], ...given },
    } as unknown as Case,
    rounds as unknown as Case["rounds"],
    0,
  );
  const [roof] = roofsOfWrites(
    [{ codec: "json", compressor: "none", verdict: { evidence } }],
    "provisioned",
  );
  return roof === undefined ? NaN : rateAt(roof, 10e6, roof.overlap);
}

test("a rented disk takes bytes while the next are made, but not those that are synced as a file closes", () => {
  expect(rateOn10MegabytesPerSecond({ workers: 1, syncsAtClose: false })).toBeCloseTo(1000);
  expect(rateOn10MegabytesPerSecond({ workers: 1, syncsAtClose: true })).toBeCloseTo(500);
  expect(rateOn10MegabytesPerSecond({ workers: 2, syncsAtClose: true })).toBeCloseTo(1000 / 1.5);
});

test("what a synced batch waits whatever its size passes on a rented disk, too", () => {
  // A batch of 10 facts in 2.5 ms, one of 40 in 4: 2 ms whatever its size, 0.2 ms a fact.
  const waiting = { wideWrite: 10_000 };
  const batches = rateOn10MegabytesPerSecond({ workers: 1, syncsAtClose: false }, waiting);
  expect(batches).toBeCloseTo(1000 / 1.2);
  const files = rateOn10MegabytesPerSecond({ workers: 1, syncsAtClose: true }, waiting);
  expect(files).toBeCloseTo(500);
});

import { expect, test } from "vitest";
import { loadCompressor } from "../../../plugins/load-compressor.js";
import { defaultMatrix } from "../../../testing/document.js";
import { planMatrix, type PlannedScenario } from "./matrix.js";
import { fitting, spareIn } from "./spare.js";

const matrix = await defaultMatrix();
const compressors = [...matrix.compressors, await loadCompressor("zstd")];
const planned = planMatrix({ ...matrix, compressors });
const asked = { directions: [], engines: [], spareCompressors: ["zstd"] };
const spare = spareIn(asked, compressors);
const namesOf = (left: readonly { readonly name: string }[]) => left.map(({ name }) => name);
/** Too much is what has more scenarios. */
const atMost = (most: number) => (some: readonly PlannedScenario[]) => ({
  isRough: some.length > most,
});
const details = planned.filter(
  ({ scenario }) => scenario.direction === "project" || scenario.engine === "zlib-sync",
).length;
const zstd = planned.filter(({ scenario }) => scenario.compressor.startsWith("zstd")).length;

test("a plan that there is time for stays whole", () => {
  const found = fitting(planned, spare, atMost(planned.length));
  expect(found.planned).toBe(planned);
  expect(found.left).toEqual([]);
});

test("what the first screen does not show is left out first, then what nobody asked for", () => {
  expect(details).toBeGreaterThan(0);
  expect(zstd).toBeGreaterThan(0);
  const little = fitting(planned, spare, atMost(planned.length - 1));
  expect(namesOf(little.left)).toEqual(["single fields and second engines"]);
  expect(little.planned).toHaveLength(planned.length - details);
  const more = fitting(planned, spare, atMost(planned.length - details - 1));
  expect(namesOf(more.left)).toEqual(["single fields and second engines", "zstd"]);
  expect(more.planned).toHaveLength(planned.length - details - zstd);
  expect(more.reckoned.isRough).toBe(false);
});

test("nothing is left out where all that is to spare would not be enough", () => {
  const found = fitting(planned, spare, atMost(3));
  expect(found.planned).toBe(planned);
  expect(found.reckoned.isRough).toBe(true);
});

test("what was asked for is not to spare", () => {
  const names = (given: Partial<Parameters<typeof spareIn>[0]>) =>
    spareIn({ ...asked, ...given }, compressors).map(({ name }) => name);
  expect(names({ directions: ["project"], spareCompressors: [] })).toEqual([]);
  expect(names({ engines: ["zlib-sync"] })).toEqual(["zstd"]);
  expect(names({ wholeRound: true })).toEqual([]);
});

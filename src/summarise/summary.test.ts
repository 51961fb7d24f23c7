import { expect, test } from "vitest";
import type { Fact } from "../core/fact.js";
import { hashText } from "../sketches/index.js";
import { wrapped } from "../sketches/envelope.js";
import { generatorSource } from "../sources/generator.js";
import { FactSummary } from "./fact-summary.js";
import { Summary, questionOf, type AggregateKind, type Asked } from "./index.js";

const ASKED: Asked = {
  aggregates: [
    { kind: "count", path: "runs[].events[]" },
    { kind: "unique", path: "player.id" },
    { kind: "quantile", path: "marks[]" },
    { kind: "top", path: "region" },
  ],
};
/** What comes in a stream: fields that are missing, null, of another kind. */
const facts: Fact[] = Array.from({ length: 5000 }, (_, id) => ({
  day: `day-${id % 3}`,
  player: { id: `p${id % 4000}` },
  region: id % 11 === 0 ? null : `r${hashText(id).length + (id % 5)}`,
  runs: Array.from({ length: id % 3 }, () => ({ events: [1, { deep: true }] })),
  marks: id % 13 === 0 ? ["none", {}] : [id / 7, -id],
}));

function summaryOf(asked: Asked, some: readonly Fact[]): Summary {
  const summary = new FactSummary(questionOf(asked));
  for (const fact of some) summary.add(fact);
  return summary;
}

test("it counts, and says what was null and what was no value", () => {
  const [group] = summaryOf(ASKED, facts).all();
  const [events, players, marks, regions] = group?.aggregates ?? [];
  expect(group).toMatchObject({ key: null, facts: 5000 });
  expect(events?.values).toBe(
    facts.reduce((sum, { runs }) => sum + (runs as unknown[]).length * 2, 0),
  );
  expect(players?.sketch).toMatchObject({ kind: "unique" });
  expect(
    players?.sketch.kind === "unique" && Math.abs(players.sketch.uniques.count() / 4000 - 1),
  ).toBeLessThan(0.02);
  const odd = facts.filter((__, id) => id % 13 === 0).length;
  expect(marks).toMatchObject({ values: (5000 - odd) * 2, others: odd * 2, nulls: 0 });
  expect(regions).toMatchObject({ values: 5000 - 455, nulls: 455, others: 0 });
});

test.each([undefined, "day", "region", "player", "missing"])(
  "by %s: parts in any order say the same",
  (by) => {
    const asked = { ...ASKED, ...(by !== undefined && { by }) };
    const whole = Buffer.from(summaryOf(asked, facts).toBytes());
    const parts = [facts.slice(0, 40), facts.slice(40, 3000), facts.slice(3000), []];
    for (const order of [parts, parts.toReversed()]) {
      const merged = new Summary(questionOf(asked));
      // As they would come from files of several machines.
      for (const part of order) merged.merge(Summary.fromBytes(summaryOf(asked, part).toBytes()));
      expect(whole.equals(merged.toBytes())).toBe(true);
      expect(merged.facts).toBe(5000);
    }
  },
);

test.each([undefined, "day"])("by %s: what was cleared is as new", (by) => {
  const asked = { ...ASKED, ...(by !== undefined && { by }) };
  const used = new FactSummary(questionOf(asked));
  for (const fact of facts) used.add(fact);
  used.clear();
  expect(used.facts).toBe(0);
  expect(used.toBytes()).toEqual(summaryOf(asked, []).toBytes());
  for (const fact of facts.slice(0, 700)) used.add(fact);
  expect(used.toBytes()).toEqual(summaryOf(asked, facts.slice(0, 700)).toBytes());
});

test("groups come in order, with their own figures", () => {
  const groups = summaryOf({ ...ASKED, by: "day" }, facts).all();
  expect(groups.map(({ key, facts: count }) => [key, count])).toEqual([
    ["day-0", 1667],
    ["day-1", 1667],
    ["day-2", 1666],
  ]);
});

test("too many groups, and groups by what a fact has several of, are refused in one line", () => {
  const many = Array.from({ length: 1001 }, (_, id) => ({ id }));
  expect(() => summaryOf({ by: "id", aggregates: [] }, many)).toThrow("more than 1000 groups");
  expect(() => questionOf({ by: "marks[]", aggregates: [] })).toThrow(
    "--by marks[]: a fact can have several",
  );
});

test("a path that the schema does not have is refused before anything is read", () => {
  const { schema } = generatorSource({ seed: 1, from: 0 });
  expect(() =>
    questionOf({ aggregates: [{ kind: "unique", path: "player.idd" }] }, schema),
  ).toThrow("The schema has no player.idd. Did you mean player.id");
  // Objects can be counted, and are no values.
  const ask = (kind: AggregateKind) => () =>
    questionOf({ aggregates: [{ kind, path: "runs[].events[]" }] }, schema);
  expect(ask("count")).not.toThrow();
  expect(ask("unique")).toThrow(
    "runs[].events[] is an object, and no value. Did you mean runs[].events[]",
  );
});

test("summaries of different questions do not merge; of one, however it was typed, they do", () => {
  const one = summaryOf({ aggregates: [{ kind: "count", path: 'player."id"' }] }, facts);
  const same = summaryOf({ aggregates: [{ kind: "count", path: "player.id" }] }, facts);
  one.merge(same);
  expect(one.facts).toBe(10_000);
  expect(() => one.merge(summaryOf(ASKED, []))).toThrow("different questions");
});

test("damaged summaries are told", () => {
  const bytes = summaryOf({ ...ASKED, by: "day" }, facts.slice(0, 100)).toBytes();
  for (let end = 0; end < bytes.length; end += 7) {
    expect(() => Summary.fromBytes(bytes.subarray(0, end))).toThrow(
      expect.objectContaining({ name: "DataError" }),
    );
  }
  const odd = wrapped("summary", (sink) => sink.text('{"by":null,"aggregates":[["mode","x"]]}'));
  expect(() => Summary.fromBytes(odd)).toThrow("a summary has no question");
});

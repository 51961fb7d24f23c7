import { expect, test } from "vitest";
import { progressLine } from "./progress.js";

const STATE = {
  done: 0.62,
  secondsLeft: 34,
  stage: "round 3",
  activity: "msgpackr-records gzip:balanced read",
};

test.each([
  [20, / measuring/],
  [60, / measuring ━+─+ 62 % {2}round 3 {2}msgpack.* {2}34 s left$/],
  [80, / measuring ━+─+ 62 % {2}round 3 {2}msgpackr-rec.* {2}34 s left$/],
  [200, / measuring ━+─+ 62 % {2}round 3 {2}msgpackr-records gzip:balanced read {2}34 s left$/],
])("a line fits %d columns: one that is broken stays when the next is drawn", (columns, right) => {
  const line = progressLine("measuring", STATE, columns);
  expect(line.length).toBeLessThan(columns);
  expect(line).toMatch(right);
});

test("what names do is shown, and does nothing to the terminal", () => {
  const line = progressLine("reading", { ...STATE, activity: "a\u001b[2J\nb" }, 100);
  expect(line).toContain("a\\x1b[2J\\x0ab");
});

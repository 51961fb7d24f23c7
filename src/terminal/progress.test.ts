import { expect, test } from "vitest";
import { progressLine } from "./progress.js";

const STATE = {
  done: 0.62,
  secondsLeft: 34,
  stage: "round 3",
  activity: "msgpackr-records gzip:balanced read",
};

test.each([20, 40, 60, 80, 100, 200])(
  "a line fits %d columns, for one that is broken stays when the next is drawn",
  (columns) => {
    const line = progressLine("measuring", STATE, columns);
    expect(line.length).toBeLessThan(columns);
    if (columns >= 60) expect(line).toMatch(/ measuring ━+─+ 62 % {2}round 3 {2}.+ {2}34 s left$/);
    if (columns >= 100) expect(line).toContain(STATE.activity);
  },
);

test("what names do is shown, and does nothing to the terminal", () => {
  const line = progressLine("reading", { ...STATE, activity: "a\u001b[2J\nb" }, 100);
  expect(line).toContain("a\\x1b[2J\\x0ab");
});

import { expect, test } from "vitest";
import { Acks } from "./acks.js";

test("every message is acknowledged once, under the consumer's own sequence, in any order of ranges", () => {
  const said: string[] = [];
  const acks = new Acks((sequence, consumerSequence) =>
    said.push(`${sequence}/${consumerSequence}`),
  );
  // Sequences 1 to 3 and 7 to 9: those between were deleted.
  for (const [place, sequence] of [1, 2, 3, 7, 8, 9].entries()) acks.add(sequence, place + 1);
  acks.done(8, 9);
  acks.done(2, 8);
  acks.done(1, 100);
  acks.done(1, 100);
  expect(said).toEqual(["8/5", "2/2", "3/3", "7/4", "1/1", "9/6"]);
});

import { expect, test } from "vitest";
import { hellfact } from "../testing/command.js";
import { inNewWords } from "./old-spellings.js";

test("what was typed before is still taken, and its new name said", async () => {
  const words = ["run", "--facts", "10", "--sink", "null", "--grain=fact", "--compress", "gzip"];
  const { code, stderr } = await hellfact([...words, "--quiet"]);
  expect(code).toBe(0);
  expect(stderr).toContain("--grain is called --unit now; this version takes both");
  expect((await hellfact(["story", "--help"])).stdout).toContain("hellfact break-even");
});

test("only commands and options are renamed, and values are left alone", () => {
  const words = ["bench", "--input", "story", "--arm", "jitless"];
  expect(inNewWords(words).words).toEqual([
    ...["bench", "--input", "story", "--configuration", "jitless"],
  ]);
});

test.each(["__proto__", "constructor", "toString"])("%s is a word as any other", (word) => {
  expect(inNewWords([word, word, `${word}=1`])).toEqual({
    words: [word, word, `${word}=1`],
    notes: [],
  });
});

import type { Case, Category } from "../case.js";

const NAMES = [
  "none.mjs",
  "git:none",
  "git:--help",
  "git:$(touch x)",
  "git:;touch x",
  "npm:--help",
  "npm:",
].concat([
  "npm:../x@1",
  "npm:x@$(touch x)",
  "npm:-g@1",
  "git:",
  ".",
  "/",
  "x y",
  "\u001b[31m",
  "npm:a b@1",
  "/dev/null",
]);
const EMPTY = { "a.mjs": "export const a = 1;", "exit.mjs": "process.exit(0);" };

/** Variants of a gate that are none, or whose names are commands. */
const category: Category = {
  name: "variants",
  cases: () => [
    ...NAMES.flatMap((name): Case[] => [
      {
        words: ["gate", "--baseline", name, "--candidate", "a.mjs", "--quiet"],
        files: EMPTY,
        exits: [2],
      },
      {
        words: ["gate", "--baseline", "a.mjs", "--candidate", name, "--quiet"],
        files: EMPTY,
        exits: [2],
      },
    ]),
    {
      words: ["gate", "--baseline", "exit.mjs", "--candidate", "a.mjs", "--quiet"],
      files: EMPTY,
      exits: [2],
    },
    { words: ["gate", "--self-test", "--baseline", "."], exits: [2] },
    { words: ["gate", "--replay", "a.mjs"], files: EMPTY, exits: [2] },
    { words: ["gate"], exits: [2] },
  ],
};
export default category;

import type { Case, Category } from "../case.js";
import { HOSTILE_TEXT } from "../hostile.js";

const PLACES = [
  "",
  "sqlite:",
  "sqlite:/proc/x",
  "sqlite:.",
  "sqlite:bad.db",
  "duckdb:bad.db",
  "oracle:x",
  "postgres://",
].concat(
  [
    "postgres://127.0.0.1:1/x",
    "postgres://u:p@127.0.0.1:1/x?sslmode=none",
    `oracle:${HOSTILE_TEXT}`,
  ],
  ["./none.mjs", "./exit.mjs", "./spin.mjs", "./bare.mjs", "./spin.txt", "sqlite:none.db/x"],
);

const CODE = {
  "exit.mjs": "process.exit(0);",
  "spin.mjs": "for (;;);",
  "bare.mjs": "export default { open() {} };",
};

/** Places of databases that are none, unreachable, or hold something else. */
const category: Category = {
  name: "stores",
  cases: () =>
    PLACES.flatMap((place) =>
      [
        ["--rows", "10"],
        ["--compare", "--rows", "10"],
      ].map((words): Case => ({
        words: ["load", "--store", place, ...words, "--quiet"],
        files: { "bad.db": "x".repeat(5000), "none.db": "", "spin.txt": "", ...CODE },
        exits: [1, 2],
        // In a process of its own: what ends the process is the command's to tell.
        alone: place.endsWith(".mjs"),
        lines: 3,
      })),
    ),
};
export default category;

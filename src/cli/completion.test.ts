import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { hellfact } from "../testing/command.js";

test("bash completes commands, options and what they take", async () => {
  const { stdout } = await hellfact(["completion", "bash"]);
  const completed = (...words: string[]) => {
    const place = `COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}`;
    const script = `${stdout}\n${place}; _hellfact; echo "\${COMPREPLY[@]}"`;
    return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split(" ");
  };
  expect(completed("hellfact", "ben")).toEqual(["bench"]);
  expect(completed("hellfact", "bench", "--sync", "")).toEqual(["none", "close", "batch"]);
  expect(completed("hellfact", "gate", "--base")).toEqual(["--baseline"]);
});

test("the manual has every command with its options", async () => {
  const { stdout } = await hellfact(["man"]);
  expect(stdout).toMatch(/^\.SH BENCH$/m);
  expect(stdout).toContain(String.raw`.B \-\-baseline <variant>`);
});

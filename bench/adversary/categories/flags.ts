import { Command } from "commander";
import { configure as generate } from "../../../src/cli/generate.js";
import { configure as report } from "../../../src/cli/report.js";
import { configure as shape } from "../../../src/cli/shape.js";
import { OTHER_STUDIES } from "../../../src/cli/commands.js";
import { studyCommands } from "../../../src/studies/registry.js";
import type { Case, Category } from "../case.js";

const WRONG = [
  "",
  "-1",
  "NaN",
  "1e999",
  "Infinity",
  "0x",
  "1.5.5",
  "\u001b[31mred",
  "9".repeat(400),
].concat(["💥", "--", "null", "1 000", "5parsecs"]);
/** Words that a reader of numbers, sizes or times understands. */
const RIGHT = ["5", "5s", "5MB", "5%"];

/** Each option that reads a number, a size, a time or a choice, with values that are none. */
const category: Category = {
  name: "flags",
  cases: async () => {
    const cases: Case[] = [];
    const studies = await studyCommands();
    const all = { generate, shape, report };
    const commands = new Map<string, Command>();
    for (const [name, configure] of Object.entries(all))
      commands.set(name, configure(new Command(name)));
    for (const [name, { load }] of Object.entries(studies)) {
      commands.set(name, (await load()).configure(new Command(name), OTHER_STUDIES));
    }
    for (const [name, command] of commands) {
      for (const word of ["--nope", "--jsno", "-x", "--out"]) {
        cases.push({ words: [name, word], exits: [2] });
      }
      for (const { long, parseArg, argChoices } of command.options) {
        const isRead = argChoices !== undefined || RIGHT.some((word) => isNumber(parseArg, word));
        if (!isRead || long === undefined) continue;
        for (const value of WRONG) cases.push({ words: [name, `${long}=${value}`], exits: [2] });
      }
    }
    return cases;
  },
};
export default category;

function isNumber(
  parse: ((text: string, before: never) => unknown) | undefined,
  word: string,
): boolean {
  try {
    return typeof parse?.(word, undefined as never) === "number";
  } catch {
    return false;
  }
}

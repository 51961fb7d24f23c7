/** Options that show more than a study's first screen. */
import { Option, type Command } from "commander";

export interface DetailOptions {
  readonly all: boolean;
  readonly explain: boolean;
}

export function addDetailOptions(command: Command): Command {
  return command
    .addOption(new Option("--all", "every column and every note").default(false))
    .addOption(new Option("--explain", "each sentence with its evidence").default(false));
}

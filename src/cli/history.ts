import type { Command } from "commander";
export function configure(command: Command): Command {
  return command;
}

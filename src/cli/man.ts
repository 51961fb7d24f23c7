import type { Command } from "commander";
import type { OtherStudies } from "../studies/study.js";
import { toolVersion } from "../machine/environment.js";
import { manPage } from "./text/man.js";
import { commandsTold } from "./told-command.js";

export function configure(command: Command, others: OtherStudies): Command {
  return command
    .addHelpText(
      "after",
      "\nExamples:\n  hellfact man | man -l -\n  hellfact man > /usr/local/share/man/man1/hellfact.1",
    )
    .action(async () => {
      process.stdout.write(manPage(commandsTold(await others.commands()), toolVersion()));
    });
}

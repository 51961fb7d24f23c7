import { Argument, type Command } from "commander";
import type { OtherStudies } from "../studies/study.js";
import { bashScript, fishScript, zshScript } from "./text/completion.js";
import { commandsTold } from "./told-command.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export function configure(command: Command, others: OtherStudies): Command {
  return command
    .addArgument(new Argument("<shell>", "whose script to print").choices(Object.keys(SCRIPTS)))
    .addHelpText(
      "after",
      "\nExamples:\n  hellfact completion bash > ~/.local/share/bash-completion/completions/hellfact\n" +
        "  hellfact completion fish > ~/.config/fish/completions/hellfact.fish",
    )
    .action(async (shell: keyof typeof SCRIPTS) => {
      process.stdout.write(SCRIPTS[shell](commandsTold(await others.commands())));
    });
}

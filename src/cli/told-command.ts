import type { Command, Option } from "commander";

/** What `--help` tells of a command, for other ways of telling it. */
export interface ToldCommand {
  readonly name: string;
  readonly summary: string;
  /** With its arguments: `gate [options]`. */
  readonly usage: string;
  readonly options: readonly ToldOption[];
  readonly examples: readonly string[];
}

export interface ToldOption {
  /** `--budget <time>` */
  readonly term: string;
  readonly long: string;
  /** With what it takes and its default. */
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** What the help texts of commands say. */
export function commandsTold(commands: readonly Command[]): ToldCommand[] {
  return commands.map((command) => {
    const help = command.createHelp();
    const options = help
      .visibleOptions(command)
      .flatMap((option) =>
        option.long === undefined
          ? []
          : [told(option, help.optionTerm(option), help.optionDescription(option))],
      );
    return {
      name: command.name(),
      summary: command.description(),
      usage: `${command.name()} ${command.usage()}`,
      options,
      examples: examplesOf(command),
    };
  });
}

function told(option: Option, term: string, description: string): ToldOption {
  return {
    ...{ term, description, long: option.long ?? "" },
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  };
}

/** The command lines at the end of a help text. */
function examplesOf(command: Command): string[] {
  let text = "";
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return (text.split("Examples:\n")[1] ?? "").split("\n").flatMap((line) => line.trim() || []);
}

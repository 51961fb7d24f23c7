/** The command line: which commands there are, and how what goes wrong is told. */
import { Command, CommanderError } from "commander";
import { firstLine, HellfactError } from "../core/errors.js";
import { forTerminal } from "../core/foreign-text.js";
import { toolVersion } from "../machine/environment.js";
import { say } from "../terminal/say.js";
import { allCommands, OTHER_STUDIES } from "./commands.js";
import { inNewWords } from "./old-spellings.js";

/**
 * Carries out a command line, and tells what went wrong in one line.
 *
 * @returns what to exit with, where the command has not set the exit code itself
 */
export async function runWords(given: readonly string[]): Promise<number> {
  try {
    const { words, notes } = inNewWords(given);
    for (const note of notes) say(note);
    await parsed(words);
    return 0;
  } catch (error) {
    return complain(error);
  }
}

async function parsed(words: readonly string[]): Promise<void> {
  const program = new Command("hellfact")
    .description("Which codec should an event pipeline use, and what will it cost?")
    .version(toolVersion())
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride();
  const commands = await allCommands();
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).description(summary);
    if (words.includes(name)) (await load()).configure(command, OTHER_STUDIES);
  }
  const [name, ofHelp] = words;
  const asked = name === "help" ? ofHelp : name;
  // Help for a command that there is not would be help for all of them, as if it had been asked for.
  const isUnknown = asked !== undefined && /^(?!help$)\w/.test(asked) && !(asked in commands);
  await program.parseAsync(isUnknown ? [asked] : words, { from: "user" });
}

/** What the argument parser says, in the form that all of this tool's errors have. */
function oneLine(text: string): string {
  const words = text.trim().replace(/^error: /, "");
  return `hellfact: ${forTerminal(words.split(/\s*\n\s*/).join(" "))}\n`;
}

/** Tells what went wrong in one line; returns what to exit with. */
export function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has been told
  if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
  if (error instanceof HellfactError) {
    say(error.message);
    return error.exitCode;
  }
  say(`${firstLine(error)} (HELLFACT_DEBUG=1 shows where)`);
  return 1;
}

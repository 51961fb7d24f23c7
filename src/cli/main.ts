#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { HellfactError } from "../core/errors.js";
import { endForReader } from "../core/reader-left.js";
import { allCommands, OTHER_STUDIES } from "./commands.js";
import { guardExit } from "./exit-guard.js";
import { inNewWords } from "./old-spellings.js";
import { toolVersion } from "../machine/environment.js";

async function main(words: readonly string[]): Promise<void> {
  const program = new Command("hellfact")
    .description("Which codec should an event pipeline use, and what will it cost?")
    .version(toolVersion())
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(await allCommands())) {
    const command = program.command(name).description(summary);
    if (words.includes(name)) (await load()).configure(command, OTHER_STUDIES);
  }
  await program.parseAsync(words, { from: "user" });
}

/** What the argument parser says, in the form that all of this tool's errors have. */
function oneLine(text: string): string {
  const words = text.trim().replace(/^error: /, "");
  return `hellfact: ${words.split(/\s*\n\s*/).join(" ")}\n`;
}

/** Tells what went wrong in one line; returns what to exit with. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has been told
  if (process.env["HELLFACT_DEBUG"] === "1") console.error(error);
  if (error instanceof HellfactError) {
    console.error(`hellfact: ${error.message}`);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  console.error(`hellfact: ${message.split("\n")[0]} (HELLFACT_DEBUG=1 shows where)`);
  return 1;
}

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") endForReader();
  throw error;
});

const isDone = guardExit();
try {
  const { words, notes } = inNewWords(process.argv.slice(2));
  for (const note of notes) console.error(`hellfact: ${note}`);
  await main(words);
} catch (error) {
  process.exitCode = tell(error);
}
isDone();

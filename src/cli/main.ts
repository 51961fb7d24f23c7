#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { HellfactError } from "../core/errors.js";
import { toolVersion } from "../machine/environment.js";

interface CommandEntry {
  readonly summary: string;
  /** Loads the command's file, which exports the command with its options and its work. */
  readonly load: () => Promise<{ configure(command: Command): Command }>;
}

/** Each file is loaded only when its command is named. */
const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  bench: {
    summary: "compare codecs: facts per second, bytes, processor time",
    load: () => import("../studies/compare/command.js"),
  },
  roofline: {
    summary: "facts per second against disk bandwidth, and where each codec bends",
    load: () => import("../studies/compare/disk/roofline-command.js"),
  },
  story: {
    summary:
      "one pipeline on a slow and on a fast disk: when compressing pays, as a formula said before",
    load: () => import("../studies/compare/disk/story-command.js"),
  },
  warmup: {
    summary: "how codecs begin: rate from the first fact on, steady state, what short jobs pay",
    load: () => import("../studies/warmup/command.js"),
  },
  runtimes: {
    summary: "other runtimes to measure under: add, list, remove",
    load: () => import("./runtimes.js"),
  },
  conformance: {
    summary: "which values come back from which codec, and as what",
    load: () => import("../studies/conformance/command.js"),
  },
  run: {
    summary: "the pipeline, end to end: every core busy, safe to kill and resume",
    load: () => import("../studies/run/command.js"),
  },
  verify: {
    summary: "read every part of a run back",
    load: () => import("./verify.js"),
  },
  size: {
    summary: "how many machines a load takes, what binds, and what it costs",
    load: () => import("../studies/size/command.js"),
  },
  generate: { summary: "write facts", load: () => import("./generate.js") },
  shape: {
    summary: "what facts are made of: sizes, values, keys, how well they compress",
    load: () => import("./shape.js"),
  },
  compile: {
    summary: "print or write the JSON writer that a schema compiles to",
    load: () => import("./compile.js"),
  },
  infer: {
    summary: "the JSON Schema of facts, and how sure it is",
    load: () => import("../studies/infer/command.js"),
  },
  gate: {
    summary: "did this change make serializing slower? two versions, side by side",
    load: () => import("../studies/gate/command.js"),
  },
  history: {
    summary: "ratios against a pinned release over time, and where they changed",
    load: () => import("../studies/gate/history-command.js"),
  },
  report: {
    summary: "print a comparison again, in another form",
    load: () => import("./report.js"),
  },
  doctor: {
    summary: "what works on this machine, and why something does not",
    load: () => import("./doctor.js"),
  },
};

async function main(words: readonly string[]): Promise<void> {
  const program = new Command("hellfact")
    .description("Which codec should an event pipeline use, and what will it cost?")
    .version(toolVersion())
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(summary);
    if (words.includes(name)) (await load()).configure(command);
  }
  await program.parseAsync(words, { from: "user" });
}

/** A complaint of the argument parser, in the form that all of this tool's complaints have. */
function oneLine(text: string): string {
  const words = text.trim().replace(/^error: /, "");
  return `hellfact: ${words.split(/\s*\n\s*/).join(" ")}\n`;
}

/** Tells what went wrong in one line; returns what to exit with. */
function complain(error: unknown): number {
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
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = complain(error);
}
